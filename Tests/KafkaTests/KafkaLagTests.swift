import Foundation
import Testing

@testable import Kafka

@Suite(.timeLimit(.minutes(10)))
struct KafkaLagTests {
  @Test(arguments: BrokerKind.available)
  func measuresAGroupFromOutside(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    let topic = broker.prefix + "a"
    try broker.createTopic("a", partitions: 2)
    // Not so old that a real broker deletes them at once.
    let start = Int64(Date().timeIntervalSince1970 * 1000) - 60_000
    for index in 0..<5 {
      try broker.send(["\(index)"], to: "a", milliseconds: start + Int64(index))
    }
    try commit([0: 3], topic: topic, group: topic + "-g", servers: broker.servers)
    let query = try KafkaLagQuery(group: topic + "-g", broker.properties)
    for _ in 0..<2 {
      let lags = try query.lag(of: [topic])
      #expect(lags.map(\.partition) == [0, 1])
      #expect(lags.map(\.committed) == [3, nil])
      #expect(lags.map(\.high) == [5, 0])
      #expect(lags.map(\.recordsBehind) == [2, nil])
      #expect(lags.map(\.oldestMilliseconds) == [start + 3, nil])
      #expect(lags.map(\.error) == [nil, nil])
    }
    try commit([0: 5, 1: 0], topic: topic, group: topic + "-g", servers: broker.servers)
    let lags = try query.lag(of: [topic])
    #expect(lags.map(\.recordsBehind) == [0, 0])
    #expect(lags.map(\.oldestMilliseconds) == [nil, nil])
  }

  @Test(arguments: BrokerKind.available)
  func saysThatAGroupNeverCommitted(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a")
    try broker.send(["0"], to: "a")
    let query = try KafkaLagQuery(group: broker.prefix + "nobody", broker.properties)
    let lags = try query.lag(of: [broker.prefix + "a"])
    #expect(lags.map(\.committed) == [nil])
    #expect(lags.map(\.recordsBehind) == [nil])
    #expect(lags.map(\.high) == [1])
  }

  @Test func tellsARefusalFromALag() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    // Kind 9 is OffsetFetch.
    try #require(broker.cluster).failRequests(
      ofKind: 9,
      with: Array(repeating: KafkaErrorCode(rawValue: 30), count: 5)
    )
    let query = try KafkaLagQuery(group: "g", broker.properties)
    let error = #expect(throws: KafkaError.self) {
      try query.lag(of: [broker.prefix + "a"])
    }
    #expect(error?.code.isAuthorization == true)
  }

  @Test func asksAgainWhenTheCoordinatorMoves() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    try #require(broker.cluster).failRequests(
      ofKind: 9,
      with: [KafkaErrorCode(rawValue: 16), KafkaErrorCode(rawValue: 14)]
    )
    let query = try KafkaLagQuery(group: "g", broker.properties)
    let lags = try query.lag(of: [broker.prefix + "a"])
    #expect(lags.map(\.committed) == [nil])
  }

  @Test func namesTheReasonWhenNothingListens() throws {
    let query = try KafkaLagQuery(group: "g", ["bootstrap.servers": "127.0.0.1:1"])
    let error = #expect(throws: KafkaError.self) {
      try query.lag(of: ["a"], milliseconds: 300)
    }
    #expect(error?.text.contains("Connection refused") == true)
  }

  @Test(
    arguments: [
      (0, 10, 4, nil, 6, 0), (0, 10, 12, nil, 0, 0), (5, 10, 2, nil, 5, 3),
      (0, 10, nil, nil, nil, 0),
      (0, 10, 4, KafkaError(code: .timedOut), nil, 0),
      (Int64.min, Int64.max, Int64.min, nil, nil, 0),
    ] as [(Int64, Int64, Int64?, KafkaError?, Int64?, Int64)]
  )
  func clampsFigures(
    _ low: Int64,
    _ high: Int64,
    _ committed: Int64?,
    _ error: KafkaError?,
    _ behind: Int64?,
    _ lost: Int64
  ) {
    let lag = KafkaPartitionLag(
      topic: "a",
      partition: 0,
      committed: committed,
      low: low,
      high: high,
      error: error
    )
    #expect(lag.recordsBehind == behind)
    #expect(lag.recordsLost == lost)
  }
}
