import JSON
import Decoding
import Model
import Testing

/// Decodes texts, and says what the decoder's buffer holds.
struct Raw {
  let decoder = RawDecoder(filters: [TopicFilter("emergency_generator/#")])

  func decode(_ payload: String, topic: String = "emergency_generator/topic1") -> RawOutcome {
    decode(Array(payload.utf8), topic: topic)
  }

  func decode(_ payload: [UInt8], topic: String = "emergency_generator/topic1") -> RawOutcome {
    decoder.decode(topic: Array(topic.utf8).span, payload: payload.span)
  }

  var identifier: String { String(decoding: decoder.identifier, as: UTF8.self) }
}

func reading(_ values: [Metric: Double]) -> Reading {
  var reading = Reading()
  for (metric, value) in values { reading[metric] = value }
  return reading
}

struct RawDecoderTests {
  let raw = Raw()

  @Test func readsTheArticlesSample() {
    let outcome = raw.decode(
      #"{"generatorID": "generator1", "lat": 40.68066, "lon": -73.47429, "temperature": 186, "#
        + #""power": 190, "load": 2, "fuel": 277}"#
    )
    let expected = reading([
      .latitude: 40.68066, .longitude: -73.47429, .temperature: 186, .power: 190, .load: 2,
      .fuel: 277,
    ])
    #expect(outcome == .sample(expected))
    #expect(raw.identifier == "generator1")
  }

  @Test(arguments: [
    (#"{"generatorID":"a","fuel":-129}"#, -129.0),
    (#"{"generatorID":"a","fuel":277.25}"#, 277.25),
    (#"{"generatorID":"a","fuel":2.7725e2}"#, 277.25),
    (#"{"generatorID":"a","fuel":1,"fuel":2}"#, 2),
    (#"{"generatorID":"a","fu\u0065l":3}"#, 3),
    (#" { "fuel" : 4 , "generatorID" : "a" } "#, 4),
    (#"{"generatorID":"a","fuel":18446744073709551617}"#, 18_446_744_073_709_551_616),
    ("\u{FEFF}{\"generatorID\":\"a\",\"fuel\":5}", 5),
    (#"{"generatorID":"a","fuel":6,"pressure":900,"temperature":-10}"#, 6),
    (#"{"generatorID":"a","x":123456789012345678901234567890,"fuel":7}"#, 7),
    (#"{"generatorID":"a","x":1e999,"fuel":8}"#, 8),
    (#"{"generatorID":"a","x":[{"fuel":1},[],{},null,true,"]"],"tags":7,"fuel":9}"#, 9),
  ])
  func readsFuel(payload: String, fuel: Double) {
    guard case .sample(let reading) = raw.decode(payload) else {
      Issue.record("not a sample: \(payload)")
      return
    }
    #expect(reading.fuel == fuel)
    #expect(raw.identifier == "a")
  }

  @Test func leavesOutWhatIsMissingOrNull() {
    let outcome = raw.decode(#"{"generatorID":"a","fuel":1,"fuel":null,"load":0,"power":null}"#)
    #expect(outcome == .sample(reading([.load: 0])))
    #expect(raw.decode(#"{"generatorID":"a","fuel":null}"#) == .sample(Reading()))
  }

  @Test func skipsThePrefixOfConfluentsSerializer() {
    let payload = [0, 0, 0, 1, 2] + Array(#"{"generatorID":"a","fuel":5}"#.utf8)
    #expect(raw.decode(payload) == .sample(reading([.fuel: 5])))
    #expect(raw.decode([0, 0, 0, 1, 2, 9, 9]) == .rejected(.binary(schema: 258)))
  }

  @Test(arguments: [
    "", "offline", "online", "0", "1", " ", "[1,2]", "null", "\"text\"", "12.5",
    #"{"_type":"lwt","tst":1}"#, #"{"generatorID":"a"}"#, "{}", "\u{0}", "\u{8}\u{1}",
  ])
  func ignoresOtherThings(payload: String) {
    #expect(raw.decode(payload) == .ignored)
    #expect(raw.identifier.isEmpty)
  }

  @Test(arguments: [
    (#"{"generatorID":"a","fuel":"277 L"}"#, LostField("fuel", .wrongType)),
    (#"{"generatorID":"a","load":true}"#, LostField("load", .wrongType)),
    (#"{"generatorID":"a","power":{"v":1}}"#, LostField("power", .nested)),
    (#"{"generatorID":"a","lat":[1]}"#, LostField("lat", .nested)),
    (#"{"generatorID":"a","fuel":1e999}"#, LostField("fuel", .notFinite)),
    (#"{"generatorID":"a","lon":-1e999}"#, LostField("lon", .notFinite)),
    (#"{"generatorID":"a","fuel":NaN}"#, LostField("fuel", .notFinite)),
    (#"{"generatorID":"a","fuel":-Infinity}"#, LostField("fuel", .notFinite)),
  ])
  func losesAFieldAlone(payload: String, field: LostField) {
    #expect(raw.decode(payload) == .rejected(.lost(field)), "nothing is left")
    let more = #"{"temperature":-10,"# + payload.dropFirst()
    #expect(raw.decode(more) == .sample(reading([.temperature: -10])))
    #expect(raw.identifier == "a")
    #expect(raw.decoder.lostCount == 1)
    #expect(raw.decoder.loss == .lost(field))
  }

  @Test func takesATextForTheNumberThatItIs() {
    let outcome = raw.decode(#"{"generatorID":"a","fuel":"277","load":" 2.5 ","voltage":"231"}"#)
    #expect(outcome == .sample(reading([.fuel: 277, .load: 2.5, .voltage: 231])))
    #expect(raw.decoder.lostCount == 0)
  }

  @Test func takesANumberForAnId() {
    #expect(raw.decode(#"{"generatorID":7,"fuel":1}"#) == .sample(reading([.fuel: 1])))
    #expect(raw.identifier == "7")
  }

  @Test(arguments: [
    "{", "}", "{}}", "{{}", #"{"fuel"}"#, #"{"fuel":}"#, #"{"fuel":1"#, #"{"fuel":1,}"#,
    #"{"fuel":1 "load":2}"#, #"{"fuel":1}}"#, #"{"fuel":1}{"fuel":2}"#, #"{"fuel":1} x"#,
    #"{"fuel":nano}"#, #"{"fuel":not a number}"#, #"{"fuel":01}"#, #"{"fuel":1.}"#, #"{"fuel":.5}"#,
    #"{"fuel":+1}"#, #"{"fuel":1e}"#, #"{"fuel":-}"#, #"{"fuel":1x}"#, #"{"fuel":tru}"#,
    #"{"x":tru,"fuel":1}"#, #"{"x":@,"fuel":1}"#, #"{"x":[1,,2],"fuel":1}"#,
    #"{"x":[1},"fuel":1}"#, #"{"x":{"y"},"fuel":1}"#, #"{"x":"\q","fuel":1}"#,
    #"{"x":"\ud800","fuel":1}"#, #"{"x\q":1,"fuel":1}"#, #"{"fuel":1,"x":"open}"#,
    #"{'fuel':1}"#, #"{fuel:1}"#, #"{"x":nul,"fuel":1}"#, #"{"x":1.e5,"fuel":1}"#,
    #"{"x":[[],"fuel":1}"#, "{\"x\":\"\u{1}\",\"fuel\":1}", #"{"fuel":1,"x":{"y":1}"#,
  ])
  func rejectsBrokenJSON(payload: String) {
    let outcome = raw.decode(payload)
    #expect(outcome == (payload.hasPrefix("{") ? .rejected(.json(.invalidJSON)) : .ignored))
  }

  @Test func rejectsInvalidUTF8() {
    let payload = Array(#"{"generatorID":"a"#.utf8) + [0xFF] + Array(#"","fuel":1}"#.utf8)
    #expect(raw.decode(payload) == .rejected(.json(.invalidUTF8)))
  }

  @Test func nothingOfAnOlderMessageClosesANewerOne() {
    #expect(
      raw.decode(#"{"fuel":1,"x":{"y":1}}}}}}}}}}}}}}}}}}}}"#) == .rejected(.json(.invalidJSON))
    )
    #expect(raw.decode(#"{"fuel":1,"x":{"y":1}"#) == .rejected(.json(.invalidJSON)))
  }

  @Test func boundsDepthAndSize() {
    func nested(_ depth: Int) -> String {
      #"{"fuel":1,"x":"# + String(repeating: "[", count: depth)
        + String(repeating: "]", count: depth) + "}"
    }
    #expect(raw.decode(nested(100)) == .sample(reading([.fuel: 1])))
    #expect(raw.decode(nested(200)) == .rejected(.json(.tooDeep)))
    #expect(raw.decode(nested(400_000)) == .rejected(.json(.tooDeep)))
    let objects = String(repeating: #"{"a":"#, count: 100_000)
    #expect(raw.decode(objects) == .rejected(.json(.invalidJSON)))
    #expect(raw.decode(objects + "}") == .rejected(.json(.tooDeep)))
    let long = String(repeating: "x", count: 1_000_000)
    #expect(raw.decode(#"{"fuel":2,"x":"\#(long)"}"#) == .sample(reading([.fuel: 2])))
    #expect(raw.decode(#"{"fuel":2,"x":"\#(long)\#(long)"}"#) == .rejected(.json(.tooLarge)))
    #expect(raw.decode(#"{"fuel":3}"#) == .sample(reading([.fuel: 3])))
  }
}

struct RawIdentifierTests {
  let raw = Raw()

  @Test(arguments: [
    ("emergency_generator/g7", "g7"), ("emergency_generator/g7/telemetry", "g7"),
    ("emergency_generator/g\u{1B}[2J", "g\\x1b[2J"),
  ])
  func takesItFromTheTopicIfThePayloadHasNone(topic: String, id: String) {
    for payload in [
      #"{"fuel":1}"#, #"{"generatorID":null,"fuel":1}"#, #"{"generatorID":"","fuel":1}"#,
    ] {
      #expect(raw.decode(payload, topic: topic) == .sample(reading([.fuel: 1])))
      #expect(raw.identifier == id)
    }
  }

  @Test(arguments: ["emergency_generator", "emergency_generator/", "other/g1", ""])
  func rejectsASampleWithoutOne(topic: String) {
    #expect(raw.decode(#"{"fuel":1}"#, topic: topic) == .rejected(.noIdentifier))
  }

  @Test func scrubsAndCutsIt() {
    let long = String(repeating: "g", count: 100)
    _ = raw.decode(#"{"generatorID":"\#(long)","fuel":1}"#)
    #expect(raw.identifier == String(repeating: "g", count: 63) + "…")
    _ = raw.decode(#"{"generatorID":"a\u001b]52;c;\u0007\u202eb\u200d","fuel":1}"#)
    #expect(raw.identifier == #"a\x1b]52;c;\x07b"#)
    #expect(
      raw.decode(#"{"generatorID":"\u200b\u2060","fuel":1}"#, topic: "x")
        == .rejected(.noIdentifier)
    )
  }

  @Test(arguments: [
    ("g7", "g7"), (#""g7""#, "g7"), ("emergency_generator/g7", "g7"),
    ("emergency_generator/g7/telemetry", "g7"), ("gén 7", "gén 7"),
  ])
  func takesItFromTheKeyOfARecord(key: String, id: String) {
    let payload = Array(#"{"fuel":1}"#.utf8)
    let outcome = raw.decoder.decode(key: Array(key.utf8).span, payload: payload.span)
    #expect(outcome == .sample(reading([.fuel: 1])))
    #expect(raw.identifier == id)
  }

  @Test(arguments: [
    [], [0, 0, 0, 0, 1, 2], [0xFF, 0x41], Array(#"{"id":"g7"}"#.utf8), [0x1B],
    Array("sites/g7/telemetry".utf8), Array("emergency_generator/".utf8),
  ])
  func doesNotTakeItFromAKeyThatIsNoText(key: [UInt8]) {
    let payload = Array(#"{"fuel":1}"#.utf8)
    let outcome = raw.decoder.decode(key: key.span, payload: payload.span)
    #expect(outcome == .rejected(.noIdentifier))
  }
}
