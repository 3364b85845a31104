import Foundation
import Kafka
import Model
import Settings
import System
import Testing

@testable import Feeds

/// A Kafka for feeds: the one in `EGTOP_TEST_KAFKA`, or one in this process.
final class KafkaUnderTest {
  static let realAddress = ProcessInfo.processInfo.environment["EGTOP_TEST_KAFKA"]
  /// Both kinds, as far as they are at hand.
  static let kinds: [Kind] = realAddress == nil ? [.local] : [.local, .real]

  enum Kind: CustomTestStringConvertible {
    case local, real

    var testDescription: String { self == .local ? "in-process Kafka" : "real Kafka" }
  }

  let cluster: LocalKafkaCluster?
  let servers: String
  /// Begins the names of this test's topics.
  let prefix = "EG\(UInt64.random(in: 0...(.max)))-"

  init(_ kind: Kind) throws {
    cluster = kind == .local ? try LocalKafkaCluster() : nil
    servers = try cluster?.bootstrapServers ?? #require(Self.realAddress)
  }

  /// A cluster that the test has a hand on, whose topics may have any names.
  init(_ cluster: LocalKafkaCluster) {
    self.cluster = cluster
    servers = cluster.bootstrapServers
  }

  var properties: [String: String] { ["bootstrap.servers": servers, "fetch.wait.max.ms": "10"] }

  var rawTopic: String { "raw-" + prefix }

  func options(historyRecords: Int64 = 2000, isRawFeed: Bool = false) -> KafkaFeed.Options {
    KafkaFeed.Options(
      properties: properties,
      enriched: .prefix(prefix),
      rawTopic: rawTopic,
      isRawFeed: isRawFeed,
      historyRecords: historyRecords
    )
  }

  /// Writes records into partition 0 of a topic, which is made if it is not there.
  func send(
    _ records: [(key: String?, value: String?)],
    to topic: String,
    isRetained: Bool? = nil
  ) throws {
    let producer = try KafkaProducer(["bootstrap.servers": servers])
    for record in records {
      try producer.send(
        to: topic,
        key: record.key.map { Array($0.utf8) },
        value: record.value.map { Array($0.utf8) },
        partition: 0,
        headers: isRetained.map { [.init("mqtt.retained", Array("\($0)".utf8))] } ?? []
      )
    }
    try producer.flush(milliseconds: 20_000)
    try #require(producer.delivered == records.count)
  }

  /// Writes a sample that a bridge has put together.
  func sendMerged(_ value: String, key: String, sendsChanges: Bool = false) throws {
    let producer = try KafkaProducer(["bootstrap.servers": servers])
    try producer.send(
      to: rawTopic,
      key: Array(key.utf8),
      value: Array(value.utf8),
      partition: 0,
      headers: [.init("egpipe.source", Array("merged".utf8))]
        + (sendsChanges ? [.init("egpipe.sends", Array("changes".utf8))] : [])
    )
    try producer.flush(milliseconds: 20_000)
  }

  /// Reads so many records of the raw topic as a member of that group, commits and leaves.
  func read(_ count: Int, of group: String) throws {
    let consumer = try KafkaConsumer(properties, group: group, topics: [rawTopic])
    let deadline = monotonicNanoseconds() + 60_000_000_000
    var left = count
    while left > 0 {
      try #require(monotonicNanoseconds() < deadline)
      left -= consumer.read(limit: left, milliseconds: 100) { _, _ in }
    }
    try consumer.commit()
  }

  func sendEnriched(_ ids: Range<Int>) throws {
    try send(ids.map { (nil, enriched("g\($0)", fuel: Double($0))) }, to: prefix + "a")
  }
}

func enriched(_ id: String, fuel: Double) -> String {
  """
  {"measurement":"genData","tags":{"generatorID":"\(id)","region":"US"},\
  "time":"2026-01-10T13:48:37Z","alarm":"refuel","fuel":\(fuel)}
  """
}

extension Inbox {
  var enriched: [EnrichedRecord] {
    events.flatMap { event in
      if case .enriched(let records) = event { return records }
      return []
    }
  }

  var kafkaStatuses: [FeedStatus] {
    events.compactMap { event in
      if case .status(.kafka, let status) = event { return status }
      return nil
    }
  }

  var kafkaCounters: FeedCounters {
    events.reversed().lazy.compactMap { event in
      if case .counters(.kafka, let counters) = event { return counters }
      return nil
    }.first ?? FeedCounters()
  }

  func progress(_ topics: ReaderProgress.Topics) -> ReaderProgress? {
    events.reversed().lazy.compactMap { event in
      if case .progress(let progress) = event, progress.topics == topics { return progress }
      return nil
    }.first
  }

  var lag: GroupLag? {
    events.reversed().lazy.compactMap { event in
      if case .groupLag(let lag) = event { return lag }
      return nil
    }.first
  }
}
