@testable import Check
import Kafka
import LocalBrokers
import System
import Testing

@testable import egtop

@Suite(.serialized, .timeLimit(.minutes(20))) struct KafkaCheckTests {
  private func send(_ values: [String?], to topic: String, _ cluster: LocalKafkaCluster) throws {
    let producer = try KafkaProducer(["bootstrap.servers": cluster.bootstrapServers])
    for value in values {
      let bytes = value.map { Array($0.utf8) }
      try producer.send(to: topic, key: nil, value: bytes, partition: 0)
    }
    try producer.flush(milliseconds: 20_000)
    try #require(producer.delivered == values.count)
  }

  private func check(_ cluster: LocalKafkaCluster, _ words: [String] = []) throws -> CheckRun {
    try CheckRun(["--kafka", cluster.bootstrapServers] + words)
  }

  @Test func tellsEveryStepOfAGoodConnection() throws {
    let cluster = try LocalKafkaCluster(brokers: 2)
    try cluster.createTopic("EGdown", partitions: 3)
    try cluster.createTopic("emergency_generators", partitions: 2)
    let record =
      #"{"measurement":"genData","tags":{"generatorID":"g1","region":"US"},"#
      + #""time":"2026-01-10T13:48:37Z","alarm":"refuel","fuel":-2.5}"#
    try send([#"{"fuel":1}"#, record, nil], to: "EGdown", cluster)
    let found = try check(cluster)
    #expect(found.code == 0, "\(found.lines)")
    #expect(found.all("TCP").count == 2)
    #expect(found["security"] == "ok security no TLS, no login")
    #expect(found["brokers"]?.hasSuffix("2 brokers") == true)
    #expect(found["listeners"]?.hasPrefix("ok listeners reached ") == true)
    #expect(found["topics"] == "ok topics EGdown, 3 partitions")
    let parts = ["newest: g1, region US, alarm refuel, fuel -2.5, written less than 1 s ago,"]
    for part in parts + ["sampled ", "JSON with tags"] {
      #expect(found["record"]?.contains(part) == true, "\(found["record"] ?? "")")
    }
    #expect(found["raw topic"] == "ok raw topic emergency_generators, 2 partitions")
    #expect(found["sink group"]?.hasPrefix("-- sink group not configured") == true)
    #expect(found.lines.contains { $0.contains("last wills cannot be seen") })
  }

  @Test func namesAPropertyThatTheLibraryRefuses() throws {
    let found = try CheckRun(["--kafka", "127.0.0.1:1", "-X", "no.such=1"])
    #expect(found.code == 3)
    #expect(found["properties"]?.contains("-X: Kafka property no.such") == true, "\(found.lines)")
    #expect(found.all("TCP").isEmpty)
  }

  @Test func namesTheTopicsThatAreThere() throws {
    let cluster = try LocalKafkaCluster()
    try cluster.createTopic("orders")
    try cluster.createTopic("billing")
    let found = try check(cluster)
    #expect(found.code == 3)
    let text = "FAILED topics no topic begins with EG; there are: billing, orders;"
    #expect(found["topics"]?.hasPrefix(text) == true)
    #expect(found["record"] == "-- record not tried")
    let raw = "FAILED raw topic no topic emergency_generators; there are: billing, orders;"
    #expect(found["raw topic"]?.hasPrefix(raw) == true)
    let none = try check(try LocalKafkaCluster())
    #expect(none["topics"]?.contains("there are none at all") == true)
  }

  @Test(arguments: [
    ([], "FAILED record the topics are empty; are the task and the source running?"),
    (
      ["nonsense", "[]", nil],
      "FAILED record 3 records, none of a generator; do these topics hold enriched records?"
    ),
    (
      ["\0\0\0\0\u{7}\u{2}x"],
      "FAILED record a record of EGa is unreadable: Avro or Protobuf (schema id 7), not JSON: "
        + "set the connector's output format to JSON; egtop reads enriched records in JSON"
    ),
  ])
  func saysWhatIsWrongWithTheRecords(_ values: [String?], _ text: String) throws {
    let cluster = try LocalKafkaCluster()
    try cluster.createTopic("EGa")
    if !values.isEmpty { try send(values, to: "EGa", cluster) }
    #expect(try check(cluster)["record"] == text)
  }

  @Test func tellsTheSinksCommits() throws {
    let cluster = try LocalKafkaCluster()
    try cluster.createTopic("emergency_generators")
    try send(["{}", "{}"], to: "emergency_generators", cluster)
    let never = try check(cluster, ["--sink-group", "sink"])
    let text = "FAILED sink group sink has never committed on emergency_generators;"
    #expect(never["sink group"]?.hasPrefix(text) == true, "\(never.lines)")
    let missing = try check(cluster, ["--sink-group", "sink", "--raw-topic", "elsewhere"])
    #expect(missing["sink group"]?.hasPrefix("FAILED sink group no topic elsewhere") == true)
  }

  @Test func saysThatTheBrokersDoNotSpeakTLS() throws {
    let cluster = try LocalKafkaCluster()
    let found = try check(cluster, ["-X", "security.protocol=ssl"])
    #expect(found.code == 3)
    #expect(found["security"]?.hasPrefix("FAILED security ") == true)
    #expect(found["brokers"] == "-- brokers not tried")
  }

  @Test func saysThatItIsNotKafkaThatListens() throws {
    try withMosquitto { broker in
      let found = try CheckRun(["--kafka", "127.0.0.1:\(broker.port)"])
      #expect(found.code == 3)
      let text = "FAILED security the broker hung up at the first request;"
      #expect(found["security"]?.hasPrefix(text) == true)
    }
  }

  @Test func triesEveryBrokerThatIsNamed() throws {
    let cluster = try LocalKafkaCluster()
    try cluster.createTopic("EGa")
    let closed = try freeLoopbackPort()
    let servers = "127.0.0.1:\(closed),\(cluster.bootstrapServers)"
    let found = try CheckRun(["--kafka", servers])
    #expect(found.all("TCP").map { $0.hasPrefix("ok") } == [false, true])
    #expect(found["topics"] == "ok topics EGa, 1 partition")
    let none = try CheckRun(["--kafka", "127.0.0.1:\(closed)"])
    #expect(none["brokers"] == "-- brokers not tried")
  }

  @Test(arguments: [
    (#"{"tags":{"a":"b"},"fuel":1}"#, RecordShape.nestedTags), (#"{"fuel":1}"#, .flat),
    (#"{"schema":{},"payload":{"fuel":1}}"#, .withSchema),
    ("\0\0\0\0\u{1}{\"fuel\":1}", .behindSchemaID(.flat)), ("", .flat),
  ])
  func knowsTheShapeOfARecord(_ text: String, _ shape: RecordShape) {
    let bytes = Array(text.utf8)
    #expect(RecordShape(bytes.span) == shape)
  }
}
