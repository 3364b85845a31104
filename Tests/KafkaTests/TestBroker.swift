import CRdkafka
import Foundation
import Testing

@testable import Kafka

/// A Kafka that a test runs on.
enum BrokerKind: CaseIterable, CustomTestStringConvertible {
  /// librdkafka's brokers inside this process.
  case local
  /// The one whose address is in `EGTOP_TEST_KAFKA`.
  case real

  static let realAddress = ProcessInfo.processInfo.environment["EGTOP_TEST_KAFKA"]
  static let available: [BrokerKind] = realAddress == nil ? [.local] : [.local, .real]

  var testDescription: String { self == .local ? "in-process Kafka" : "real Kafka" }
}

/// A Kafka with topics that no other test uses.
final class TestBroker {
  let kind: BrokerKind
  let servers: String
  let cluster: LocalKafkaCluster?
  /// Begins the names of this test's topics.
  let prefix = "t\(UInt64.random(in: 0...(.max)))-"

  init(_ kind: BrokerKind, brokers: Int = 1) throws {
    self.kind = kind
    switch kind {
    case .local:
      let cluster = try LocalKafkaCluster(brokers: brokers)
      self.cluster = cluster
      servers = cluster.bootstrapServers
    case .real:
      cluster = nil
      servers = try #require(BrokerKind.realAddress)
    }
  }

  var properties: [String: String] { ["bootstrap.servers": servers, "fetch.wait.max.ms": "10"] }

  func createTopic(_ name: String, partitions: Int = 1) throws {
    if let cluster {
      try cluster.createTopic(prefix + name, partitions: partitions)
    } else {
      try TestAdmin(servers).createTopic(prefix + name, partitions: partitions)
    }
  }

  /// Writes records with these values, and waits until the broker has them.
  func send(
    _ values: [String?],
    to topic: String,
    partition: Int32? = 0,
    milliseconds: Int64 = 0
  ) throws {
    let producer = try KafkaProducer(["bootstrap.servers": servers])
    for value in values {
      try producer.send(
        to: prefix + topic,
        key: nil,
        value: value.map { Array($0.utf8) },
        partition: partition,
        milliseconds: milliseconds
      )
    }
    try producer.flush(milliseconds: 20_000)
    try #require(producer.delivered == values.count)
  }

  /// A reader that looks for topics often.
  func reader(
    _ topics: [KafkaSubscription.Topics],
    from start: KafkaSubscription.Start,
    adding properties: [String: String] = [:]
  ) throws -> KafkaReader {
    var discovery = KafkaDiscovery()
    discovery.interval = .milliseconds(50)
    discovery.timeout = .milliseconds(1000)
    discovery.patience = .milliseconds(500)
    return try KafkaReader(
      self.properties.merging(properties) { $1 },
      subscriptions: topics.map { KafkaSubscription($0, from: start) },
      discovery: discovery
    )
  }

  /// All topics of this test.
  var all: KafkaSubscription.Topics {
    let prefix = prefix
    return .matching { $0.hasPrefix(prefix) }
  }
}

/// A record as a test keeps it.
struct Record: Equatable {
  var topic: String
  var partition: Int32 = 0
  var offset: Int64
  var key: String?
  var value: String?
  var milliseconds: Int64 = 0
  var headers: [String] = []
}

/// Reads until a condition holds of what was read and of the reader, or fails after 20 s.
@discardableResult
func read(
  _ reader: KafkaReader,
  into records: inout [Record],
  sourceLocation: SourceLocation = #_sourceLocation,
  until isDone: ([Record]) -> Bool
) throws -> Int {
  let deadline = ContinuousClock.now + .seconds(20)
  var read = 0
  while !isDone(records) {
    try #require(
      ContinuousClock.now < deadline,
      "read \(read) records",
      sourceLocation: sourceLocation
    )
    read += reader.read(milliseconds: 20) { records.append(Record($0, topics: reader.topics)) }
  }
  return read
}

func read(
  _ reader: KafkaReader,
  sourceLocation: SourceLocation = #_sourceLocation,
  until isDone: ([Record]) -> Bool
) throws -> [Record] {
  var records: [Record] = []
  try read(reader, into: &records, sourceLocation: sourceLocation, until: isDone)
  return records
}

extension Record {
  init(_ message: borrowing KafkaMessage, topics: [KafkaTopic]) {
    self.init(
      topic: topics[message.topic].name,
      partition: message.partition,
      offset: message.offset,
      key: message.hasNullKey ? nil : message.withKeyAndValue { key, _ in text(key) },
      value: message.isTombstone ? nil : message.withKeyAndValue { text($1) },
      milliseconds: message.milliseconds ?? 0
    )
    var headers: [String] = []
    message.forEachHeader { headers.append("\(text($0))=\(text($1))") }
    self.headers = headers
  }
}

private func text(_ bytes: Span<UInt8>) -> String {
  bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
}

extension LocalKafkaCluster {
  /// Answers the next requests of one kind with these errors.
  ///
  /// - Parameters:
  ///   - kind: The number of the request in Kafka's protocol, such as 1 for Fetch, 3 for Metadata.
  ///   - errors: One for each request to come.
  func failRequests(ofKind kind: Int16, with errors: [KafkaErrorCode]) {
    let codes = errors.map { rd_kafka_resp_err_t($0.rawValue) }
    rd_kafka_mock_push_request_errors_array(pointer, kind, codes.count, codes)
  }
}
