import Decoding
import JSON
import Model
import Testing

/// Payloads as systems of the field send them, and what stands around them in Kafka.
struct SourceShapeTests {
  @Test func flatFieldsOfOtherNames() throws {
    let sourced = Sourced(
      try source {
        $0.name = "dse"
        $0.add(.fuel, try place("$.fuel_level", unit: "%"), try place("$.oilVal", unit: "%"))
        $0.add(.load, try place("$.engine_load"))
        $0.add(.power, try place("$.kw"), try place("$.acPower", unit: "W"))
        $0.add(.temperature, try place("$.coolant_temp"))
      }
    )
    sourced.decode("gensets/ef-31/state", #"{"oilVal": 63, "acPower": 840, "remainTime": 312}"#)
    #expect(sourced.ids == ["ef-31"])
    #expect(sourced.findings.first?.kind == .sample)
    #expect(sourced.reading == reading([.fuel: 63, .tank: 100, .refuelMark: 50, .power: 0.84]))
    sourced.decode(
      "gensets/dse-7/state",
      #"{"fuel_level": 63, "engine_load": 41, "kw": 52.5, "coolant_temp": 84}"#,
    )
    #expect(
      sourced.reading
        == reading([
          .fuel: 63, .tank: 100, .refuelMark: 50, .load: 41, .power: 52.5, .temperature: 84,
        ])
    )
  }

  /// A ship's message has one time for all; what has no value of a generator is none.
  @Test func severalGeneratorsAreMembersOfOneObject() throws {
    let sourced = Sourced(
      try source(["ships/+/power"], id: "{2}-{name}") {
        $0.each = try JSONPath("$.*")
        $0.time = SourceTime(path: try JSONPath("$.ts"))
        $0.add(.power, try place("$.load_kw"))
      }
    )
    sourced.decode(
      "ships/aurora/power",
      #"{"ts": 1796039990, "gen_1": {"load_kw": 52.5}, "bilge": {"level": 3}, "#
        + #""gen_2": {"load_kw": 0, "ts": 1796039980}}"#
    )
    #expect(sourced.ids == ["aurora-gen_1", "aurora-gen_2"])
    #expect(sourced.findings.map { $0.reading.power } == [52.5, 0])
    #expect(sourced.findings.map { noon - ($0.time ?? 0) } == [10_000_000_000, 20_000_000_000])
    #expect(
      sourced.decode("ships/aurora/power", #"{"load_kw": 3}"#) == .ignored(.noKnownField)
    )
  }

  @Test func percentagesBecomeUnitsOfATankThatIsKnown() throws {
    func fuel(
      _ payload: String,
      _ unit: String?,
      _ change: (inout Source) -> Void
    ) throws -> Reading? {
      let sourced = Sourced(
        try source {
          $0.add(.fuel, try place("$.fuel", unit: unit))
          change(&$0)
        }
      )
      sourced.decode("gensets/a/state", payload)
      return sourced.reading
    }
    let payload = #"{"fuel": 61}"#
    #expect(
      try fuel(payload, "%") { ($0.tank, $0.refuelMark) = (900, .percent(25)) }
        == reading([.fuel: 549, .tank: 900, .refuelMark: 225])
    )
    #expect(
      try fuel(payload, "%") { ($0.tank, $0.refuelMark) = (900, .units(200)) }
        == reading([.fuel: 549, .tank: 900, .refuelMark: 200])
    )
    #expect(
      try fuel(payload, "%") { $0.refuelMark = .percent(25) }
        == reading([.fuel: 61, .tank: 100, .refuelMark: 25])
    )
    #expect(
      try fuel(payload, "gal") { ($0.tank, $0.refuelMark) = (900, .percent(25)) }
        == reading([.fuel: 61 * 3.785411784, .tank: 900, .refuelMark: 225])
    )
    #expect(try fuel(payload, nil) { _ in } == reading([.fuel: 61]))
    #expect(
      try fuel(#"{"fuel": "61%"}"#, nil) { _ in }
        == reading([.fuel: 61, .tank: 100, .refuelMark: 50])
    )
    #expect(
      try fuel(#"{"fuel": "200 L"}"#, "%") { $0.tank = 900 } == reading([.fuel: 200, .tank: 900])
    )
  }

  @Test func sentinelsOfControllers() throws {
    let sourced = Sourced(
      try source {
        let unknown: (inout ValuePlace) -> Void = {
          $0.unknown = [65_528...65_535, 32_760...32_767, 2_147_483_640...2_147_483_647]
        }
        $0.add(.fuel, try place("$.fuel", unit: "%", unknown))
        $0.add(.load, try place("$.load", unit: "%", unknown))
        $0.add(.power, try place("$.power", unknown))
        $0.add(.temperature, try place("$.temperature") { $0.least = -100 })
      }
    )
    sourced.decode(
      "gensets/dse/state",
      #"{"fuel": 65535, "load": 65535, "power": 2147483647, "temperature": 32767}"#,
    )
    #expect(sourced.reading == reading([.temperature: 32_767]))
    sourced.decode("gensets/dse2/state", #"{"fuel": 61, "load": 0, "temperature": -999}"#)
    #expect(sourced.reading == reading([.fuel: 61, .tank: 100, .refuelMark: 50, .load: 0]))
  }

  @Test func statesAsWordsNumbersAndBooleans() throws {
    func running(_ json: String, _ on: [String], _ off: [String]) throws -> Double? {
      let sourced = Sourced(
        try source {
          $0.add(.running, try place("$.state") { ($0.trueWords, $0.falseWords) = (on, off) })
        }
      )
      sourced.decode("gensets/a/state", #"{"state": \#(json)}"#)
      return sourced.reading?[.running]
    }
    for (json, expected) in [
      ("\"Running\"", 1.0), ("\"1\"", 1), ("1", 1), ("1.0", 1), ("\"stopped \"", 0),
      ("\"Cranking\"", nil), ("2", nil),
    ] {
      #expect(try running(json, ["Running", "1"], ["Stopped"]) == expected)
    }
    for (json, expected) in [
      ("true", 1.0), ("false", 0), ("\"ON\"", 1), ("\"off\"", 0), ("1", 1), ("0", 0), ("8", 1),
      ("null", nil), ("\"unknown\"", nil), ("\"maybe\"", nil), ("{}", nil),
    ] {
      #expect(try running(json, [], []) == expected)
    }
    #expect(try running("\"Off - Ready\"", ["Running"], []) == 0)
    #expect(try running("8", ["8"], []) == 1)
    #expect(try running("\"anything\"", [], ["Stopped"]) == 1)
  }

  @Test func severalSamplesInOneRecord() throws {
    let sourced = Sourced(
      try source([], id: "{$.tags.topic:2}") {
        $0.kafkaTopics = ["telegraf_raw"]
        $0.each = try JSONPath("$.metrics[*]")
        $0.time = SourceTime(path: try JSONPath("$.timestamp"))
        $0.region = try TextTemplate("{$.tags.host}")
        $0.add(.fuel, try place("$.fields.fuel"))
      }
    )
    let one =
      #"{"name":"gen","tags":{"host":"gw1","topic":"site/g4"},"fields":{"fuel":61},"timestamp":1767619211}"#
    let other = one.replacing("g4", with: "g5").replacing("61", with: "62")
    let odd = #"{"name":"cpu","tags":{"host":"gw1"},"fields":{"idle":99},"timestamp":1}"#
    sourced.record("", #"{"metrics": [\#(one), \#(odd), \#(other)]}"#, topic: "telegraf_raw")
    #expect(sourced.ids == ["g4", "g5"])
    #expect(sourced.regions == ["gw1", "gw1"])
    #expect(sourced.findings.map(\.reading.fuel) == [61, 62])
    #expect(sourced.findings.map(\.time) == [1_767_619_211_000_000_000, 1_767_629_211_000_000_000])
    // One alone has no list around it.
    sourced.record("", one, topic: "telegraf_raw")
    #expect(sourced.ids == ["g4"])
    #expect(sourced.record("", one, topic: "another") == .ignored(.noSource))
    #expect(sourced.record("", odd, topic: "telegraf_raw") == .ignored(.noKnownField))
  }

  /// The value and what else there is, the paths to the fuel and the id.
  @Test(arguments: [
    (
      #"{"schema":{"type":"struct","fields":[]},"payload":{"fuel":61,"id":"g4"}}"#,
      "$.payload.fuel", "{$.payload.id}"
    ),
    (
      #"{"clientid":"g4","topic":"site/g4","payload":"{\"fuel\":61}","qos":1}"#, "$.payload.fuel",
      "{$.topic:2}"
    ),
    (
      #"{"specversion":"1.0","source":"/site/g4","data":{"fuel":61}}"#, "$.data.fuel",
      "{$.source:3}"
    ),
    (#"{"fuel":61}"#, "$.fuel", "{header.ce_source:3}"),
    (#"[{"ts":1767619211000,"values":{"fuel":61}}]"#, "$[0].values.fuel", "{key}"),
    (
      #"{"timestamp":1767619211000,"node":"g4","values":{"fuel":61},"errors":{"oil":3002}}"#,
      "$.values.fuel", "{$.node}"
    ),
    (
      #"{"imei":"g4","time":1767619211,"data":{"fuel":"61","oil":null}}"#, "$.data.fuel", "{$.imei}"
    ),
    (
      #"{"Time":"2026-01-05T13:20:11Z","NumericValues":{"Fuel":{"Val":61,"Unit":"%"}}}"#,
      "$.NumericValues.Fuel", "{key}"
    ),
    (
      #"{"topic":{"deviceId":"g4"},"payload":{"metrics":[{"name":"rpm","value":1},{"name":"Fuel/Level","value":61}]}}"#,
      #"$.payload.metrics[name="Fuel/Level"].value"#, "{$.topic.deviceId}"
    ),
    (
      #"[{"bn":"g4","bt":1767619211,"n":"oil","u":"Pa","v":412000},{"n":"fuel","u":"%","v":61}]"#,
      "$[n=fuel]", "{$[0].bn}"
    ),
    (
      #"{"data":{"content":[{"path":"/3303/0/5700","value":83.0},{"path":"/1/0/2","value":61}]}}"#,
      #"$.data.content[path="/1/0/2"].value"#, "{key}"
    ),
  ])
  func envelopes(value: String, path: String, id: String) throws {
    let sourced = Sourced(
      try source([], id: id) {
        $0.kafkaTopics = ["raw"]
        $0.add(.fuel, try place(path))
      }
    )
    sourced.record("g4", value, headers: ["ce_source": "/site/g4"])
    #expect(sourced.reading?.fuel == 61)
    #expect(sourced.ids == ["g4"])
  }

  @Test func losesValuesOfEachSampleApart() throws {
    let sourced = Sourced(
      try source(id: "{$.id}") {
        $0.each = try JSONPath("$[*]")
        $0.add(.fuel, try place("$.fuel"), try place("$.level"))
        $0.add(.load, try place("$.load"))
      }
    )
    sourced.decode(
      "gensets/a/state",
      #"[{"id":1,"load":2,"fuel":"?"},{"id":2,"fuel":"?","level":61},{"fuel":3},{"id":4,"fuel":5}]"#,
    )
    #expect(sourced.ids == ["1", "2", "4"])
    #expect(sourced.findings.map(\.reading.fuel) == [nil, 61, 5])
    #expect(sourced.decoder.losses == [.value(.fuel, .noNumber)])
  }

  @Test func whatSendsOnlyChangesMaySayNothingOfOurs() throws {
    let sourced = Sourced(
      try source {
        $0.sendsChanges = true
        $0.add(.power, try place(#"$.params["em:0"].act_power"#, unit: "W"))
      }
    )
    #expect(
      sourced.decode("gensets/a/state", #"{"params":{"ts":1.5,"em:0":{"act_power":840}}}"#)
        == .understood(source: 0)
    )
    #expect(sourced.findings.first?.kind == .values)
    #expect(
      sourced.decode("gensets/a/state", #"{"params":{"ts":2.5,"wifi":{}}}"#) == .passed(source: 0)
    )
  }
}
