import Foundation
import LocalBrokers
import System
import Testing

/// What users' fleets send, read by their configuration: `egtop --once` with a real broker.
@Suite(.serialized, .timeLimit(.minutes(20))) struct SourceCasesTests {
  /// Looks with a configuration file, while the messages are sent again and again, unless they are to come once.
  private func found(
    _ configuration: String,
    _ messages: [(topic: String, payload: String)],
    retained: [(topic: String, payload: String)] = [],
    words: [String] = [],
    settle: String = "4s"
  ) throws -> Look {
    var found: Look?
    try withMosquitto { broker in
      let folder = try makeTemporaryDirectory(prefix: "egtop-sources")
      defer { removeFlatDirectory(folder) }
      let file = "\(folder)/config.yaml"
      try Data(configuration.utf8).write(to: URL(fileURLWithPath: file))
      let sender = try Sender(port: broker.port)
      for (topic, payload) in retained { try sender.publish(payload, to: topic, retain: true) }
      let options = [
        "--mqtt", "127.0.0.1:\(broker.port)", "--config", file, "--settle", settle,
      ]
      found = try look(options + words) {
        for (topic, payload) in messages { try sender.publish(payload, to: topic) }
      }
    }
    return try #require(found)
  }

  private static let genmon = """
    sources:
      - name: genmon
        topics: [+/generator/#]
        id: "{1}"
        sends: changes
        metrics:
          fuel: {topic: …/Maintenance/Fuel Level Sensor, unit: "%"}
          power: {topic: "…/Status/Engine/Output Power (Single Phase)", unit: kW}
        presence: {topic: +/generator/client_status}
    """

  /// Case 01: one topic for each value, as text with its unit.
  @Test func genmonsTextsAreAGeneratorWithItsFuelInPercent() throws {
    let look = try found(
      Self.genmon,
      [
        ("7701/generator/Status/Engine/Output Power (Single Phase)", "5.2 kW"),
        ("7701/generator/Status/Engine/RPM", "3600"),
        ("7701/generator/Maintenance/Fuel Level Sensor", "61 %"),
      ],
      retained: [("7701/generator/client_status", "Online")]
    )
    #expect(look.generators.map(\.id) == ["7701"])
    let generator = try #require(look["7701"])
    #expect(generator.fuel == 61 && generator.fuelPercent == 61 && generator.power == 5.2)
    #expect(generator.session == "online" && generator.freshness == "live")
    #expect(look.alarms.isEmpty)
    #expect(look.feeds["mqtt"]?.rejected == 0 && look.feeds["mqtt"]?.ignored == 0)
    let source = try #require(look.feeds["mqtt"]?.sources?.first)
    #expect(source.name == "genmon" && source.notUnderstood == 0)
    #expect(source.understood > 0 && source.understood < source.messages)
  }

  /// A value that the broker kept, of a generator that is online: it counts, and nobody knows of when it is.
  @Test func aRetainedValueCountsWithAnUnknownAge() throws {
    let fuel = ("7701/generator/Maintenance/Fuel Level Sensor", "39 %")
    for isOnline in [true, false] {
      let presence = isOnline ? [("7701/generator/client_status", "Online")] : []
      let look = try found(Self.genmon, [], retained: [fuel] + presence, settle: "2s")
      let generator = try #require(look["7701"])
      #expect(generator.fuelPercent == 39 && generator.source == "retained")
      #expect(generator.sampleAgeSeconds == nil)
      #expect(generator.freshness == (isOnline ? "live" : "never"))
      #expect(look.alarms.map(\.id) == (isOnline ? ["refuel-raw:7701"] : []))
    }
  }

  /// Case 04: flat JSON with names of their own, for each kind of device.
  @Test func eachKindOfDeviceHasItsOwnNames() throws {
    let look = try found(
      """
      sources:
        - name: ecoflow
          topics: [gensets/+/state]
          where: {path: $.remainTime, in: [312]}
          id: "{2}"
          metrics:
            fuel: {path: $.oilVal, unit: "%"}
            power: {path: $.acPower, unit: W}
        - name: dse
          topics: [gensets/+/state]
          id: "{2}"
          metrics:
            fuel: {path: $.fuel_level, unit: "%"}
            load: $.engine_load
            power: $.kw
            temperature: $.coolant_temp
      """,
      [
        ("gensets/ef-31/state", #"{"oilVal": 63, "acPower": 840, "remainTime": 312}"#),
        (
          "gensets/dse-7/state",
          #"{"fuel_level": 63, "engine_load": 41, "kw": 52.5, "coolant_temp": 84}"#
        ),
      ]
    )
    #expect(Set(look.generators.map(\.id)) == ["ef-31", "dse-7"])
    #expect(look.generators.allSatisfy { $0.fuel == 63 && $0.fuelPercent == 63 })
    #expect(look["ef-31"]?.power == 0.84 && look["dse-7"]?.power == 52.5)
    #expect(look["dse-7"]?.load == 41 && look["dse-7"]?.temperature == 84)
  }

  /// Case 08: the id is a level in the middle of the topic.
  @Test func theIdMayStandInTheMiddleOfTheTopic() throws {
    let look = try found(
      """
      sources:
        - name: sites
          topics: [sites/+/telemetry]
          id: "{2}"
          metrics: {fuel: $.fuel, load: $.load, power: $.power, temperature: $.temperature}
      """,
      [("g1", 900), ("g2", 300), ("g3", 610)].map { id, fuel in
        (
          "sites/\(id)/telemetry",
          #"{"fuel": \#(fuel), "load": 10, "power": 300, "temperature": 180}"#
        )
      }
    )
    #expect(Set(look.generators.map(\.id)) == ["g1", "g2", "g3"])
    #expect(look["g2"]?.fuelPercent == 30)
    #expect(look.alarms.map(\.generator) == ["g2"])
  }

  /// Cases 06, 10 and 18: numbers as texts, an object beside the values, and percentages.
  @Test func textsExtrasAndPercentagesAreWhatTheirSourceSays() throws {
    let look = try found(
      """
      sources:
        - name: units
          topics: [emergency_generator/g6, emergency_generator/g10]
          id: "{2}"
          metrics: {fuel: $.fuel, load: $.load}
        - name: percent
          topics: [emergency_generator/+]
          id: "{$.generatorID}"
          refuelMark: 25%
          metrics: {fuel: {path: $.fuel, unit: "%"}}
      """,
      [
        ("emergency_generator/g6", #"{"generatorID": "g6", "fuel": "612", "load": "41"}"#),
        ("emergency_generator/g10", #"{"fuel": 300, "load": 10, "wifi": {"rssi": 52}}"#),
        ("emergency_generator/x", #"{"fuel": 61, "generatorID": "a"}"#),
        ("emergency_generator/y", #"{"fuel": 24, "generatorID": "b"}"#),
      ]
    )
    #expect(look["g6"]?.fuel == 612 && look["g6"]?.load == 41)
    #expect(look["g10"]?.fuel == 300 && look["g10"]?.fuelPercent == 30)
    #expect(look["a"]?.fuelPercent == 61 && look["b"]?.fuelPercent == 24)
    #expect(Set(look.alarms.map(\.id)) == ["refuel-raw:g10", "refuel-raw:b"])
    #expect(look.feeds["mqtt"]?.rejected == 0)
  }

  /// Case 19: a sample that the broker kept is of any age.
  @Test func aSampleThatWasKeptIsNotLive() throws {
    let look = try found(
      """
      sources:
        - name: fleet
          topics: [emergency_generator/+]
          id: "{2}"
          metrics: {fuel: $.fuel}
      """,
      [],
      retained: [("emergency_generator/dead1", #"{"fuel": 640, "generatorID": "dead1"}"#)],
      settle: "2s"
    )
    let generator = try #require(look["dead1"])
    #expect(generator.freshness != "live" && generator.source == "retained")
  }

  /// Case 22: words with a capital, which are known without a setting.
  @Test func wordsOfPresenceAreKnownInAnyCase() throws {
    let look = try found(
      """
      sources:
        - name: fleet
          topics: [emergency_generator/+]
          id: "{2}"
          metrics: {fuel: $.fuel}
          presence: {topic: emergency_generator/+/status}
      """,
      [("emergency_generator/other", #"{"fuel": 640}"#)],
      retained: [("emergency_generator/g22/status", "Offline")]
    )
    #expect(look["g22"]?.session == "offline" && look["g22"]?.freshness == "lost")
    let event = try #require(look.events.first { $0.generator == "g22" })
    #expect(event.kind == "lastWill" && event.retained)
    #expect(look["other"]?.fuel == 640)
  }

  /// Case 25: messages that a source has and cannot read are told with it.
  @Test func whatASourceCannotReadIsToldWithAnExample() throws {
    let look = try found(
      """
      sources:
        - name: gensets
          topics: [gensets/+/state]
          id: "{2}"
          metrics: {fuel: $.fuel}
      """,
      [("gensets/g25/state", #"{"fuel_level": 63}"#)]
    )
    #expect(look.generators.isEmpty)
    let feed = try #require(look.feeds["mqtt"])
    let text = #"gensets/g25/state {"fuel_level": 63}"#
    #expect(feed.reason?.hasPrefix("none understood: ") == true)
    #expect(feed.reason?.hasSuffix(text) == true, "\(feed.reason ?? "")")
    let source = try #require(feed.sources?.first)
    #expect(source.understood == 0 && source.notUnderstood == source.messages)
    #expect(source.reason != nil && source.payload == #"{"fuel_level": 63}"#)
  }

  /// Case 43: what controllers write where they know nothing.
  @Test func sentinelsOfTheControllerMeanNothingIsKnown() throws {
    let look = try found(
      """
      sources:
        - name: dse
          topics: [emergency_generator/+]
          id: "{2}"
          tank: 900 L
          refuelMark: 25%
          metrics:
            fuel: {path: $.fuel, unit: "%", unknown: [65528..65535], min: 0, max: 130}
            load: {path: $.load, unknown: [65528..65535]}
            power: {path: $.power, unit: W, unknown: [2147483640..2147483647]}
            temperature: {path: $.temperature, unknown: [32760..32767, -999]}
      """,
      [
        (
          "emergency_generator/dse",
          #"{"fuel": 65535, "load": 65535, "power": 2147483647, "temperature": 32767}"#
        ),
        ("emergency_generator/dse2", #"{"fuel": -1, "load": 0, "temperature": -999}"#),
        ("emergency_generator/dse3", #"{"fuel": 20, "load": 41, "power": 52500}"#),
      ]
    )
    for id in ["dse", "dse2"] {
      #expect(look[id]?.fuelPercent == nil && look[id]?.temperature == nil, "\(id)")
      #expect(look[id]?.timeToEmptySeconds == nil)
    }
    #expect(look["dse2"]?.load == 0)
    #expect(look["dse3"]?.fuel == 180 && look["dse3"]?.fuelPercent == 20)
    #expect(look["dse3"]?.power == 52.5)
    #expect(look.alarms.map(\.generator) == ["dse3"])
  }

  /// Case 24 (a): the state of a mosquitto bridge, which tells it by numbers on a topic of the broker's.
  @Test func theStateOfABridgeOfMosquittoIsPresence() throws {
    let configuration = """
      sources:
        - name: sites
          topics: [gen/+]
          id: "{2}"
          metrics: {fuel: $.fuel}
          presence: {topic: $SYS/broker/connection/+/state, online: "1", offline: "0", covers: "{4}"}
      """
    try withMosquitto { broker in
      let folder = try makeTemporaryDirectory(prefix: "egtop-sources")
      defer { removeFlatDirectory(folder) }
      let file = "\(folder)/config.yaml"
      try Data(configuration.utf8).write(to: URL(fileURLWithPath: file))
      let own = """
        allow_anonymous true
        connection site1
        address 127.0.0.1:\(broker.port)
        topic gen/# out 1
        remote_clientid site1
        notifications_local_only false
        """
      let site = try LocalMosquitto.start(directory: folder, extraConfiguration: own)
      defer { site.stop() }
      let sender = try Sender(port: site.port)
      let run = try OnceRun([
        "--json", "--mqtt", "127.0.0.1:\(broker.port)", "--config", file, "--settle", "30s",
        "--watch", "1s", "--fail-on", "lost",
      ])
      var isKilled = false
      let code = try run.code {
        if !isKilled { try sender.publish(#"{"fuel":640}"#, to: "gen/site1") }
        guard !isKilled, run.lines.contains(where: { $0.contains(subsequence: "\"online\"") })
        else { return }
        isKilled = true
        site.stop()
      }
      let looks = try run.lines.map { try JSONDecoder().decode(Look.self, from: Data($0)) }
      #expect(code == 4 && looks.last?["site1"]?.freshness == "lost")
      let event = looks.last?.events.first { $0.kind == "lastWill" }
      #expect(event?.generator == "site1")
    }
  }

  /// Case 41: Telegraf's points in the enriched topic.
  @Test func pointsOfTelegrafAreRecords() throws {
    let pipe = try Pipe()
    let time = wallNanoseconds() / 1_000_000_000
    let record =
      #"{"fields": {"fuel": 410, "alarm": "refuel", "load": 10}, "name": "genData", "#
      + #""tags": {"generatorID": "tg1", "region": "North"}, "timestamp": \#(time)}"#
    try pipe.send([record, record])
    let look = try look(pipe.words + ["--settle", "3s"])
    let generator = try #require(look["tg1"])
    #expect(generator.fuel == 410 && generator.load == 10)
    #expect(generator.region == "North" && generator.alarm == "refuel")
    #expect(look.alarms.map(\.id) == ["refuel:tg1"])
  }
}

extension Array<UInt8> {
  fileprivate func contains(subsequence text: String) -> Bool {
    String(decoding: self, as: UTF8.self).contains(text)
  }
}
