import Kafka
import System
import TestSupport
import Testing

@testable import LocalBrokers
@testable import MQTT
@testable import Pipeline

@Suite(.timeLimit(.minutes(20)))
struct BridgeTests {
  private static let rules = "emergency_generators:emergency_generator/[^/]+, other:o/.*"

  private func bridge(
    _ brokers: LocalBrokers,
    keepAliveSeconds: Int = 60,
    listener: MosquittoListener? = nil,
  ) throws -> BridgeStage {
    BridgeStage(
      .init(
        connection: MQTTOptions(
          host: "127.0.0.1",
          port: brokers.mosquitto.port,
          keepAliveSeconds: keepAliveSeconds,
          clientID: "bridge-under-test",
        ),
        filters: ["#"],
        map: try TopicMap(Self.rules),
        properties: ["bootstrap.servers": brokers.kafka.bootstrapServers],
        listener: listener,
      )
    )
  }

  private func awaitConnection(_ stage: BridgeStage, count: Int = 1) throws {
    try #require(holds { (figure("connects", of: stage) ?? 0) >= count })
  }

  private func reader(_ brokers: LocalBrokers, _ topics: [String]) throws -> TopicReader {
    try TopicReader(brokers.kafka.bootstrapServers, topics)
  }

  /// A bridge in a session of its own gets what is published once it has subscribed; its own `online` says so.
  private func awaitSubscription(_ stage: BridgeStage) throws {
    try #require(holds { (figure("unmatched", of: stage) ?? 0) >= 1 })
  }

  @Test func carriesTopicPayloadAndWhatCameWithIt() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 4), ("other", 1)])
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    try awaitSubscription(stage)
    let before = wallNanoseconds() / 1_000_000
    let sender = try Sender(port: brokers.mosquitto.port)
    let bytes: [UInt8] = [0, 255, 10, 13, 0x1B]
    try sender.send(bytes, to: "emergency_generator/generator1", qos: 0)
    try sender.send("{\"fuel\": 1}", to: "emergency_generator/generator2", qos: 1)
    try sender.send("", to: "o/x/y", qos: 2, retain: true)
    try sender.send("online", to: "emergency_generator/generator1/status", qos: 1)
    let reader = try reader(brokers, ["emergency_generators", "other"])
    #expect(reader.read { $0.count >= 3 })
    let after = wallNanoseconds() / 1_000_000
    let records = reader.records.sorted { $0.key ?? "" < $1.key ?? "" }
    try #require(records.count == 3)
    #expect(
      records.map(\.key) == [
        "emergency_generator/generator1", "emergency_generator/generator2", "o/x/y",
      ]
    )
    #expect(records[0].value == String(decoding: bytes, as: UTF8.self))
    #expect(records[1].value == "{\"fuel\": 1}")
    #expect(records[2].value == "")
    #expect(records.map(\.topic) == ["emergency_generators", "emergency_generators", "other"])
    // A message of QoS 2 comes to us by QoS 1: see BridgeStage.Options.qos.
    #expect(records.map { $0.headers["mqtt.qos"] } == ["0", "1", "1"])
    #expect(records.map { $0.headers["mqtt.retained"] } == ["false", "false", "false"])
    for record in records {
      #expect((before...after).contains(record.milliseconds))
      #expect(record.headers["mqtt.received"] == "\(record.milliseconds)")
    }
    #expect(holds { figure("delivered", of: stage) == 3 })
    // Its own presence and the generator's.
    #expect(holds { figure("unmatched", of: stage) == 2 })
    #expect(runner.stop())
    #expect(runner.restartCount == 0)
  }

  @Test func marksWhatWasRetainedBefore() throws {
    let brokers = try LocalBrokers(topics: [("other", 1)])
    try Sender(port: brokers.mosquitto.port).send("old", to: "o/1", retain: true)
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    let reader = try reader(brokers, ["other"])
    #expect(reader.read { $0.count == 1 })
    #expect(reader.records.first?.headers["mqtt.retained"] == "true")
    runner.stop()
  }

  @Test func putsRecordsWhereJavasClientsWould() throws {
    let brokers = try LocalBrokers(topics: [("other", 4)])
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    try awaitSubscription(stage)
    let sender = try Sender(port: brokers.mosquitto.port)
    for number in 0..<8 { try sender.send("x", to: "o/\(number)") }
    let reader = try reader(brokers, ["other"])
    #expect(reader.read { $0.count == 8 })
    // Worked out with Kafka's own murmur2: (murmur2(key) & 0x7fffffff) % 4.
    for record in reader.records {
      let key = Array((record.key ?? "").utf8)
      #expect(Int(record.partition) == (murmur2(key) & 0x7FFF_FFFF) % 4)
    }
    runner.stop()
  }

  @Test func acknowledgesNothingWhileKafkaIsAway() throws {
    let brokers = try LocalBrokers(topics: [("other", 2)])
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    try awaitSubscription(stage)
    let sender = try Sender(port: brokers.mosquitto.port)
    try sender.send("0", to: "o/1")
    #expect(holds { figure("delivered", of: stage) == 1 })
    brokers.kafka.setBroker(1, isUp: false)
    for number in 1...300 { try sender.send("\(number)", to: "o/\(number % 3)") }
    // The broker has more than it may have under way to us at once (20): it holds the rest.
    #expect(holds { (figure("received", of: stage) ?? 0) > 2 })
    #expect((figure("received", of: stage) ?? 0) <= 1 + 1 + 20)
    #expect(figure("delivered", of: stage) == 1)
    brokers.kafka.setBroker(1, isUp: true)
    let reader = try reader(brokers, ["other"])
    #expect(reader.read(within: 60) { $0.count >= 301 })
    #expect(Set(reader.records.compactMap(\.value)) == Set((0...300).map { "\($0)" }))
    for generator in 0..<3 {
      let numbers = reader.records.filter { $0.key == "o/\(generator)" }
        .compactMap { $0.value.flatMap { Int($0) } }
      #expect(numbers == numbers.sorted())
    }
    #expect(runner.stop())
  }

  @Test func leavesABrokerThatItMayNotAnswerAndComesBack() throws {
    let brokers = try LocalBrokers(topics: [("other", 1)])
    // With the shortest keep-alive the broker would end the connection after 7.5 s without a word from us.
    let stage = try bridge(brokers, keepAliveSeconds: 5)
    let runner = try StageRunner(stage)
    try awaitSubscription(stage)
    let sender = try Sender(port: brokers.mosquitto.port)
    brokers.kafka.setBroker(1, isUp: false)
    for number in 0..<30 { try sender.send("\(number)", to: "o/1") }
    // It has left when the broker publishes its will.
    let watch = try Watch(port: brokers.mosquitto.port, "egpipe/bridge/status")
    #expect(try watch.hears("offline"))
    #expect(figure("connects", of: stage) == 1)
    brokers.kafka.setBroker(1, isUp: true)
    let reader = try reader(brokers, ["other"])
    #expect(
      reader.read(within: 60) { Set($0.compactMap(\.value)) == Set((0..<30).map { "\($0)" }) }
    )
    #expect(try watch.hears("online"))
    #expect(runner.stop())
    #expect(try watch.hears("disconnected"))
  }

  @Test func connectsAgainToABrokerThatWasRestarted() throws {
    let brokers = try LocalBrokers(topics: [("other", 1)])
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    try awaitSubscription(stage)
    brokers.mosquitto.kill()
    try brokers.mosquitto.restart()
    try awaitConnection(stage, count: 2)
    let sender = try Sender(port: brokers.mosquitto.port)
    #expect(
      try holds {
        try sender.send("back", to: "o/1")
        return (figure("delivered", of: stage) ?? 0) > 0
      }
    )
    #expect(runner.stop())
    #expect(runner.restartCount == 0)
  }

  @Test func countsWhatKafkaTakesFromNobody() throws {
    let brokers = try LocalBrokers(topics: [("other", 1)])
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    try awaitSubscription(stage)
    let sender = try Sender(port: brokers.mosquitto.port)
    try sender.send([UInt8](repeating: 65, count: 2_000_000), to: "o/1")
    try sender.send("small", to: "o/1")
    #expect(holds { figure("delivered", of: stage) == 2 })
    #expect(figure("refused", of: stage) == 1)
    #expect(figure("dead letters", of: stage) == 1)
    // As much of it as there is room for.
    let letters = try reader(brokers, ["dlq-bridge-under-test"])
    #expect(letters.read { $0.count == 1 })
    let letter = try #require(letters.records.first)
    #expect(letter.key == "o/1")
    #expect(letter.value == String(repeating: "A", count: 500_000))
    #expect(letter.headers["egpipe.size"] == "2000000")
    #expect(letter.headers["egpipe.reason"] == "larger than Kafka takes")
    #expect(runner.stop())
  }

  @Test func listensWithACertificate() throws {
    try withFolder { folder in
      let tool = try #require(Environment.current().executable("openssl"))
      let (certificate, key) = ("\(folder)/server.crt", "\(folder)/server.key")
      let making = try ChildProcess.start(
        tool,
        [
          "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
          "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ],
      )
      try #require(making.wait(timeoutNanoseconds: 30_000_000_000) == .code(0))
      let kafka = try LocalKafkaCluster()
      try kafka.createTopic("emergency_generators", partitions: 1)
      let port = try freeLoopbackPort()
      let stage = BridgeStage(
        .init(
          connection: MQTTOptions(host: "unused", clientID: "proxy"),
          map: try TopicMap(TopicMap.standardText),
          properties: ["bootstrap.servers": kafka.bootstrapServers],
          listener: MosquittoListener(
            host: "127.0.0.1",
            port: port,
            certificateFile: certificate,
            keyFile: key,
          ),
        )
      )
      let runner = try StageRunner(stage)
      try awaitConnection(stage)
      // In the clear there is no way in.
      #expect(throws: MQTTError.self) { try Sender(port: port) }
      let sender = try Sender(
        MQTTOptions(host: "127.0.0.1", port: port, tls: .init(caFile: certificate))
      )
      #expect(
        try holds {
          try sender.send("{}", to: "emergency_generator/generator1")
          return (figure("delivered", of: stage) ?? 0) > 0
        }
      )
      #expect(runner.stop())
    }
  }

  @Test func isTheOneProcessThatGeneratorsConnectTo() throws {
    try withFolder { folder in
      let kafka = try LocalKafkaCluster()
      try kafka.createTopic("emergency_generators", partitions: 1)
      let users = "\(folder)/users"
      try writeFileAtomically(users, Array("gen:s3cret\n".utf8), mode: 0o600)
      let tool = try #require(Environment.current().executable("mosquitto_passwd"))
      let hashing = try ChildProcess.start(tool, ["-U", users])
      try #require(hashing.wait(timeoutNanoseconds: 10_000_000_000) == .code(0))
      let port = try freeLoopbackPort()
      let stage = BridgeStage(
        .init(
          connection: MQTTOptions(host: "unused", clientID: "proxy"),
          map: try TopicMap(TopicMap.standardText),
          properties: ["bootstrap.servers": kafka.bootstrapServers],
          listener: MosquittoListener(
            host: "127.0.0.1",
            port: port,
            passwordFile: users,
            dataDirectory: folder,
          ),
        )
      )
      let runner = try StageRunner(stage)
      try awaitConnection(stage)
      #expect(throws: MQTTError.self) { try Sender(port: port) }
      var options = MQTTOptions(host: "127.0.0.1", port: port)
      options.userName = "gen"
      options.password = Secret(Array("s3cret".utf8))
      let sender = try Sender(options)
      #expect(
        try holds {
          try sender.send("{}", to: "emergency_generator/generator1")
          return (figure("delivered", of: stage) ?? 0) > 0
        }
      )
      #expect(runner.stop())
      #expect(throws: MQTTError.self) { try Sender(options) }
    }
  }
}

/// Kafka's hash of a key, from its protocol's documentation of the default partitioner.
private func murmur2(_ bytes: [UInt8]) -> Int {
  let multiplier: UInt32 = 0x5BD1_E995
  var hash: UInt32 = 0x9747_B28C ^ UInt32(bytes.count)
  var index = 0
  while index + 4 <= bytes.count {
    var word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << UInt32(8 * $1) }
    word = word &* multiplier
    word ^= word >> 24
    hash = (hash &* multiplier) ^ (word &* multiplier)
    index += 4
  }
  let rest = bytes[index...]
  if rest.count >= 3 { hash ^= UInt32(bytes[index + 2]) << 16 }
  if rest.count >= 2 { hash ^= UInt32(bytes[index + 1]) << 8 }
  if rest.count >= 1 { hash = (hash ^ UInt32(bytes[index])) &* multiplier }
  hash ^= hash >> 13
  hash = hash &* multiplier
  return Int(hash ^ (hash >> 15))
}
