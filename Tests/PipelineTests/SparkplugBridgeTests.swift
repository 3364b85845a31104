import Kafka
import LocalBrokers
import MQTT
import Model
import System
import TestSupport
import Testing

@testable import Pipeline

/// A bridge between nodes of Sparkplug B and Kafka.
@Suite(.timeLimit(.minutes(20)))
struct SparkplugBridgeTests {
  private func options(_ brokers: LocalBrokers, asks: Bool) throws -> BridgeStage.Options {
    var source = Source(name: "sparkplug", id: try TextTemplate("{4}-{5}"))
    source.sparkplug = SparkplugRule()
    source.sparkplug?.asksForBirths = asks
    source.topics = SparkplugRule().filters
    source.sendsChanges = true
    source.metrics = [(Metric.fuel, "Fuel Level"), (.batteryVoltage, "Battery")].map {
      var place = ValuePlace()
      place.name = $1
      return MetricSource($0, [place])
    }
    var connection = MQTTOptions(host: "127.0.0.1", port: brokers.mosquitto.port)
    connection.clientID = "bridge-under-test"
    var options = BridgeStage.Options(
      connection: connection,
      map: try TopicMap("emergency_generators:.*"),
      properties: ["bootstrap.servers": brokers.kafka.bootstrapServers, "fetch.wait.max.ms": "10"]
    )
    options.sources = [source]
    options.filters = source.filters
    return options
  }

  /// Runs a bridge, which has subscribed when the body begins; gives what it logged.
  @discardableResult
  private func withBridge(
    _ brokers: LocalBrokers,
    asks: Bool,
    _ body: (Sender) throws -> Void
  ) throws -> String {
    var log = ""
    try withFolder { folder in
      let path = "\(folder)/bridge.log"
      let stage = BridgeStage(try options(brokers, asks: asks))
      let runner = try StageRunner(stage, log: try Log(to: .file(path)))
      let watch = try Watch(port: brokers.mosquitto.port, "egpipe/bridge/status")
      try #require(try watch.hears("online"))
      try body(try Sender(port: brokers.mosquitto.port))
      #expect(runner.stop())
      log = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
    }
    return log
  }

  private func merged(_ records: [Record]) -> [Record] {
    records.filter { $0.headers["egpipe.source"] == "merged" }
  }

  private func send(_ sender: Sender, _ end: String, _ text: String) throws {
    try sender.send(SparkplugPayload.bytes(text), to: "spBv1.0/plant/\(end)", qos: 0)
  }

  @Test func whatWasKnownStaysAndANodeIsAskedForItsBirthIfThatIsAllowed() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 2)])
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
    let commands = try Watch(port: brokers.mosquitto.port, "spBv1.0/+/NCMD/+")
    let born = wallNanoseconds() / 1_000_000 - 60_000
    try withBridge(brokers, asks: false) { sender in
      try send(sender, "NBIRTH/gw7", "seq 0; bdSeq Int64 = 1")
      try send(
        sender,
        "DBIRTH/gw7/g1",
        "seq 1; at \(born); Fuel Level #1 Int16 = 61; Battery #2 Float = 27.1"
      )
      #expect(reader.read { !merged($0).isEmpty })
      let sample = try #require(merged(reader.records).last)
      #expect(sample.key == "gw7-g1" && sample.milliseconds == born)
      #expect(sample.value == #"{"generatorID":"gw7-g1","fuel":61,"batteryVoltage":27.1}"#)
    }
    // One that starts anew does not know what 2 stands for, and says so.
    let silent = try withBridge(brokers, asks: false) { sender in
      try send(sender, "DDATA/gw7/g1", "seq 2; #2 = 23.5")
      try send(sender, "DDATA/gw8/g1", "seq 2; Battery Float = 1.5")
      #expect(reader.read { merged($0).contains { $0.key == "gw8-g1" } })
    }
    #expect(silent.contains("waits for a birth"))
    #expect(silent.contains("device g1 of node gw7") && !silent.contains("gw8"))
    #expect(!commands.hasHeard)

    try withBridge(brokers, asks: true) { sender in
      try send(sender, "DDATA/gw7/g1", "seq 3; #2 = 23.6")
      #expect(try commands.hears { $0.contains("Node Control/Rebirth") })
      // The node has no fuel level now; what was known of it stays.
      try send(sender, "NBIRTH/gw7", "seq 0; bdSeq Int64 = 1")
      try send(sender, "DBIRTH/gw7/g1", "seq 1; Battery #2 Float = 23.8")
      #expect(reader.read { merged($0).last?.value?.contains("23.8") == true })
      let sample = try #require(merged(reader.records).last)
      #expect(sample.value == #"{"generatorID":"gw7-g1","fuel":61,"batteryVoltage":23.8}"#)
    }
    // Nothing of it goes through as it came.
    #expect(reader.records.allSatisfy { $0.headers["egpipe.source"] == "merged" })
  }
}
