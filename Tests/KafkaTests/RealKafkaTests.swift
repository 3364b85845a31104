import Foundation
import Kafka
import Testing

/// What the in-process cluster cannot do.
@Suite(
  .enabled(
    if: BrokerKind.realAddress != nil,
    "EGTOP_TEST_KAFKA is not set: no real Kafka is tried"
  ),
  .timeLimit(.minutes(20))
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
      let query = try KafkaLagQuery(broker.properties)
      _ = try query.look(at: [broker.prefix + "nobody"], of: [missing, broker.prefix + "a"])
      _ = query.members(of: [broker.prefix + "nobody"])
      let place = KafkaRecordPlace(topic: broker.prefix + "a", partition: 0, offset: 0)
      _ = query.records(at: [place], stable: true)
    }
    // Other tests make groups meanwhile, which begin as their topics do.
    let made = try admin.groups().subtracting(groups).filter {
      $0.hasPrefix(broker.prefix) || $0.prefixMatch(of: #/(raw-)?(t|EG)\d+-/#) == nil
    }
    #expect(made == [])
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

  @Test func seesRecordsThatWereDeletedBeforeAGroupCameToThem() throws {
    let broker = try TestBroker(.real)
    let topic = broker.prefix + "a"
    try broker.createTopic("a")
    try broker.send((0..<10).map { "\($0)" }, to: "a")
    try commit([0: 2], topic: topic, group: topic + "-g", servers: broker.servers)
    try TestAdmin(broker.servers).deleteRecords(of: topic, below: 6)
    let query = try KafkaLagQuery(broker.properties)
    let look = try query.look(at: [topic + "-g"], of: [topic])
    #expect(look.partitions.map(\.low) == [6])
    #expect(look.groups.map(\.committed) == [[2]])
  }

  @Test func seesWhatAnOpenTransactionHoldsUp() throws {
    let broker = try TestBroker(.real)
    let topic = broker.prefix + "a"
    try broker.createTopic("a")
    try broker.send((0..<10).map { "\($0)" }, to: "a")
    let transaction = try TestTransaction(broker.servers, id: topic)
    try transaction.begin()
    try transaction.send(5, to: topic)
    let query = try KafkaLagQuery(broker.properties)
    let look = try query.look(at: [], of: [topic])
    #expect(look.partitions.map(\.high) == [15])
    #expect(look.partitions.map(\.stable) == [10])
    let place = KafkaRecordPlace(topic: topic, partition: 0, offset: 10)
    #expect(query.records(at: [place], stable: true, milliseconds: 10_000) == [.end(10)])
    let held = query.records(at: [place], stable: false, milliseconds: 10_000).first
    guard case .record(offset: 10, milliseconds: _?) = held else {
      Issue.record("no record but \(String(describing: held))")
      return
    }
    try transaction.commit()
    // The marker takes an offset, and there is no record behind the last one.
    let deadline = ContinuousClock.now + .seconds(60)
    while try query.look(at: [], of: [topic]).partitions.map(\.stable) != [16] {
      try #require(ContinuousClock.now < deadline)
    }
    let last = KafkaRecordPlace(topic: topic, partition: 0, offset: 15)
    #expect(query.records(at: [last], stable: true, milliseconds: 10_000) == [.end(16)])
  }

  @Test func knowsTheMembersOfAGroup() throws {
    let broker = try TestBroker(.real)
    let topic = broker.prefix + "a"
    try broker.createTopic("a")
    let query = try KafkaLagQuery(broker.properties)
    let group = topic + "-g"
    // By manual assignment: it has no members that a coordinator knows, and never had.
    try commit([0: 0], topic: topic, group: topic + "-m", servers: broker.servers)
    #expect(query.members(of: [topic + "-m"]) == [.notTold])
    do {
      let member = try KafkaConsumer(broker.properties, group: group, topics: [topic])
      let deadline = ContinuousClock.now + .seconds(60)
      while query.members(of: [group]) != [.stable(members: 1)] {
        try #require(ContinuousClock.now < deadline)
        _ = member.read(limit: 1, milliseconds: 100) { _, _ in }
      }
      #expect(query.groups().contains(group))
    }
    let deadline = ContinuousClock.now + .seconds(60)
    while query.members(of: [group]) != [.none] {
      try #require(ContinuousClock.now < deadline)
    }
  }
}
