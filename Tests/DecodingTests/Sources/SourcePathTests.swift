import Decoding
import JSON
import Model
import Testing

/// Where values stand in JSON.
struct SourcePathTests {
  private func fuel(_ path: String, _ payload: String) throws -> Double? {
    let sourced = Sourced(try source { $0.add(.fuel, try place(path)) })
    sourced.decode("gensets/g1/state", payload)
    return sourced.reading?.fuel
  }

  @Test(arguments: [
    ("$.fuel_level", #"{"fuel_level": 63, "engine_load": 41}"#),
    ("$.ac.fuel", #"{"ac": {"x": 1, "fuel": 63}, "fuel": 1}"#),
    (#"$["fuel level"]"#, #"{"fuel level": 63}"#),
    ("$.fuel", #"{"fuel": 1, "fu\u0065l": 63}"#),
    ("$.v[0]", #"{"v": [63, 1]}"#),
    ("$.v[-1]", #"{"v": [1, [2], {"a": 3}, 63]}"#),
    ("$.v[-3]", #"{"v": [63, 1, 2]}"#),
    ("$[1].fuel", #"[{"fuel": 1}, {"fuel": 63}]"#),
    (
      #"$.metrics[name="fuel level"].value"#,
      #"{"metrics": [{"name": "a", "value": 1}, {"value": 63, "name": "fuel level"}]}"#
    ),
    ("$.regs[id=40012].v", #"{"regs": [1, {"id": 40011, "v": 1}, {"id": 40012, "v": 63}]}"#),
    ("$.payload.fuel", #"{"payload": "{\"fuel\": 63}"}"#),
    ("$.a.b.c.fuel", #"{"a": "{\"b\": \"{\\\"c\\\": {\\\"fuel\\\": 63}}\"}"}"#),
    ("$.a.fuel", #"{"a": " {\"n\\u00e4me\": \"\\\"x\\\"\", \"fuel\": \"63\"}"}"#),
    (#"$["größe"].fuel"#, #"{"gr\u00f6ße": {"fuel": 63}}"#),
  ])
  func findsValues(path: String, payload: String) throws {
    #expect(try fuel(path, payload) == 63)
  }

  @Test(arguments: [
    ("$.fuel", #"{"Fuel": 63}"#), ("$.v[3]", #"{"v": [1, 2, 63]}"#), ("$.v[-4]", #"{"v": [1]}"#),
    ("$.v.a", #"{"v": [63]}"#), ("$.v[0]", #"{"v": {"0": 63}}"#), ("$.v.a.b", #"{"v": "text"}"#),
    ("$.v.a", #"{"v": "{\"a\": 63"}"#), ("$.v.a", #"{"v": "{\"b\": 63}"}"#),
    ("$.v.a", #"{"v": 63}"#),
  ])
  func findsNothingElsewhere(path: String, payload: String) throws {
    #expect(try fuel(path, payload) == nil)
  }

  @Test func readsTextsThatHoldJSONWithinBounds() throws {
    // Five documents inside each other: three of them are gone into.
    var payload = #"{"fuel": 63}"#
    for _ in 0..<5 {
      let escaped = payload.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      payload = #"{"p": "\#(escaped)"}"#
    }
    #expect(try fuel("$.p.p.p.p.p.fuel", payload) == nil)
    let many = (0..<2_000).map { #"{"p": "{\"fuel\": \#($0)}"}"# }.joined(separator: ",")
    #expect(try fuel("$.v[5].p.fuel", "{\"v\": [\(many)]}") == 5)
    let sourced = Sourced(
      try source(id: "{$.fuel}") {
        $0.each = try JSONPath("$.v[*].p")
        $0.add(.fuel, try place("$.fuel"))
      }
    )
    sourced.decode("gensets/g1/state", "{\"v\": [\(many)]}")
    #expect(sourced.findings.count == 2_000)
    #expect(sourced.ids.last == "1999")
  }

  @Test func refusesWhatIsTooDeepOrTooLarge() throws {
    let sourced = Sourced(try source { $0.add(.fuel, try place("$.fuel")) })
    func outcome(_ payload: String) -> SourceOutcome { sourced.decode("gensets/g1/state", payload) }
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(outcome(#"{"fuel": 1, "x": \#(deep)}"#) == .rejected(.json(.tooDeep)))
    let wide = String(repeating: "1,", count: 70_000)
    #expect(outcome(#"{"fuel": 1, "x": [\#(wide)1]}"#) == .rejected(.json(.tooLarge)))
    let long = String(repeating: "x", count: 1 << 20)
    #expect(outcome(#"{"fuel": 1, "x": "\#(long)"}"#) == .rejected(.json(.tooLarge)))
    #expect(outcome(#"{"fuel": 63, "x": "\#(long.prefix(60_000))"}"#) == .understood(source: 0))
    #expect(outcome("offline") == .ignored(.noObject))
    #expect(outcome("") == .ignored(.noObject))
    #expect(outcome(#"{"fuel": 1} x"#) == .rejected(.json(.invalidJSON)))
    #expect(outcome(#"{"fuel": 1"#) == .rejected(.json(.invalidJSON)))
    #expect(outcome(#"{"other": 1}"#) == .ignored(.noKnownField))
    #expect(sourced.decoder.counts.first?.understood == 1)
    #expect(sourced.decoder.counts.first?.notUnderstood == 8)
    #expect(sourced.decoder.counts.first?.lastReason == .noKnownField)
  }

  @Test func readsThroughThePrefixOfAnEnvelope() throws {
    let sourced = Sourced(try source { $0.add(.fuel, try place("$.fuel")) })
    let topic = Array("gensets/g1/state".utf8)
    let body = [0, 0, 0, 1, 2] + Array(#"{"fuel": 63}"#.utf8)
    _ = sourced.decoder.decode(topic: topic.span, payload: body.span, now: noon)
    #expect(sourced.reading?.fuel == 63)
    let binary: [UInt8] = [0, 0, 0, 1, 2, 9, 9]
    let outcome = sourced.decoder.decode(topic: topic.span, payload: binary.span, now: noon)
    #expect(outcome == .rejected(.binary(schema: 258)))
  }
}
