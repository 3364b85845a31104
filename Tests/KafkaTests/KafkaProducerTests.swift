import Testing

@testable import Kafka

@Suite(.timeLimit(.minutes(20)))
struct KafkaProducerTests {
  @Test(arguments: BrokerKind.available)
  func countsWhatWasDelivered(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a", partitions: 2)
    let producer = try KafkaProducer(["bootstrap.servers": broker.servers])
    for index in 0..<500 {
      try producer.send(to: broker.prefix + "a", key: [UInt8(index % 256)], value: [1])
    }
    try producer.flush(milliseconds: 20_000)
    #expect(producer.delivered == 500)
    #expect(producer.undelivered == 0)
    #expect(producer.waiting == 0)
  }

  @Test func aTopicKeepsItsClient() throws {
    /// Lives as long as the client that it observes.
    final class Witness: Sendable {}
    weak var witness: Witness?
    var topic: KafkaProducer.Topic?
    do {
      let watched = Witness()
      witness = watched
      let observer = KafkaObserver { _ in withExtendedLifetime(watched) {} }
      let producer = try KafkaProducer(["bootstrap.servers": "127.0.0.1:1"], observer: observer)
      topic = try producer.topic("a")
    }
    #expect(witness != nil)
    #expect(topic != nil)
    topic = nil
    #expect(witness == nil)
  }

  @Test func countsWhatWasGivenUp() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    try #require(broker.cluster).setBroker(1, isUp: false)
    let producer = try KafkaProducer([
      "bootstrap.servers": broker.servers, "message.timeout.ms": "200",
      "enable.idempotence": "false",
    ])
    try producer.send(to: broker.prefix + "a", key: nil, value: [1])
    #expect(throws: KafkaError.self) { try producer.flush(milliseconds: 0) }
    try producer.flush(milliseconds: 20_000)
    #expect(producer.undelivered == 1)
    #expect(producer.deliveryError != nil)
  }

  @Test func refusesARecordWhenTheQueueIsFull() throws {
    let producer = try KafkaProducer([
      "bootstrap.servers": "127.0.0.1:1", "queue.buffering.max.messages": "10",
      "message.timeout.ms": "300000",
    ])
    let error = #expect(throws: KafkaError.self) {
      for _ in 0..<11 {
        try producer.send(to: "a", key: nil, value: [1], headers: [.init("h", [1])])
      }
    }
    #expect(error?.code == .queueFull)
    #expect(producer.waiting >= 10)
  }
}
