import Kafka
import Testing

/// Members of a consumer group.
@Suite(.timeLimit(.minutes(20)))
struct KafkaConsumerTests {
  private func consumer(
    _ broker: TestBroker,
    _ topics: [String],
    adding properties: [String: String] = [:],
  ) throws -> KafkaConsumer {
    let all = broker.properties.merging(["session.timeout.ms": "6000"]) { $1 }
    return try KafkaConsumer(
      all.merging(properties) { $1 },
      group: broker.prefix + "group",
      topics: topics.map { broker.prefix + $0 },
    )
  }

  /// Reads until there are this many values, or fails after 30 s.
  private func read(_ consumer: KafkaConsumer, count: Int, limit: Int = 100) throws -> [String] {
    var values: [String] = []
    let deadline = ContinuousClock.now + .seconds(30)
    while values.count < count {
      try #require(ContinuousClock.now < deadline, "\(values.count) values")
      let some = min(limit, count - values.count)
      _ = consumer.read(limit: some, milliseconds: 100) { message, _ in
        values.append(message.withKeyAndValue { String(decoding: $1.copy, as: UTF8.self) })
      }
    }
    return values
  }

  @Test(arguments: BrokerKind.available)
  func beginsAtTheBeginningAndGoesOnBehindItsCommit(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("raw")
    try broker.send((0..<10).map { "\($0)" }, to: "raw")
    let first = try consumer(broker, ["raw"])
    #expect(try read(first, count: 4) == ["0", "1", "2", "3"])
    try first.commit()
    // Read and not committed: it comes again.
    #expect(try read(first, count: 3) == ["4", "5", "6"])
    first.close()
    let second = try consumer(broker, ["raw"])
    #expect(try read(second, count: 6) == ["4", "5", "6", "7", "8", "9"])
    try second.commit()
    // With nothing new there is nothing to commit, and that is no error.
    try second.commit()
    second.close()
    let third = try consumer(broker, ["raw"])
    try broker.send(["new"], to: "raw")
    #expect(try read(third, count: 1) == ["new"])
  }

  @Test(arguments: BrokerKind.available)
  func tellsTheTopicOfARecord(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a")
    try broker.createTopic("b")
    try broker.send(["1", "2"], to: "a")
    try broker.send(["3"], to: "b")
    let consumer = try consumer(broker, ["a", "b"])
    var found: [String: [String]] = [:]
    let deadline = ContinuousClock.now + .seconds(30)
    while found.values.reduce(0, { $0 + $1.count }) < 3 {
      try #require(ContinuousClock.now < deadline)
      _ = consumer.read(limit: 10, milliseconds: 100) { message, topic in
        let value = message.withKeyAndValue { String(decoding: $1.copy, as: UTF8.self) }
        found[topic, default: []].append(value)
      }
    }
    #expect(found == [broker.prefix + "a": ["1", "2"], broker.prefix + "b": ["3"]])
  }

  @Test(arguments: BrokerKind.available)
  func membersShareThePartitions(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("raw", partitions: 2)
    let first = try consumer(broker, ["raw"])
    let second = try consumer(broker, ["raw"])
    var counts = [0, 0]
    var number = 0
    let deadline = ContinuousClock.now + .seconds(60)
    // Whoever came first had both for a while.
    while counts.contains(0) {
      try #require(ContinuousClock.now < deadline, "\(counts)")
      for partition in 0..<Int32(2) {
        try broker.send(["\(number)"], to: "raw", partition: partition)
        number += 1
      }
      counts[0] += first.read(limit: 100, milliseconds: 20) { _, _ in }
      counts[1] += second.read(limit: 100, milliseconds: 20) { _, _ in }
    }
  }

  @Test func waitsForABrokerThatIsAway() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("raw")
    let consumer = try consumer(broker, ["raw"])
    try broker.send(["0"], to: "raw")
    #expect(try read(consumer, count: 1) == ["0"])
    let cluster = try #require(broker.cluster)
    cluster.setBroker(1, isUp: false)
    #expect(consumer.read(limit: 10, milliseconds: 300) { _, _ in } == 0)
    cluster.setBroker(1, isUp: true)
    try broker.send(["1"], to: "raw")
    #expect(try read(consumer, count: 1) == ["1"])
  }

  @Test func refusesPropertiesThatCannotBe() throws {
    let broker = try TestBroker(.local)
    #expect(throws: KafkaError.self) {
      try KafkaConsumer(["no.such.property": "1"], group: "g", topics: ["t"])
    }
    #expect(throws: KafkaError.self) { try consumer(broker, ["t"], adding: ["acks": "x"]) }
  }
}

extension Span<UInt8> {
  fileprivate var copy: [UInt8] { indices.map { self[$0] } }
}
