import Decoding
import JSON
import Model
import Testing

/// Whose a message is.
struct SourceIdTests {
  /// As long as MQTT and Kafka let them be.
  @Test func topicsAndNamesOf60KilobytesGiveBoundedIds() throws {
    let long = String(repeating: "x", count: 60_000)
    let levels = String(repeating: "/", count: 60_000)
    let sourced = Sourced(
      try source(["a/+/#"], id: "{2}-{$.id}-{name}") {
        $0.each = try JSONPath("$.*")
        $0.add(.fuel, try place("$.fuel"))
      }
    )
    for topic in ["a/\(long)/b", "a/g\(levels)", "a/\(long)\(levels)"] {
      sourced.decode(topic, #"{"\#(long)": {"fuel": 61, "id": "\#(long)"}}"#)
      #expect(sourced.ids.map(\.count) == [64])
    }
    sourced.decode("\(levels)a", #"{"n": {"fuel": 61, "id": "1"}}"#)
    #expect(sourced.ids.isEmpty)
  }

  private func id(
    _ template: String,
    _ topic: String = "sites/north/genset/7/state",
    _ payload: String = #"{"fuel": 61}"#,
    _ change: (inout Source) throws -> Void = { _ in }
  ) throws -> (id: String?, outcome: SourceOutcome, region: String?) {
    let sourced = Sourced(
      try source(["sites/+/genset/+/state"], id: template) {
        $0.add(.fuel, try place("$.fuel"))
        try change(&$0)
      }
    )
    let outcome = sourced.decode(topic, payload)
    return (sourced.ids.first, outcome, sourced.regions.first)
  }

  @Test(arguments: [
    ("{2}-{4}", "north-7"), ("{4}", "7"), ("depot-north", "depot-north"),
    ("{2}/{$.device.serial}", "north/a 5"), ("{$.imei}", "867530901234567"),
    ("{$.tags.topic:2}", "g4"), ("{$.regs[0]}", "1.50"),
  ])
  func comesFromATemplate(template: String, expected: String) throws {
    let payload = #"""
      {"fuel": 61, "device": {"serial": "a 5"}, "imei": 867530901234567, "regs": [1.50],
       "tags": {"topic": "site/g4/x"}}
      """#
    #expect(try id(template, "sites/north/genset/7/state", payload).id == expected)
  }

  @Test(arguments: [
    "{2}-{9}", "{$.nowhere}", "{$.fuel:2}", "{$}", "{key}", "{header.ce_source}", "{$.none}",
    "{$.empty}",
  ])
  func isMissingIfAPartIs(template: String) throws {
    let payload = #"{"fuel": 61, "none": null, "empty": ""}"#
    let outcome = try id(template, "sites/north/genset/7/state", payload).outcome
    #expect(outcome == .rejected(.noIdentifier))
    #expect(try id("{2}-{4}", "sites//genset/7/state").outcome == .rejected(.noIdentifier))
  }

  @Test func isScrubbedAndBounded() throws {
    let long = String(repeating: "x", count: 60_000)
    let found = try #require(try id("{2}-{4}", "sites/\(long)/genset/7/state").id)
    #expect(found.count == 64 && found.hasSuffix("…"))
    #expect(try id("{4}", "sites/n/genset/a\u{1B}[31m/state").id == #"a\x1b[31m"#)
    #expect(
      try id("{$.v}", "sites/n/genset/a/state", #"{"fuel": 1, "v": "\u0000"}"#).id == #"\x00"#
    )
  }

  @Test func isRenamed() throws {
    for (topic, expected) in [("site_7", "site 7"), ("site 7", "site 7"), ("site_8", "site_8")] {
      let found = try id("{2}", "sites/\(topic)/genset/7/state") {
        $0.rename = ["site_7": "site 7"]
      }
      #expect(found.id == expected)
    }
  }

  @Test func hasARegion() throws {
    let found = try id("{4}") { $0.region = try TextTemplate("{2}") }
    #expect(found.region == "north")
    #expect(try id("{4}").region == "")
    #expect(try id("{4}") { $0.region = try TextTemplate("{$.region}") }.region == "")
  }

  @Test func comesFromTheKeyAndHeadersOfARecord() throws {
    func found(_ template: String, key: String, topics: [String] = []) throws -> String? {
      let sourced = Sourced(
        try source(topics, id: template) {
          $0.kafkaTopics = ["telemetry"]
          $0.add(.fuel, try place("$.fuel"))
        }
      )
      sourced.record(
        key,
        #"{"fuel": 61}"#,
        topic: topics.isEmpty ? "telemetry" : "raw",
        headers: ["ce_source": "/site/g4"],
      )
      return sourced.ids.first
    }
    #expect(try found("{key}", key: "g4") == "g4")
    #expect(try found("{key}", key: "\"g4\"") == "g4")
    #expect(try found("{key:2}", key: "site/g4/state") == "g4")
    #expect(try found("{header.ce_source}", key: "") == "/site/g4")
    #expect(try found("{header.ce_source:3}", key: "") == "g4")
    #expect(try found("{header.other}", key: "") == nil)
    #expect(try found("{2}", key: "sites/g4/state", topics: ["sites/+/state"]) == "g4")
    #expect(try found("{2}", key: "other/g4/state", topics: ["sites/+/state"]) == nil)
  }

  @Test func isThatOfTheFirstSourceThatMatches() throws {
    let sourced = Sourced(
      try source(["a/+"], id: "first-{2}") {
        $0.condition = SourceCondition(path: try JSONPath("$.kind"), values: ["diesel", "7"])
        $0.add(.fuel, try place("$.fuel"))
      },
      try source(["a/+", "b/+"], id: "second-{2}") { $0.add(.fuel, try place("$.fuel")) },
    )
    for (payload, id) in [
      (#"{"kind": "diesel", "fuel": 1}"#, "first-1"), (#"{"kind": 7, "fuel": 1}"#, "first-1"),
      (#"{"kind": "gas", "fuel": 1}"#, "second-1"), (#"{"fuel": 1}"#, "second-1"),
    ] {
      sourced.decode("a/1", payload)
      #expect(sourced.ids == [id])
    }
    #expect(sourced.decode("c/1", #"{"fuel": 1}"#) == .ignored(.noSource))
    #expect(sourced.decoder.counts.map(\.messages) == [2, 2])
  }
}
