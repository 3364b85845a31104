import Foundation
import Testing

@testable import Kafka

@Suite(.timeLimit(.minutes(20)))
struct KafkaLagTests {
  @Test(arguments: BrokerKind.available)
  func measuresGroupsFromOutside(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    let topic = broker.prefix + "a"
    let groups = [topic + "-g", topic + "-h", topic + "-nobody"]
    try broker.createTopic("a", partitions: 2)
    // Not so old that a real broker deletes them at once.
    let start = Int64(Date().timeIntervalSince1970 * 1000) - 60_000
    for index in 0..<5 {
      try broker.send(["\(index)"], to: "a", milliseconds: start + Int64(index))
    }
    try commit([0: 3], topic: topic, group: groups[0], servers: broker.servers)
    try commit([0: 5, 1: 0], topic: topic, group: groups[1], servers: broker.servers)
    let query = try KafkaLagQuery(broker.properties)
    for _ in 0..<2 {
      let look = try query.look(at: groups, of: [topic])
      #expect(look.partitions.map(\.partition) == [0, 1])
      #expect(look.partitions.map(\.high) == [5, 0])
      #expect(look.partitions.map(\.stable) == [5, 0])
      #expect(look.partitions.map(\.error) == [nil, nil])
      #expect(look.groups.map(\.group) == groups)
      #expect(look.groups.map(\.committed) == [[3, nil], [5, 0], [nil, nil]])
      #expect(look.groups.map(\.error) == [nil, nil, nil])
    }
    let places = [
      KafkaRecordPlace(topic: topic, partition: 0, offset: 3),
      KafkaRecordPlace(topic: topic, partition: 1, offset: 0),
    ]
    for isStable in [true, false] {
      let found = query.records(at: places, stable: isStable, milliseconds: 10_000)
      #expect(found == [.record(offset: 3, milliseconds: start + 3), .end(0)])
    }
  }

  @Test func asksForManyTopicsAtOnce() throws {
    let broker = try TestBroker(.local)
    let topics = (0..<300).map { "t\($0)" }
    for topic in topics { try broker.createTopic(topic) }
    try broker.send(["x"], to: "t299")
    let query = try KafkaLagQuery(broker.properties)
    let look = try query.look(at: [], of: topics.map { broker.prefix + $0 })
    #expect(look.partitions.count == 300)
    #expect(look.partitions.filter { $0.high == 1 }.map(\.topic) == [broker.prefix + "t299"])
    #expect(try Set(query.topics()).isSuperset(of: topics.map { broker.prefix + $0 }))
  }

  /// The in-process cluster knows neither of these questions.
  @Test func brokersThatTellNothingOfGroupsAreNoTrouble() throws {
    let broker = try TestBroker(.local)
    let query = try KafkaLagQuery(broker.properties)
    #expect(query.members(of: ["a", "b"], milliseconds: 2_000) == [.notTold, .notTold])
    #expect(query.groups(milliseconds: 2_000) == [])
  }

  @Test func tellsARefusalFromALag() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    // Kind 9 is OffsetFetch.
    try #require(broker.cluster).failRequests(
      ofKind: 9,
      with: Array(repeating: KafkaErrorCode(rawValue: 30), count: 5)
    )
    let query = try KafkaLagQuery(broker.properties)
    let look = try query.look(at: ["g"], of: [broker.prefix + "a"])
    #expect(look.groups.first?.error?.code.isAuthorization == true)
    #expect(look.partitions.map(\.high) == [0])
  }

  @Test func asksAgainWhenTheCoordinatorMoves() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    try #require(broker.cluster).failRequests(
      ofKind: 9,
      with: [KafkaErrorCode(rawValue: 16), KafkaErrorCode(rawValue: 14)]
    )
    let query = try KafkaLagQuery(broker.properties)
    let look = try query.look(at: ["g"], of: [broker.prefix + "a"])
    #expect(look.groups.map(\.committed) == [[nil]])
    #expect(look.groups.map(\.error) == [nil])
  }

  @Test func namesTheReasonWhenNothingListens() throws {
    let query = try KafkaLagQuery(["bootstrap.servers": "127.0.0.1:1"])
    let error = #expect(throws: KafkaError.self) {
      try query.look(at: ["g"], of: ["a"], milliseconds: 300)
    }
    #expect(error?.text.contains("Connection refused") == true)
  }
}
