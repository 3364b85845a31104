import Foundation
import Testing

@testable import Kafka

@Suite(.timeLimit(.minutes(20)))
struct KafkaReaderTests {
  @Test(arguments: BrokerKind.available)
  func lendsKeysValuesTimesAndHeadersAsTheyWereWritten(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a")
    let producer = try KafkaProducer(["bootstrap.servers": broker.servers])
    let topic = broker.prefix + "a"
    // Not so old that a real broker deletes them at once.
    let time = Int64(Date().timeIntervalSince1970 * 1000) - 60_000
    try producer.send(
      to: topic,
      key: Array("k".utf8),
      value: Array("v".utf8),
      partition: 0,
      milliseconds: time,
      headers: [.init("h", Array("1".utf8)), .init("h", nil), .init("", [])]
    )
    try producer.send(to: topic, key: nil, value: [], partition: 0, milliseconds: time + 1)
    try producer.send(to: topic, key: [], value: nil, partition: 0, milliseconds: time + 2)
    try producer.flush(milliseconds: 20_000)
    let reader = try broker.reader([.named([topic])], from: .beginning)
    let records = try read(reader) { $0.count >= 3 }
    #expect(
      records == [
        Record(
          topic: topic,
          offset: 0,
          key: "k",
          value: "v",
          milliseconds: time,
          headers: ["h=1", "h=", "="]
        ),
        Record(
          topic: topic,
          offset: 1,
          key: nil,
          value: "",
          milliseconds: time + 1
        ),
        Record(
          topic: topic,
          offset: 2,
          key: "",
          value: nil,
          milliseconds: time + 2
        ),
      ]
    )
  }

  @Test(arguments: BrokerKind.available)
  func aHeadersNameIsAnyBytes(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a")
    let producer = try KafkaProducer(["bootstrap.servers": broker.servers])
    // As a String the first would be twice as long as it is, and the second three times.
    let names: [[UInt8]] = [
      [0xFF, 0x80, UInt8(ascii: "x"), 0xC3], Array(repeating: 0xFE, count: 300_000), [],
    ]
    try producer.send(
      to: broker.prefix + "a",
      key: nil,
      value: [1],
      partition: 0,
      headers: names.map { .init(name: $0, [7]) }
    )
    try producer.flush(milliseconds: 20_000)
    #expect(producer.delivered == 1)
    let reader = try broker.reader([.named([broker.prefix + "a"])], from: .beginning)
    var read: [[UInt8]] = []
    let deadline = ContinuousClock.now + .seconds(20)
    while read.isEmpty, ContinuousClock.now < deadline {
      _ = reader.read(milliseconds: 20) { message in
        message.forEachHeader { name, value in
          #expect(value.count == 1)
          read.append(name.indices.map { name[$0] })
        }
      }
    }
    #expect(read == names)
  }

  @Test func theLastOffsetOfAllHasNoneBehindIt() {
    #expect(nextOffset(behind: 0) == 1)
    #expect(nextOffset(behind: .max - 1) == .max)
    #expect(nextOffset(behind: .max) == .max)
  }

  @Test func offsetsThatCannotBeCountLikeOthers() {
    var partition = KafkaPartition()
    partition.state = .reading
    (partition.position, partition.end) = (-5, .max)
    #expect(partition.recordsBehind == .max)
    (partition.position, partition.end) = (.max, .min)
    #expect(partition.recordsBehind == 0)
  }

  @Test(arguments: BrokerKind.available)
  func readsHistoryThenWhatComes(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a", partitions: 2)
    try broker.send(["0", "1", "2"], to: "a")
    try broker.send(["x"], to: "a", partition: 1)
    let reader = try broker.reader([broker.all], from: .beginning)
    #expect(!reader.isHistoryRead)
    var records: [Record] = []
    try read(reader, into: &records) { _ in reader.isHistoryRead }
    #expect(records.count == 4)
    #expect(reader.connection == .connected)
    try broker.send(["3"], to: "a")
    try read(reader, into: &records) { $0.count >= 5 }
    #expect(records.last?.offset == 3)
    #expect(reader.topics.map(\.recordsBehind) == [0])
    #expect(reader.topics[0].partitions.map(\.position) == [4, 1])
  }

  @Test(
    arguments: BrokerKind.available,
    [
      (.beginning, 0), (.end, 10), (.last(3), 7), (.last(99), 0), (.last(.max), 0),
      (.last(-1), 10),
      // No record is this young: the newest ones are read.
      (.since(milliseconds: 4_000_000_000_000, orLast: 4), 6),
    ] as [(KafkaSubscription.Start, Int64)]
  )
  func startsWhereItIsTold(
    _ kind: BrokerKind,
    _ expected: (start: KafkaSubscription.Start, offset: Int64)
  ) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a")
    try broker.send((0..<10).map { "\($0)" }, to: "a")
    let reader = try broker.reader([broker.all], from: expected.start)
    var events: [KafkaReaderEvent] = []
    _ = try read(reader) { _ in
      events += reader.takeEvents()
      return reader.isHistoryRead
    }
    #expect(events.contains(.started(topic: 0, partition: 0, offset: expected.offset)))
  }

  @Test(arguments: BrokerKind.available)
  func findsTopicsAndLeavesOthersAlone(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("EGone")
    try broker.createTopic("other")
    let wanted = broker.prefix + "EG"
    let reader = try broker.reader([.matching { $0.hasPrefix(wanted) }], from: .end)
    _ = try read(reader) { _ in reader.isHistoryRead }
    try broker.createTopic("EGtwo")
    try broker.send(["new"], to: "EGtwo")
    try broker.send(["no"], to: "other")
    let records = try read(reader) { !$0.isEmpty }
    #expect(records.map(\.value) == ["new"])
    #expect(Set(reader.topics.map(\.name)) == [wanted + "one", wanted + "two"])
  }

  @Test(arguments: BrokerKind.available)
  func givesATopicToTheFirstSubscriptionThatIncludesIt(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a")
    try broker.createTopic("b")
    let reader = try broker.reader([.named([broker.prefix + "b"]), broker.all], from: .beginning)
    _ = try read(reader) { _ in reader.isHistoryRead && reader.topics.count == 2 }
    #expect(reader.topics.map(\.name) == [broker.prefix + "b", broker.prefix + "a"])
    #expect(reader.topics.map(\.subscription) == [0, 1])
  }

  @Test(arguments: BrokerKind.available)
  func readsManyRecordsOnceEach(_ kind: BrokerKind) throws {
    let broker = try TestBroker(kind)
    try broker.createTopic("a", partitions: 3)
    for partition in 0..<Int32(3) {
      try broker.send((0..<5000).map { "\($0)" }, to: "a", partition: partition)
    }
    let reader = try broker.reader([broker.all], from: .beginning)
    let records = try read(reader) { $0.count >= 15_000 }
    for partition in 0..<Int32(3) {
      let offsets = records.filter { $0.partition == partition }.map(\.offset)
      #expect(offsets == Array(0..<5000))
    }
  }

  @Test func saysThatBrokersAreDownAndGoesOnWhenTheyAreBack() throws {
    let broker = try TestBroker(.local)
    let cluster = try #require(broker.cluster)
    try broker.createTopic("a")
    try broker.send(["0"], to: "a")
    let reader = try broker.reader(
      [broker.all],
      from: .beginning,
      adding: ["reconnect.backoff.max.ms": "100"]
    )
    var records: [Record] = []
    try read(reader, into: &records) { _ in reader.isHistoryRead }
    cluster.setBroker(1, isUp: false)
    try read(reader, into: &records) { _ in
      if case .unreachable = reader.connection { true } else { false }
    }
    cluster.setBroker(1, isUp: true)
    try broker.send(["1"], to: "a")
    try read(reader, into: &records) { $0.count >= 2 }
    try read(reader, into: &records) { _ in reader.connection == .connected }
    #expect(records.map(\.value) == ["0", "1"])
  }

  @Test func namesTheReasonWhenNothingListens() throws {
    var discovery = KafkaDiscovery()
    discovery.timeout = .milliseconds(200)
    let reader = try KafkaReader(
      ["bootstrap.servers": "127.0.0.1:1"],
      subscriptions: [KafkaSubscription(.named(["a"]), from: .end)],
      discovery: discovery
    )
    _ = try read(reader) { _ in reader.connection != .connecting }
    guard case .unreachable(let error) = reader.connection else {
      Issue.record("\(reader.connection)")
      return
    }
    #expect(error.code == .transport)
    #expect(error.text.contains("Connection refused"))
    #expect(!reader.isHistoryRead)
  }

  @Test func goesOnAfterErrorsOfTheBroker() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    try broker.send((0..<100).map { "\($0)" }, to: "a")
    try #require(broker.cluster).failRequests(
      ofKind: 1,
      with: [5, 6, 7].map { KafkaErrorCode(rawValue: $0) }
    )
    let reader = try broker.reader([broker.all], from: .beginning)
    let records = try read(reader) { $0.count >= 100 }
    #expect(records.map(\.offset) == Array(0..<100))
  }

  @Test func readsFromTheBeginningWhenTheOffsetIsGone() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    try broker.send(["0", "1"], to: "a")
    let reader = try broker.reader([broker.all], from: .end)
    _ = try read(reader) { _ in reader.isHistoryRead }
    _ = reader.takeEvents()
    try #require(broker.cluster).failRequests(ofKind: 1, with: [.offsetOutOfRange])
    let records = try read(reader) { $0.count >= 2 }
    #expect(records.map(\.offset) == [0, 1])
    let events = reader.takeEvents()
    #expect(events.contains(.offsetLost(topic: 0, partition: 0, offset: 2)))
    #expect(events.contains(.started(topic: 0, partition: 0, offset: 0)))
  }

  @Test func countsWhatIsGoneBeforeItIsRead() throws {
    let broker = try TestBroker(.local)
    try broker.createTopic("a")
    let reader = try broker.reader(
      [broker.all],
      from: .beginning,
      adding: ["queued.max.messages.kbytes": "1"]
    )
    _ = try read(reader) { _ in reader.isHistoryRead }
    // More than the local brokers keep, while nobody reads.
    let value = String(repeating: "x", count: 900_000)
    try broker.send(Array(repeating: value, count: 20), to: "a")
    let offsets = try read(reader) { $0.last?.offset == 19 }.map(\.offset)
    #expect(offsets == offsets.sorted())
    #expect(offsets.count < 20)
    #expect(reader.topics[0].missed == Int64(20 - offsets.count))
  }
}
