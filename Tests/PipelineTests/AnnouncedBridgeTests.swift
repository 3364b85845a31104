import Kafka
import LocalBrokers
import MQTT
import Model
import System
import TestSupport
import Testing

@testable import Pipeline

/// A bridge that follows what devices announce to Home Assistant.
@Suite(.timeLimit(.minutes(20)))
struct AnnouncedBridgeTests {
  private func withBridge(
    _ brokers: LocalBrokers,
    _ body: (Sender, BridgeStage) throws -> Void
  ) throws {
    var connection = MQTTOptions(host: "127.0.0.1", port: brokers.mosquitto.port)
    connection.clientID = "bridge-under-test"
    var options = BridgeStage.Options(
      connection: connection,
      map: try TopicMap("emergency_generators:.*"),
      properties: ["bootstrap.servers": brokers.kafka.bootstrapServers, "fetch.wait.max.ms": "10"]
    )
    var source = Source(name: "homeassistant", id: TextTemplate([]))
    source.homeAssistant = HomeAssistantRule()
    source.sendsChanges = true
    options.sources = [source]
    options.filters = options.sources.flatMap(\.filters)
    let stage = BridgeStage(options)
    let runner = try StageRunner(stage)
    let watch = try Watch(port: brokers.mosquitto.port, "egpipe/bridge/status")
    try #require(try watch.hears("online"))
    try body(try Sender(port: brokers.mosquitto.port), stage)
    #expect(runner.stop())
  }

  private func announce(_ object: String, _ name: String, _ unit: String, by sender: Sender) throws
  {
    let text = """
      {"name": "\(name)", "state_topic": "g4/\(object)", "unit_of_measurement": "\(unit)", "device": {"identifiers": ["g4"]}}
      """
    try sender.send(text, to: "homeassistant/sensor/g4/\(object)/config", retain: true)
  }

  @Test func oneThatStartsAnewKnowsWhatIsAnnouncedBeforeWhatTheBrokerHeldForIt() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 1)])
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
    let setup = try Sender(port: brokers.mosquitto.port)
    try announce("fuel", "Fuel level", "%", by: setup)
    try withBridge(brokers) { sender, stage in
      // Of a generator that is announced before, and of a value that is announced now.
      try sender.send("61", to: "g4/fuel")
      #expect(reader.read { $0.contains { $0.value?.contains("\"fuel\":61,") == true } })
      try sender.send("27.1", to: "g4/battery", retain: true)
      try announce("battery", "Battery voltage", "V", by: sender)
      #expect(reader.read { $0.last?.value?.contains("\"batteryVoltage\":27.1") == true })
      let record = try #require(reader.records.last)
      #expect(record.key == "g4" && record.headers["egpipe.source"] == "merged")
      #expect(record.value?.contains("\"fuel\":61,") == true)
      #expect(figure("foreign", of: stage) == 0)
    }
    // Held by the broker for the session, whose topics a new bridge has to hear of first.
    try setup.send("39", to: "g4/fuel")
    try withBridge(brokers) { _, stage in
      #expect(reader.read { $0.last?.value?.contains("\"fuel\":39,") == true })
      #expect(figure("foreign", of: stage) == 0)
    }
  }

  @Test func topicsThatAreAnnouncedNoMoreAreLeft() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 1)])
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
    let setup = try Sender(port: brokers.mosquitto.port)
    try announce("fuel", "Fuel level", "%", by: setup)
    try withBridge(brokers) { sender, _ in
      try sender.send("61", to: "g4/fuel")
      #expect(reader.read { !$0.isEmpty })
    }
    // While no bridge runs: its session still has the topic.
    try setup.send("", to: "homeassistant/sensor/g4/fuel/config", retain: true)
    try withBridge(brokers) { sender, stage in
      try sender.send("50", to: "g4/fuel")
      #expect(holds { figure("foreign", of: stage) == 1 })
      // It has left the topic by now, since this came later.
      try announce("hours", "Run hours", "h", by: sender)
      try sender.send("1234", to: "g4/hours", retain: true)
      #expect(reader.read { $0.last?.value?.contains("\"runHours\":1234") == true })
      try sender.send("51", to: "g4/fuel")
      try sender.send("1235", to: "g4/hours")
      #expect(reader.read { $0.last?.value?.contains("\"runHours\":1235") == true })
      #expect(figure("foreign", of: stage) == 1)
    }
  }
}
