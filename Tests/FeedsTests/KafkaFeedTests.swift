import Kafka
import Model
import Settings
import System
import Testing

@testable import Feeds

@Suite(.timeLimit(.minutes(20)))
struct KafkaFeedTests {
  @Test(arguments: KafkaUnderTest.kinds)
  func readsTheHistoryThenWhatComes(_ kind: KafkaUnderTest.Kind) throws {
    let kafka = try KafkaUnderTest(kind)
    try kafka.sendEnriched(0..<3)
    let inbox = Inbox()
    let feed = try KafkaFeed.start(kafka.options(), into: inbox.mailbox, log: Log())
    try inbox.wait { $0.progress(.enriched)?.hasReadHistory == true }
    #expect(inbox.enriched.map(\.reading.fuel) == [0, 1, 2])
    try inbox.wait { $0.kafkaStatuses.last == .live }
    try kafka.sendEnriched(3..<4)
    try inbox.wait { $0.enriched.count == 4 && $0.kafkaCounters.samples == 4 }
    try inbox.wait { $0.progress(.enriched)?.recordsBehind == 0 }
    feed.stop()
    let record = try #require(inbox.enriched.last)
    #expect(record.alarm == .refuel)
    #expect(record.region == 1)
    #expect(record.sampleTime == 1_768_052_917_000_000_000)
    #expect(abs((record.recordTime ?? 0) - wallNanoseconds()) < 120_000_000_000)
    #expect(inbox.names == ["g0", "g1", "g2", "g3"])
    #expect(inbox.progress(.enriched)?.names == [kafka.prefix + "a"])
    let stamps = inbox.enriched.map(\.receivedAt)
    #expect(stamps == stamps.sorted() && Set(stamps).count == stamps.count)
    #expect(inbox.kafkaCounters.connections == 1)
  }

  @Test func theLastRecordOfAGeneratorIsThereWhenItIsOpened() throws {
    let kafka = try KafkaUnderTest(.local)
    try kafka.sendEnriched(0..<3)
    let inbox = Inbox()
    let feed = try KafkaFeed.start(kafka.options(), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.progress(.enriched)?.hasReadHistory == true && $0.enriched.count == 3 }
    #expect(inbox.watched.isEmpty)
    inbox.mailbox.watch(1)
    try inbox.wait { $0.watched.count == 1 }
    let message = try #require(inbox.watched.first)
    #expect(message.text == enriched("g1", fuel: 1) && message.stage == .enriched)
    #expect(message.partition == 0 && message.offset == 1)
    #expect(message.topic == kafka.prefix + "a")
    #expect(message.fingerprint == inbox.enriched[1].reading.fingerprint)
    #expect(message.fields.contains(MessageField(name: "region", value: "US")))
    inbox.mailbox.watch(2)
    try inbox.wait { $0.watched.count == 2 }
    #expect(inbox.watched.last?.generator == 2)
  }

  @Test func readsTheLastRecordsWhereTimesAreUnknown() throws {
    let kafka = try KafkaUnderTest(.local)
    try kafka.sendEnriched(0..<20)
    let inbox = Inbox()
    let feed = try KafkaFeed.start(
      kafka.options(historyRecords: 5),
      into: inbox.mailbox,
      log: Log()
    )
    defer { feed.stop() }
    try inbox.wait { $0.progress(.enriched)?.hasReadHistory == true }
    #expect(inbox.enriched.map(\.reading.fuel) == [15, 16, 17, 18, 19])
  }

  @Test(arguments: KafkaUnderTest.kinds)
  func tailsTheRawTopicFromItsEnd(_ kind: KafkaUnderTest.Kind) throws {
    let kafka = try KafkaUnderTest(kind)
    try kafka.sendEnriched(0..<1)
    try kafka.send([("g0", #"{"fuel": 1}"#)], to: kafka.rawTopic)
    let inbox = Inbox()
    let feed = try KafkaFeed.start(kafka.options(), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait {
      $0.progress(.raw)?.hasReadHistory == true && $0.progress(.raw)?.names.count == 1
    }
    try kafka.send(
      [
        ("emergency_generator/g7", #"{"fuel": 2}"#), (nil, #"{"generatorID": "g8", "fuel": 3}"#),
      ],
      to: kafka.rawTopic
    )
    try inbox.wait { $0.samples.count == 2 }
    #expect(inbox.samples.map(\.reading.fuel) == [2, 3])
    #expect(inbox.samples.allSatisfy { $0.source == .rawTopic && !$0.isRetained })
    #expect(Set(inbox.names).isSuperset(of: ["g7", "g8"]))
  }

  @Test func aRetainedSampleOfTheRawTopicProvesNoLife() throws {
    let kafka = try KafkaUnderTest(.local)
    try kafka.sendEnriched(0..<1)
    try kafka.send([("g0", #"{"fuel": 1}"#)], to: kafka.rawTopic)
    let inbox = Inbox()
    let feed = try KafkaFeed.start(kafka.options(), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.progress(.raw)?.hasReadHistory == true }
    try kafka.send([("g7", #"{"fuel": 640}"#)], to: kafka.rawTopic, isRetained: true)
    try kafka.send([("g8", #"{"fuel": 3, "load": nan}"#)], to: kafka.rawTopic, isRetained: false)
    try inbox.wait { $0.samples.count == 2 && $0.kafkaCounters.lostFields == 1 }
    #expect(inbox.samples.map(\.isRetained) == [true, false])
    #expect(inbox.kafkaCounters.retained == 1)
    #expect(inbox.rejected.map(\.reason) == ["load is not a finite number"])
    #expect(inbox.rejected.map(\.isReadInPart) == [true])
    #expect(inbox.kafkaCounters.rejected == 0)
  }

  @Test func countsWhatIsNoRecord() throws {
    let kafka = try KafkaUnderTest(.local)
    try kafka.send(
      [
        (nil, nil), ("k", nil), (nil, ""), (nil, "{"), (nil, #"{"fuel": "\#u{1B}[2J"}"#),
        (nil, enriched("g", fuel: 1)),
      ],
      to: kafka.prefix + "a"
    )
    let inbox = Inbox()
    let feed = try KafkaFeed.start(kafka.options(), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.kafkaCounters.received == 6 && $0.rejected.count == 2 }
    #expect(inbox.kafkaCounters.ignored == 3)
    #expect(inbox.kafkaCounters.rejected == 2)
    #expect(inbox.kafkaCounters.samples == 1)
    #expect(inbox.rejected.allSatisfy { $0.topic == kafka.prefix + "a" })
    #expect(inbox.rejected.allSatisfy { !$0.payload.contains("\u{1B}") })
  }

  @Test func saysThatNoTopicBeginsSoAndFindsItLater() throws {
    let kafka = try KafkaUnderTest(.local)
    let inbox = Inbox()
    let feed = try KafkaFeed.start(kafka.options(), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    let reason = "no topic begins with \(kafka.prefix)"
    try inbox.wait { $0.kafkaStatuses.last == .degraded(reason: reason) }
    try inbox.wait { $0.progress(.enriched)?.hasReadHistory == true }
    try kafka.sendEnriched(0..<2)
    try inbox.wait { $0.enriched.count == 2 && $0.kafkaStatuses.last == .live }
  }

  @Test(arguments: [
    (KafkaSettings.Topics.names(["EGa"]), [0.0]), (.pattern("^EG[ab]$"), [0, 1]),
    (.pattern("("), []),
    (.pattern("G[ab]"), [0, 1, 2]), (.prefix("EG"), [0, 1, 2]),
  ])
  func readsTheTopicsThatAreNamed(_ topics: KafkaSettings.Topics, _ fuels: [Double]) throws {
    let kafka = try KafkaUnderTest(LocalKafkaCluster())
    for (index, name) in ["EGa", "EGb", "EGab"].enumerated() {
      try kafka.send([(nil, enriched("g", fuel: Double(index)))], to: name)
    }
    let inbox = Inbox()
    let options = KafkaFeed.Options(properties: kafka.properties, enriched: topics)
    let feed = try KafkaFeed.start(options, into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.progress(.enriched)?.hasReadHistory == true }
    #expect(inbox.enriched.compactMap(\.reading.fuel).sorted() == fuels)
  }

  @Test func showsThatTheBrokerIsDownAndCountsNothingTwice() throws {
    let kafka = try KafkaUnderTest(.local)
    let cluster = try #require(kafka.cluster)
    try kafka.sendEnriched(0..<3)
    let inbox = Inbox()
    let feed = try KafkaFeed.start(kafka.options(), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.enriched.count == 3 && $0.kafkaStatuses.last == .live }
    cluster.setBroker(1, isUp: false)
    try inbox.wait {
      guard case .retrying(let reason, let next, let attempt) = $0.kafkaStatuses.last else {
        return false
      }
      return reason.contains("refused") && next > 0 && attempt > 0
    }
    cluster.setBroker(1, isUp: true)
    try inbox.wait { $0.kafkaStatuses.last == .live }
    try kafka.sendEnriched(3..<5)
    try inbox.wait { $0.enriched.count >= 5 && $0.kafkaCounters.connections == 2 }
    #expect(inbox.enriched.map(\.reading.fuel) == [0, 1, 2, 3, 4])
  }

  @Test func saysWhichPropertyIsRefused() throws {
    let inbox = Inbox()
    let options = KafkaFeed.Options(properties: ["no.such.thing": "1"])
    let feed = try KafkaFeed.start(options, into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.kafkaStatuses.last?.reason?.contains("no.such.thing") == true }
  }

  @Test func waitsWhileTheMailboxIsFull() throws {
    let kafka = try KafkaUnderTest(.local)
    try kafka.sendEnriched(0..<20_000)
    let mailbox = Mailbox(bound: 1000, signal: {})
    let feed = try KafkaFeed.start(kafka.options(historyRecords: 20_000), into: mailbox, log: Log())
    defer { feed.stop() }
    let deadline = monotonicNanoseconds() + 20_000_000_000
    var fuels: [Double] = []
    while fuels.count < 20_000 {
      try #require(monotonicNanoseconds() < deadline, "\(fuels.count)")
      sleepThread(nanoseconds: 1_000_000)
      var taken = 0
      for case .enriched(let records) in mailbox.takeEvents() {
        fuels += records.compactMap(\.reading.fuel)
        taken += records.count
      }
      // One round of reading, and not more, goes past the bound.
      #expect(taken <= 1001)
    }
    #expect(fuels == (0..<20_000).map(Double.init))
  }
}
