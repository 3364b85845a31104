import Kafka
import LocalBrokers
import System
import TestSupport
import Testing

@testable import MQTT
@testable import Pipeline

/// What a bridge makes of the session that the broker keeps for it.
@Suite(.timeLimit(.minutes(20)))
struct BridgeSessionTests {
  private func bridge(
    _ brokers: LocalBrokers,
    _ filters: [String],
    client: String = "bridge-under-test",
    version: MQTTOptions.Version = .v3_1_1,
  ) throws -> BridgeStage {
    let connection = MQTTOptions(
      host: "127.0.0.1",
      port: brokers.mosquitto.port,
      version: version,
      clientID: client,
    )
    var options = BridgeStage.Options(
      connection: connection,
      map: try TopicMap("samples:.*"),
      properties: ["bootstrap.servers": brokers.kafka.bootstrapServers],
    )
    options.filters = filters
    options.presenceTopic = nil
    return BridgeStage(options)
  }

  /// Leaves a session behind in which the broker keeps what comes by a filter.
  private func leaveSession(_ client: String, _ filter: String, port: Int) throws {
    var options = MQTTOptions(host: "127.0.0.1", port: port, clientID: client)
    options.isCleanSession = false
    let client = try MQTTClient(options)
    try client.connect()
    var isSubscribed = false
    try #require(
      try holds {
        for event in try client.poll(timeoutNanoseconds: 20_000_000, onMessage: { _, _, _ in }) {
          if case .connected = event { try client.subscribe(to: filter, qos: 1) }
          if case .subscribed = event { isSubscribed = true }
        }
        return isSubscribed
      }
    )
    client.disconnect()
  }

  @Test func bridgesOfDifferentFiltersHaveDifferentSessions() {
    let standard = BridgeIdentity(filters: ["emergency_generator/#"])
    #expect(standard.clientID == "egpipe-bridge")
    #expect(standard.presenceTopic == "egpipe/bridge/status")
    let (a, b) = (BridgeIdentity(filters: ["plantA/+"]), BridgeIdentity(filters: ["plantB/+"]))
    #expect(Set([standard.clientID, a.clientID, b.clientID]).count == 3)
    #expect(Set([standard.presenceTopic, a.presenceTopic, b.presenceTopic]).count == 3)
    // These must stay what they are: the broker has the sessions.
    #expect(a.clientID == "egpipe-bridge-974684d1")
    #expect(a.presenceTopic == "egpipe/bridge/974684d1/status")
    #expect(BridgeIdentity(filters: ["a", "b"]) == BridgeIdentity(filters: ["b", "a", "a"]))
  }

  @Test func keepsWhatTheSessionWasSubscribedToBefore() throws {
    let brokers = try LocalBrokers(topics: [("samples", 1)])
    try leaveSession("bridge-under-test", "old/+", port: brokers.mosquitto.port)
    let sender = try Sender(port: brokers.mosquitto.port)
    try sender.send("1", to: "old/g1")
    let stage = try bridge(brokers, ["new/+"])
    let runner = try StageRunner(stage)
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["dlq-bridge-under-test"])
    #expect(reader.read { $0.count == 1 })
    let letter = try #require(reader.records.first)
    #expect(letter.key == "old/g1")
    #expect(letter.value == "1")
    #expect(letter.headers["egpipe.reason"] == "it came by none of the bridge's filters")
    #expect(figure("foreign", of: stage) == 1)
    #expect(runner.stop())
    // It was acknowledged, and does not come again.
    let again = try bridge(brokers, ["new/+"])
    let second = try StageRunner(again)
    #expect(
      try holds {
        try sender.send("2", to: "new/g1")
        return (figure("delivered", of: again) ?? 0) > 0
      }
    )
    #expect(figure("foreign", of: again) == 0)
    #expect(second.stop())
  }

  @Test func saysThatAnotherClientMayUseItsName() throws {
    try withFolder { folder in
      let brokers = try LocalBrokers(topics: [("samples", 1)])
      let path = "\(folder)/log"
      let log = try Log(to: .file(path), level: .info)
      let runner = try StageRunner(
        try bridge(brokers, ["a/+"]),
        try bridge(brokers, ["b/+"]),
        log: log
      )
      #expect(
        try holds(within: 60) {
          let text = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
          return text.contains("another client may use this id")
            && text.contains("bridge-under-test")
        }
      )
      #expect(runner.stop())
    }
  }

  /// By MQTT 5 a session ends with its connection unless the login says otherwise, and a subscription that is there need not
  /// bring again what is retained.
  @Test func keepsItsSessionByMQTT5AndGetsWhatIsRetainedOnce() throws {
    let brokers = try LocalBrokers(topics: [("samples", 1)])
    let sender = try Sender(port: brokers.mosquitto.port)
    try sender.send("retained", to: "new/g1", retain: true)
    let stage = try bridge(brokers, ["new/+"], version: .v5)
    let runner = try StageRunner(stage)
    #expect(holds { figure("delivered", of: stage) == 1 })
    #expect(runner.stop())
    try sender.send("while away", to: "new/g2")
    let again = try bridge(brokers, ["new/+"], version: .v5)
    let second = try StageRunner(again)
    #expect(holds { figure("delivered", of: again) == 1 })
    try sender.send("last", to: "new/g2")
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["samples"])
    #expect(reader.read { $0.last?.value == "last" })
    #expect(reader.records.compactMap(\.value) == ["retained", "while away", "last"])
    #expect(second.stop())
  }

  @Test func tellsOfMessagesThatNoRuleWants() throws {
    try withFolder { folder in
      let brokers = try LocalBrokers(topics: [("samples", 1)])
      let path = "\(folder)/log"
      let log = try Log(to: .file(path), level: .info)
      var options = BridgeStage.Options(
        connection: MQTTOptions(host: "127.0.0.1", port: brokers.mosquitto.port),
        map: try TopicMap("samples:a/.*"),
        properties: ["bootstrap.servers": brokers.kafka.bootstrapServers],
      )
      options.filters = ["#"]
      options.presenceTopic = nil
      let stage = BridgeStage(options)
      let runner = try StageRunner(stage, log: log)
      let sender = try Sender(port: brokers.mosquitto.port)
      // Where generators tell of their presence no rule is to want it.
      try sender.send("online", to: "emergency_generator/g1/status", retain: true)
      #expect(
        try holds {
          try sender.send("1", to: "b/g1")
          return (figure("unmatched", of: stage) ?? 0) > 3
        }
      )
      #expect(runner.stop())
      let text = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
      #expect(text.split(separator: "no rule wants these messages").count == 2)
      #expect(text.contains("topic=b/g1"))
      #expect(!text.contains("topic=emergency_generator"))
    }
  }
}
