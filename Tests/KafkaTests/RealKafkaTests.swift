import Foundation
import Kafka
import Testing

/// What the in-process cluster cannot do.
@Suite(
  .enabled(
    if: BrokerKind.realAddress != nil,
    "EGTOP_TEST_KAFKA is not set: no real Kafka is tried"
  ),
  .timeLimit(.minutes(10))
)
struct RealKafkaTests {
  @Test func startsAtATime() throws {
    let broker = try TestBroker(.real)
    try broker.createTopic("a")
    let hour = Int64(Date().timeIntervalSince1970 * 1000) / 3_600_000 * 3_600_000
    for index in 0..<10 {
      try broker.send(["\(index)"], to: "a", milliseconds: hour + Int64(index))
    }
    let reader = try broker.reader([broker.all], from: .since(milliseconds: hour + 4, orLast: 1))
    let records = try read(reader) { _ in reader.isHistoryRead }
    #expect(records.map(\.offset) == [4, 5, 6, 7, 8, 9])
  }

  @Test func leavesNothingBehind() throws {
    let broker = try TestBroker(.real)
    let admin = try TestAdmin(broker.servers)
    try broker.createTopic("a")
    try broker.send(["0"], to: "a")
    let groups = try admin.groups()
    let missing = broker.prefix + "missing"
    do {
      let reader = try broker.reader(
        [.named([broker.prefix + "a", missing])],
        from: .beginning,
        adding: ["group.id": broker.prefix, "enable.auto.commit": "true"]
      )
      let records = try read(reader) { !$0.isEmpty && reader.isHistoryRead }
      #expect(records.count == 1)
      #expect(reader.topics.map(\.isPresent) == [true, false])
      let query = try KafkaLagQuery(group: broker.prefix + "nobody", broker.properties)
      _ = try query.lag(of: [missing, broker.prefix + "a"])
    }
    #expect(try admin.groups() == groups)
    #expect(try !admin.topics().contains(missing))
  }

  @Test func readsATopicThatWasMadeAnewFromItsBeginning() throws {
    let broker = try TestBroker(.real)
    let admin = try TestAdmin(broker.servers)
    try broker.createTopic("a")
    try broker.send((0..<5).map { "old\($0)" }, to: "a")
    let reader = try broker.reader([broker.all], from: .beginning)
    var records: [Record] = []
    try read(reader, into: &records) { $0.count >= 5 }
    try admin.deleteTopic(broker.prefix + "a")
    try broker.createTopic("a")
    try broker.send(["new0", "new1"], to: "a")
    try read(reader, into: &records) { $0.count >= 7 }
    #expect(records.suffix(2).map(\.value) == ["new0", "new1"])
    #expect(reader.topics.count == 1)
  }

  @Test func noticesATopicThatIsGone() throws {
    let broker = try TestBroker(.real)
    try broker.createTopic("a")
    let reader = try broker.reader([broker.all], from: .beginning)
    _ = try read(reader) { _ in reader.isHistoryRead }
    try TestAdmin(broker.servers).deleteTopic(broker.prefix + "a")
    var events: [KafkaReaderEvent] = []
    _ = try read(reader) { _ in
      events += reader.takeEvents()
      return events.contains(.topicGone(topic: 0))
    }
    #expect(!reader.topics[0].isPresent)
    #expect(reader.isHistoryRead)
  }

  @Test func readsPartitionsThatAreAdded() throws {
    let broker = try TestBroker(.real)
    try broker.createTopic("a")
    let reader = try broker.reader([broker.all], from: .end)
    _ = try read(reader) { _ in reader.isHistoryRead }
    try TestAdmin(broker.servers).setPartitions(3, of: broker.prefix + "a")
    try broker.send(["x"], to: "a", partition: 2)
    let records = try read(reader) { !$0.isEmpty }
    #expect(records.map(\.value) == ["x"])
    #expect(reader.topics[0].partitions.count == 3)
  }

  @Test func countsRecordsThatWereDeletedBeforeAGroupCameToThem() throws {
    let broker = try TestBroker(.real)
    let topic = broker.prefix + "a"
    try broker.createTopic("a")
    try broker.send((0..<10).map { "\($0)" }, to: "a")
    try commit([0: 2], topic: topic, group: topic + "-g", servers: broker.servers)
    try TestAdmin(broker.servers).deleteRecords(of: topic, below: 6)
    let query = try KafkaLagQuery(group: topic + "-g", broker.properties)
    let lag = try #require(try query.lag(of: [topic]).first)
    #expect(lag.recordsLost == 4)
    #expect(lag.recordsBehind == 4)
    #expect(lag.oldestMilliseconds != nil)
  }
}
