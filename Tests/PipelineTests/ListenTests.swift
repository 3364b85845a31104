import Kafka
import System
import TestSupport
import Testing

@testable import LocalBrokers
@testable import MQTT
@testable import Pipeline

/// The broker that a bridge starts itself.
@Suite(.timeLimit(.minutes(20)))
struct ListenTests {
  private static let topic = "emergency_generators"

  private func stage(
    _ kafka: LocalKafkaCluster,
    port: Int,
    data: String?,
    rules: String = TopicMap.standardText,
  ) throws -> BridgeStage {
    var listener = MosquittoListener(host: "127.0.0.1", port: port)
    listener.dataDirectory = data
    return BridgeStage(
      .init(
        connection: MQTTOptions(host: "unused", clientID: "proxy"),
        filters: ["#"],
        map: try TopicMap(rules),
        properties: ["bootstrap.servers": kafka.bootstrapServers],
        listener: listener,
      )
    )
  }

  private func kafka() throws -> LocalKafkaCluster {
    let kafka = try LocalKafkaCluster()
    try kafka.createTopic(Self.topic, partitions: 1)
    return kafka
  }

  /// Publishes until the bridge has its session, and brings it into Kafka.
  private func awaitBridge(_ sender: Sender, _ reader: TopicReader) throws {
    try #require(
      try holds(within: 60) {
        try sender.send("ready", to: "emergency_generator/nobody")
        reader.read()
        return !reader.records.isEmpty
      }
    )
  }

  /// A sender, once the broker takes connections.
  private func sender(port: Int) throws -> Sender {
    var sender: Sender?
    try #require(
      holds(within: 60) {
        sender = try? Sender(port: port)
        return sender != nil
      }
    )
    return try #require(sender)
  }

  // MARK: - Death

  @Test func losesNothingToTheDeathOfTheBridgeWhileKafkaIsAway() throws {
    let temporary = try makeTemporaryDirectory(prefix: "egtop-listen")
    defer { removeFlatDirectory(temporary) }
    try withFolder { folder in
      let kafka = try kafka()
      let port = try freeLoopbackPort()
      let output = "\(folder)/output"
      var environment = Environment.current()
      environment.values["TMPDIR"] = temporary
      let start = {
        try ChildProcess.start(
          BuiltPrograms.egpipe,
          [
            "bridge", "--listen", "127.0.0.1:\(port)", "--listen-data", folder, "--kafka",
            kafka.bootstrapServers,
          ],
          environment: environment,
          output: output,
        )
      }
      let first = try start()
      let reader = try TopicReader(kafka.bootstrapServers, [Self.topic])
      try awaitBridge(try sender(port: port), reader)
      kafka.setBroker(1, isUp: false)
      let before = try sender(port: port)
      for number in 0..<500 { try before.send("\(number)", to: "emergency_generator/g1") }
      first.send(.kill)
      #expect(first.wait(timeoutNanoseconds: 10_000_000_000) == .signal(9))
      // At once, while the broker of before may still save.
      let second = try start()
      try #require(
        try holds(within: 60) {
          let said = String(decoding: try readFile(output, limit: 1 << 20), as: UTF8.self)
          return said.matches(of: /message=listening/).count == 2
        }
      )
      let after = try sender(port: port)
      for number in 500..<600 { try after.send("\(number)", to: "emergency_generator/g1") }
      kafka.setBroker(1, isUp: true)
      let all = Set((0..<600).map { "\($0)" })
      let isThere = reader.read(within: 60) { Set($0.compactMap(\.value)).isSuperset(of: all) }
      #expect(isThere, "\(all.subtracting(reader.records.compactMap(\.value)).count) are lost")
      #expect(second.terminate(withinNanoseconds: 15_000_000_000) == .code(0))
      #expect(fileNames(in: temporary) == [])
      let id = try readFile("\(folder)/bridge.id", limit: 100)
      #expect(
        String(decoding: id, as: UTF8.self).wholeMatch(of: /egpipe-bridge-[0-9a-f]{32}/) != nil
      )
    }
  }

  /// Between the start of the broker and the login of the bridge, and though it listens to us elsewhere each time.
  @Test func keepsWhatComesBeforeTheBridgeIsThere() throws {
    try withFolder { folder in
      var listener = MosquittoListener(host: "127.0.0.1", port: try freeLoopbackPort())
      listener.dataDirectory = folder
      for round in 0..<3 {
        let broker = try ListeningBroker(listener, session: "proxy", ownTopics: [])
        if round > 0 { try Sender(port: listener.port).send("\(round)", to: "a") }
        let heard = try subscribe(broker.connection(MQTTOptions(host: "unused")))
        #expect(heard == (round > 0 ? ["\(round)"] : []))
        broker.stop()
      }
    }
  }

  // MARK: - Others

  @Test func barsOthersFromItsOwnTopicAndSession() throws {
    try withFolder { folder in
      let kafka = try kafka()
      let port = try freeLoopbackPort()
      let stage = try stage(kafka, port: port, data: nil, rules: "\(Self.topic):.*")
      let log = try Log(to: .file("\(folder)/log"))
      let runner = try StageRunner(stage, log: log)
      let reader = try TopicReader(kafka.bootstrapServers, [Self.topic])
      try awaitBridge(try sender(port: port), reader)
      // With a name or without, and whatever the id is.
      for (name, id) in [(nil, "proxy"), ("user", "proxy"), (nil, "a+b#c/d")] as [(String?, String)]
      {
        var options = MQTTOptions(host: "127.0.0.1", port: port, clientID: id)
        options.userName = name
        // The broker ends the connection for that.
        try? Sender(options).send("forged", to: "egpipe/bridge/status", retain: true)
        try Sender(options).send("honest \(id)", to: "plant/1")
      }
      let honest = ["honest proxy", "honest proxy", "honest a+b#c/d"]
      #expect(
        reader.read { $0.compactMap(\.value).filter { $0.hasPrefix("honest") } == honest }
      )
      #expect(!reader.records.contains { $0.value == "forged" })
      #expect(figure("connects", of: stage) == 1)
      #expect(runner.stop())
      let said = String(decoding: try readFile("\(folder)/log", limit: 1 << 20), as: UTF8.self)
      let warning = "level=warning message=\"anybody who reaches this address may publish"
      #expect(said.contains(warning), "\(said)")
      #expect(said.contains("address=mqtt://127.0.0.1:\(port)\n"), "\(said)")
    }
  }

  // MARK: - Data of before

  @Test func takesOverTheSessionOfAnEarlierVersion() throws {
    try withFolder { folder in
      do {
        let broker = try LocalMosquitto.start(
          directory: folder,
          saves: true,
          extraConfiguration: """
            allow_anonymous true
            persistence true
            persistence_location \(folder)/
            """,
        )
        let options = MQTTOptions(host: "127.0.0.1", port: broker.port, clientID: "proxy")
        #expect(try subscribe(options) == [])
        let sender = try Sender(port: broker.port)
        for number in 0..<5 { try sender.send("\(number)", to: "emergency_generator/g1") }
        broker.stop()
      }
      let kafka = try kafka()
      for _ in 0..<2 {
        let runner = try StageRunner(
          try stage(kafka, port: try freeLoopbackPort(), data: folder)
        )
        let reader = try TopicReader(kafka.bootstrapServers, [Self.topic])
        #expect(reader.read { $0.compactMap(\.value) == ["0", "1", "2", "3", "4"] })
        #expect(runner.stop())
      }
    }
  }

  /// Connects, subscribes, listens until that is through, and leaves the session behind.
  private func subscribe(_ options: MQTTOptions) throws -> [String] {
    var options = options
    options.isCleanSession = false
    let client = try MQTTClient(options)
    try client.connect()
    var heard: [String] = []
    var isSubscribed = false
    let isDone = try holds {
      for event in try client.poll(
        timeoutNanoseconds: 20_000_000,
        onMessage: { _, payload, _ in heard.append(text(payload)) }
      ) {
        switch event {
        case .connected: try client.subscribe(to: "#", qos: 1)
        case .subscribed: isSubscribed = true
        case .subscriptionRefused: break
        }
      }
      return isSubscribed
    }
    try #require(isDone)
    client.disconnect()
    return heard
  }
}
