import Kafka
import System
import Testing

@Suite(.timeLimit(.minutes(20)))
struct KafkaTopicMakerTests {
  /// Asks until it is known; fails after 20 s.
  private func outcome(of maker: KafkaTopicMaker) throws -> KafkaTopicMaker.Outcome {
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      if let outcome = try maker.outcome() { return outcome }
      try #require(ContinuousClock.now < deadline)
      sleepThread(nanoseconds: 10_000_000)
    }
  }

  @Test(arguments: BrokerKind.available)
  func findsATopicThatIsThere(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a")
    let maker = try KafkaTopicMaker(broker.prefix + "a", broker.properties)
    #expect(try outcome(of: maker) == .wasThere)
  }

  @Test func saysWhyThereIsNone() throws {
    let broker = try TestBroker(.local)
    let name = broker.prefix + "a"
    try #require(broker.cluster).setTopic(name, isThere: false)
    let maker = try KafkaTopicMaker(name, broker.properties)
    #expect(throws: KafkaError.self) { _ = try outcome(of: maker) }
  }

  @Test func waitsForNobodyWhileBrokersAreAway() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    let cluster = try #require(broker.cluster)
    cluster.setBroker(1, isUp: false)
    let maker = try KafkaTopicMaker(broker.prefix + "a", broker.properties)
    for _ in 0..<10 { #expect(try maker.outcome() == nil) }
    cluster.setBroker(1, isUp: true)
    #expect(try outcome(of: maker) == .wasThere)
  }

  @Test(.enabled(if: BrokerKind.realAddress != nil, "EGTOP_TEST_KAFKA is not set"))
  func seesToItThatThereIsATopic() throws {
    let broker = try TestBroker(.real)
    let name = broker.prefix + "made"
    let maker = try KafkaTopicMaker(name, broker.properties)
    // A broker that makes topics which are asked for may have been faster.
    _ = try outcome(of: maker)
    let admin = try TestAdmin(broker.servers)
    #expect(try admin.topics().contains(name))
    try admin.deleteTopic(name)
  }
}
