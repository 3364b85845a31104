import BucketSupport
import Buckets
import Kafka
import LocalBrokers
import System
import TestSupport
import Testing
import Wording

@testable import Pipeline

/// What users' fleets send, through the whole pipeline as one program, with its configuration in a file.
@Suite(.timeLimit(.minutes(20)))
struct PipelineCasesTests {
  private struct Plant {
    let brokers: LocalBrokers
    let folder: String
    let sender: Sender
    let enriched: TopicReader
    let letters: TopicReader

    /// The enriched records so far, once a condition holds of them.
    func records(_ condition: ([String]) -> Bool) -> [String] {
      let isMet = enriched.read(within: 60) { condition($0.compactMap(\.value)) }
      #expect(isMet, "\(enriched.records.compactMap(\.value))")
      return enriched.records.compactMap(\.value)
    }
  }

  /// Runs `egpipe` with windows of a second on brokers of this machine.
  private func withPlant(
    _ configuration: String = "",
    _ words: [String] = [],
    stages: [String] = ["bridge", "sink", "task", "source"],
    awaitsBridge: Bool = true,
    _ body: (Plant) throws -> Void
  ) throws {
    let topics = ["emergency_generators", "EGkafka_downsampled", "dlq-egpipe-sink"]
    let brokers = try LocalBrokers(topics: topics.map { ($0, 1) })
    try withFolder { folder in
      let file = "\(folder)/c.yaml"
      try OutputFile(path: file).write(Array(configuration.utf8))
      let common = [
        "-c", file, "--mqtt", "mqtt://127.0.0.1:\(brokers.mosquitto.port)", "--kafka",
        brokers.kafka.bootstrapServers, "--store", folder, "-X", "session.timeout.ms=6000", "-X",
        "fetch.wait.max.ms=20",
      ]
      let timing = [
        stages.contains("task") ? ["--every", "1s"] : [],
        stages.contains("source") ? ["--poll", "50ms"] : [],
      ].flatMap { $0 }
      let child = try ChildProcess.start(
        BuiltPrograms.egpipe,
        ["run"] + stages + common + timing + words,
        environment: .current(),
        output: "\(folder)/log"
      )
      defer { child.terminate() }
      if stages.contains("bridge"), awaitsBridge {
        let watch = try Watch(port: brokers.mosquitto.port, "egpipe/bridge/#")
        try #require(try watch.hears("online"), "\(log(folder))")
      }
      try body(
        Plant(
          brokers: brokers,
          folder: folder,
          sender: try Sender(port: brokers.mosquitto.port),
          enriched: try TopicReader(brokers.kafka.bootstrapServers, ["EGkafka_downsampled"]),
          letters: try TopicReader(brokers.kafka.bootstrapServers, ["dlq-egpipe-sink"])
        )
      )
    }
  }

  private func log(_ folder: String) -> String {
    String(decoding: (try? readFile("\(folder)/log", limit: 1 << 20)) ?? [], as: UTF8.self)
  }

  /// Case 06: numbers as texts.
  @Test func numbersAsTextsAreNumbers() throws {
    try withPlant { plant in
      let payload =
        #"{"generatorID": "g6", "fuel": "612", "load": "41", "power": 520, "#
        + #""temperature": 184}"#
      for _ in 1...3 { try plant.sender.send(payload, to: "emergency_generator/g6") }
      let records = plant.records { !$0.isEmpty }
      for part in [#""fuel":612"#, #""load":41"#, #""power":520"#, #""temperature":184"#] {
        #expect(records[0].contains(part), "\(records[0])")
      }
      plant.letters.read()
      #expect(plant.letters.records.isEmpty)
    }
  }

  /// Case 08: the id in the middle of the topic, in bridge and sink by one section.
  @Test func theIdInTheMiddleOfTheTopic() throws {
    let configuration = """
      sources:
        - name: sites
          topics: [sites/+/telemetry]
          id: "{2}"
          metrics: {fuel: $.fuel, load: $.load}
      """
    try withPlant(configuration) { plant in
      for (id, fuel) in [("g1", 900), ("g2", 300), ("g3", 610)] {
        try plant.sender.send(#"{"fuel": \#(fuel), "load": 10}"#, to: "sites/\(id)/telemetry")
      }
      let records = plant.records { $0.count >= 3 }
      let ids = Set(records.compactMap { $0.firstMatch(of: /"generatorID":"(\w+)"/)?.1 })
      #expect(ids == ["g1", "g2", "g3"])
      #expect(records.filter { $0.contains(#""alarm":"refuel""#) }.allSatisfy { $0.contains("g2") })
      #expect(records.contains { $0.contains(#""alarm":"refuel""#) && $0.contains(#""fuel":300"#) })
    }
  }

  /// Cases 04 and 43: names of each kind of device, and what a controller writes where it knows nothing.
  @Test func namesAndNumbersAreReadAsTheirSourceSays() throws {
    let configuration = """
      sources:
        - name: ecoflow
          topics: [gensets/+/state]
          where: {path: $.remainTime, in: [312]}
          id: "{2}"
          metrics: {fuel: {path: $.oilVal, unit: "%"}, power: {path: $.acPower, unit: W}}
        - name: dse
          topics: [gensets/+/state]
          id: "{2}"
          metrics:
            fuel: {path: $.fuel_level, unit: "%", unknown: [65528..65535], min: 0, max: 130}
            load: {path: $.engine_load, unknown: [65528..65535]}
            power: {path: $.kw, unknown: [2147483640..2147483647]}
            temperature: {path: $.coolant_temp, unknown: [32760..32767, -999]}
      """
    let payloads = [
      ("ef-31", #"{"oilVal": 63, "acPower": 840, "remainTime": 312}"#),
      ("dse-7", #"{"fuel_level": 63, "engine_load": 41, "kw": 52.5, "coolant_temp": 84}"#),
      ("dse", #"{"fuel_level": 65535, "engine_load": 65535, "kw": 2147483647}"#),
      ("dse2", #"{"fuel_level": -1, "engine_load": 7, "coolant_temp": -999}"#),
      ("end", #"{"fuel_level": 40}"#),
    ]
    try withPlant(configuration) { plant in
      for (id, payload) in payloads { try plant.sender.send(payload, to: "gensets/\(id)/state") }
      let records = plant.records { records in
        ["ef-31", "dse-7", "end"].allSatisfy { id in records.contains { $0.contains("\"\(id)\"") } }
      }
      func record(_ id: String) -> String { records.first { $0.contains("\"\(id)\"") } ?? "" }
      #expect(record("ef-31").contains(#""alarm":"no action","fuel":63"#), "\(record("ef-31"))")
      #expect(record("ef-31").contains(#""power":0.84"#))
      for part in [#""fuel":63"#, #""load":41"#, #""power":52.5"#, #""temperature":84"#] {
        #expect(record("dse-7").contains(part), "\(record("dse-7"))")
      }
      // Of one nothing is known, of the other no fuel.
      #expect(record("dse").isEmpty && !record("dse2").contains(#""fuel""#))
      #expect(!record("dse2").contains("999"))
    }
  }

  /// Case 10: an object beside the values.
  @Test func whatIsNotFlatIsPassedOver() throws {
    try withPlant { plant in
      let payload = #"{"fuel": 300, "load": 10, "generatorID": "g10", "wifi": {"rssi": 52}}"#
      for _ in 1...3 { try plant.sender.send(payload, to: "emergency_generator/g10") }
      let records = plant.records { !$0.isEmpty }
      #expect(records[0].contains(#""alarm":"refuel","fuel":300"#), "\(records[0])")
      plant.letters.read()
      #expect(plant.letters.records.isEmpty)
    }
  }

  /// Case 15: times without a zone, with one, and as seconds, all of one moment.
  @Test(arguments: [("UTC", 0), ("+02:00", 7_200), ("America/Phoenix", -25_200)])
  func aTimeWithoutAZoneIsOfTheZoneThatIsSet(zone: String, offset: Int64) throws {
    let configuration = """
      sources:
        - name: raw
          topics: [+]
          id: "{1}"
          time: {path: $.Time, zone: \(zone)}
          metrics: {fuel: $.fuel}
      """
    try withPlant(configuration, stages: ["sink"]) { plant in
      let now = wallNanoseconds() / 1_000_000_000
      func text(_ seconds: Int64, _ separator: Character = "T") -> String {
        let text = civil(seconds)
        return separator == "T" ? text : text.replacing("T", with: " ")
      }
      let times = [
        "\"\(text(now + offset))\"", "\"\(text(now + offset, " "))\"",
        "\"\(text(now - 25_200))-07:00\"", "\(now)",
      ]
      let producer = try KafkaProducer(["bootstrap.servers": plant.brokers.kafka.bootstrapServers])
      for (place, time) in times.enumerated() {
        try producer.send(
          to: "emergency_generators",
          key: Array("t\(place)".utf8),
          value: Array(#"{"Time": \#(time), "fuel": \#(600 + place)}"#.utf8),
          milliseconds: 1_000
        )
      }
      try producer.flush(milliseconds: 20_000)
      let file = try openBucket(plant.folder, "kafka")
      let wanted = (0..<4).map { "t\($0)@\(now)000000000 \(600 + $0)" }
      #expect(holds(within: 60) { (try? file.summary().sorted()) == wanted })
      #expect(try file.summary().sorted() == wanted, "\(log(plant.folder))")
      plant.letters.read()
      #expect(plant.letters.records.isEmpty)
    }
  }

  private func civil(_ seconds: Int64) -> String {
    let time = CivilTime(wall: seconds * 1_000_000_000)
    return "\(time.date)T\(time.timeOfDay)"
  }

  /// Case 18: percent, by settings of the fleet and by a source.
  @Test(arguments: [false, true])
  func percentIsNeverOfAThousand(bySource: Bool) throws {
    let source = """
      sources:
        - name: fleet
          topics: [emergency_generator/+]
          id: "{2}"
          refuelMark: 25%
          metrics: {fuel: {path: $.fuel, unit: "%"}, load: $.load}
      """
    let words = bySource ? [] : ["--refuel-mark", "25"]
    try withPlant(bySource ? source : "", words) { plant in
      for (id, fuel) in [("a", 61), ("b", 24)] {
        let payload = #"{"fuel": \#(fuel), "load": 10, "generatorID": "\#(id)"}"#
        try plant.sender.send(payload, to: "emergency_generator/\(id)")
      }
      let records = plant.records { $0.count >= 2 }
      let a = try #require(records.first { $0.contains(#""generatorID":"a""#) })
      let b = try #require(records.first { $0.contains(#""generatorID":"b""#) })
      #expect(a.contains(#""alarm":"no action","fuel":61"#), "\(a)")
      #expect(b.contains(#""alarm":"refuel","fuel":24"#), "\(b)")
      #expect([a, b].allSatisfy { $0.contains(#""tank":100"#) == bySource })
    }
  }

  /// Case 19: a sample that the broker kept makes no new points, however often the bridge starts.
  @Test func aRetainedSampleDoesNotComeToLife() throws {
    try withPlant(stages: ["sink", "task", "source"]) { plant in
      let kept = #"{"fuel": 640, "generatorID": "dead1"}"#
      try plant.sender.send(kept, to: "emergency_generator/dead1", retain: true)
      for _ in 1...3 {
        let watch = try Watch(port: plant.brokers.mosquitto.port, "egpipe/bridge/status")
        let child = try ChildProcess.start(
          BuiltPrograms.egpipe,
          [
            "bridge", "--mqtt", "mqtt://127.0.0.1:\(plant.brokers.mosquitto.port)", "--kafka",
            plant.brokers.kafka.bootstrapServers,
          ],
          environment: .current(),
          output: "\(plant.folder)/bridge"
        )
        #expect(try watch.hears("online"))
        #expect(child.terminate(withinNanoseconds: 15_000_000_000) == .code(0))
      }
      // Behind the retained ones, so that when it is there they would be.
      let live = #"{"fuel": 700, "generatorID": "live"}"#
      let producer = try KafkaProducer(["bootstrap.servers": plant.brokers.kafka.bootstrapServers])
      try producer.send(
        to: "emergency_generators",
        key: Array("live".utf8),
        value: Array(live.utf8),
        milliseconds: wallNanoseconds() / 1_000_000
      )
      try producer.flush(milliseconds: 20_000)
      let records = plant.records { $0.contains { $0.contains("live") } }
      #expect(records.filter { $0.contains("dead1") }.count <= 1)
    }
  }

  /// One topic for each value, as genmon has it: the record has all that is known, and a window without a change ends no alarm.
  @Test func oneTopicForEachValueBecomesRecords() throws {
    try withPlant("", ["--profile", "genmon"]) { plant in
      let top = "generators/depot/generator"
      try plant.sender.send("Online", to: "\(top)/client_status", retain: true)
      try plant.sender.send("27.10 V", to: "\(top)/Status/Battery Voltage", qos: 0)
      try plant.sender.send("61 %", to: "\(top)/Maintenance/Fuel Level Sensor", qos: 0)
      let known = #""alarm":"no action","batteryVoltage":27.1,"fuel":61"#
      _ = plant.records { $0.contains { $0.contains(known) } }
      try plant.sender.send("39 %", to: "\(top)/Maintenance/Fuel Level Sensor", qos: 0)
      let records = plant.records { $0.contains { $0.contains(#""fuel":39"#) } }
      let last = try #require(records.last)
      #expect(last.contains(#""alarm":"refuel","batteryVoltage":27.1,"fuel":39"#), "\(last)")
      #expect(last.contains(#""refuelMark":50"#) && last.contains(#""tank":100"#))
      #expect(last.contains(#""generatorID":"depot""#))
    }
  }
}
