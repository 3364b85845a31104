import BucketSupport
import Buckets
import Kafka
import LocalBrokers
import MQTT
import Model
import System
import TestSupport
import Testing

@testable import Pipeline

/// A bridge and a sink that read by configured sources.
@Suite(.timeLimit(.minutes(20)))
struct SourceBridgeTests {
  /// A topic for each value, and flat samples of another kind.
  private static func sources() throws -> [Source] {
    var genmon = Source(name: "genmon", id: try TextTemplate("{2}"))
    genmon.topics = ["generators/+/generator/#"]
    genmon.region = try TextTemplate("north")
    genmon.sendsChanges = true
    func place(_ topic: String, _ unit: String) -> ValuePlace {
      var place = ValuePlace(topic: topic)
      place.unit = SourceUnit(unit)
      return place
    }
    genmon.metrics = [
      MetricSource(.fuel, [place("Maintenance/Fuel Level Sensor", "%")]),
      MetricSource(.batteryVoltage, [place("Status/Battery Voltage", "V")]),
    ]
    genmon.presence = [PresenceSource(topic: "generators/+/generator/client_status")]
    var flat = Source(name: "flat", id: try TextTemplate("{2}"))
    flat.topics = ["gensets/+/state"]
    var fuel = ValuePlace(path: try JSONPath("$.oilVal"))
    fuel.unit = SourceUnit("%")
    flat.metrics = [MetricSource(.fuel, [fuel])]
    return [genmon, flat]
  }

  private static let fuelTopic = "generators/depot/generator/Maintenance/Fuel Level Sensor"
  private static let batteryTopic = "generators/depot/generator/Status/Battery Voltage"

  private func bridge(_ brokers: LocalBrokers) throws -> BridgeStage {
    var connection = MQTTOptions(host: "127.0.0.1", port: brokers.mosquitto.port)
    connection.clientID = "bridge-under-test"
    var options = BridgeStage.Options(
      connection: connection,
      map: try TopicMap("emergency_generators:.*"),
      properties: ["bootstrap.servers": brokers.kafka.bootstrapServers, "fetch.wait.max.ms": "10"]
    )
    options.sources = try Self.sources()
    options.filters = options.sources.flatMap(\.filters)
    return BridgeStage(options)
  }

  /// Runs a bridge, which has subscribed when the body begins.
  private func withBridge(
    _ brokers: LocalBrokers,
    _ body: (Sender, BridgeStage) throws -> Void
  )
    throws
  {
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    let watch = try Watch(port: brokers.mosquitto.port, "egpipe/bridge/status")
    try #require(try watch.hears("online"))
    // Behind the subscription, since that was asked for before.
    try body(try Sender(port: brokers.mosquitto.port), stage)
    #expect(runner.stop())
  }

  private func merged(_ records: [Record]) -> [Record] {
    records.filter { $0.headers["egpipe.source"] == "merged" }
  }

  @Test func putsTogetherWhatHasATopicForEachValueAndLeavesTheRestAsItIs() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 2)])
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
    try withBridge(brokers) { sender, stage in
      let before = wallNanoseconds() / 1_000_000
      try sender.send("Online", to: "generators/depot/generator/client_status", retain: true)
      try sender.send("61 %", to: Self.fuelTopic, qos: 0)
      try sender.send("27.10 V", to: Self.batteryTopic, qos: 0)
      let flat = #"{"oilVal": 63, "acPower": 840}"#
      try sender.send(flat, to: "gensets/ef-31/state")
      try sender.send("not JSON", to: "gensets/ef-31/state")
      #expect(
        reader.read { records in
          merged(records).contains { $0.value?.contains("batteryVoltage") == true }
            && records.count >= 3
        }
      )
      let sample = try #require(merged(reader.records).last)
      #expect(sample.key == "depot")
      #expect(
        sample.value
          == #"{"generatorID":"depot","region":"north","fuel":61,"batteryVoltage":27.1,"#
          + #""tank":100,"refuelMark":50}"#
      )
      #expect(sample.headers["mqtt.retained"] == "false")
      #expect(sample.headers["egpipe.sends"] == "changes")
      #expect(sample.milliseconds >= before)
      let others = reader.records.filter { $0.headers["egpipe.source"] == nil }
      #expect(others.map(\.value) == [flat, "not JSON"])
      #expect(others.map(\.key) == ["gensets/ef-31/state", "gensets/ef-31/state"])
      #expect(figure("merged", of: stage) == 2)
    }
  }

  @Test(arguments: [0, 1])
  func writesAtMostOneSampleASecondAndLosesNoLastValue(qos: Int) throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 1)])
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
    try withBridge(brokers) { sender, _ in
      let begin = monotonicNanoseconds()
      for value in 1...30 {
        try sender.send("\(value) %", to: Self.fuelTopic, qos: qos)
        // Ten a second.
        _ = holds { monotonicNanoseconds() >= begin + Int64(value) * 100_000_000 }
      }
      #expect(
        reader.read { merged($0).last?.value?.contains("\"fuel\":30,") == true }
      )
      let seconds = Double(monotonicNanoseconds() - begin) / 1e9
      #expect(Double(merged(reader.records).count) <= seconds + 1)
    }
  }

  @Test func oneThatStartsAnewKnowsWhatTheOneBeforeKnew() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 2)])
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
    try withBridge(brokers) { sender, _ in
      try sender.send("61 %", to: Self.fuelTopic)
      #expect(reader.read { !merged($0).isEmpty })
    }
    try withBridge(brokers) { sender, _ in
      try sender.send("26.9 V", to: Self.batteryTopic)
      #expect(reader.read { merged($0).count >= 2 })
      let last = try #require(merged(reader.records).last?.value)
      #expect(last.contains("\"fuel\":61,") && last.contains("\"batteryVoltage\":26.9"))
    }
  }

  /// The broker's store again and again is no news.
  @Test func whatIsKnownAndKeptIsWrittenOnce() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 1)])
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
    try Sender(port: brokers.mosquitto.port).send("61 %", to: Self.fuelTopic, retain: true)
    for _ in 1...3 {
      try withBridge(brokers) { sender, stage in
        try sender.send("26.9 V", to: Self.batteryTopic)
        #expect(holds { figure("merged", of: stage) ?? 0 >= 2 })
      }
    }
    #expect(reader.read { merged($0).contains { $0.value?.contains("26.9") == true } })
    let values = merged(reader.records).compactMap(\.value)
    #expect(values.allSatisfy { $0.contains("\"fuel\":61,") })
  }

  @Test func theSinkReadsWhatPassedAndWhatWasPutTogether() throws {
    let kafka = try RawKafka()
    try withFolder { folder in
      let bucket = try openBucket(folder, "kafka")
      var options = SinkStage.Options(properties: kafka.properties, bucket: bucket.options)
      options.sources = try Self.sources()
      options.timeField = "Time"
      let stage = SinkStage(options)
      let runner = try StageRunner(stage)
      let now = wallNanoseconds() / 1_000_000
      try kafka.send(
        [#"{"oilVal": 63}"#, #"{"other": 1}"#],
        key: "gensets/ef-31/state",
        milliseconds: now
      )
      try kafka.send(
        [#"{"generatorID":"depot","region":"north","fuel":61,"tank":100,"refuelMark":50}"#],
        key: "depot",
        milliseconds: now,
        headers: [.init("egpipe.source", Array("merged".utf8))]
      )
      #expect(holds { figure("read", of: stage) == 3 && figure("written", of: stage) == 2 })
      #expect(holds { figure("dead letters", of: stage) == 1 })
      #expect(runner.stop())
      #expect(
        Set(try bucket.summary()) == ["ef-31@\(now)000000 63", "depot/north@\(now)000000 61"]
      )
      let points = try bucket.allPoints()
      #expect(points.allSatisfy { $0.fields[.tank]?.value == 100 })
    }
  }
}
