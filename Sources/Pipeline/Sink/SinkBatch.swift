internal import Buckets
internal import Kafka

/// Records that are written together.
struct SinkBatch {
  /// Their origins' topics are places in `topics`.
  var points: [Point] = []
  var deadLetters: [DeadLetter] = []
  var tombstones = 0
  /// Records of messages from the broker's store, which tell nothing of now.
  var retained = 0
  /// Fields that points are written without.
  var lostFields = 0
  var records = 0
  /// Bytes that are held besides the points.
  var bytes = 0
  /// Names of topics, by place; for as long as the sink runs.
  private(set) var topics: [String] = []

  /// What a batch may hold besides its points.
  static let mostBytes = 16 << 20

  mutating func clear() {
    points.removeAll(keepingCapacity: true)
    deadLetters.removeAll()
    (tombstones, retained, lostFields, records, bytes) = (0, 0, 0, 0, 0)
  }

  /// The place of a topic.
  mutating func place(of topic: String) -> Int {
    if let place = topics.lastIndex(of: topic) { return place }
    topics.append(topic)
    return topics.count - 1
  }
}

/// A record that can never be written, with all that it came with.
struct DeadLetter {
  var topic: String
  var partition: Int32
  var offset: Int64
  /// Of the record, since 1970 UTC.
  var milliseconds: Int64
  var key: [UInt8]?
  var value: [UInt8]
  var headers: [KafkaProducer.Header]
  var reason: Unwritable

  init(_ message: borrowing KafkaMessage, topic: String, reason: Unwritable) {
    self.topic = topic
    self.reason = reason
    partition = message.partition
    offset = message.offset
    milliseconds = message.milliseconds ?? 0
    let (key, value) = message.withKeyAndValue { (copy($0), copy($1)) }
    self.key = message.hasNullKey ? nil : key
    self.value = value
    var headers: [KafkaProducer.Header] = []
    message.forEachHeader { name, value in
      headers.append(.init(name: copy(name), copy(value)))
    }
    self.headers = headers
  }

  var size: Int {
    value.count + (key?.count ?? 0) + headers.reduce(0) { $0 + ($1.value?.count ?? 0) + 64 }
  }

  /// The record's own headers, and those that Kafka Connect adds for an error.
  func allHeaders(connector: String) -> [KafkaProducer.Header] {
    headers
      + [
        ("topic", topic), ("partition", "\(partition)"), ("offset", "\(offset)"),
        ("connector.name", connector), ("task.id", "0"), ("stage", reason.stage),
        ("class.name", "egpipe.SinkStage"), ("exception.class.name", "egpipe.Unwritable"),
        ("exception.message", reason.description),
      ].map { KafkaProducer.Header("__connect.errors.\($0.0)", Array($0.1.utf8)) }
  }
}

/// Bytes to keep.
private func copy(_ bytes: Span<UInt8>) -> [UInt8] {
  bytes.indices.map { bytes[$0] }
}
