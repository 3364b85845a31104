internal import CRdkafka
internal import Synchronization
internal import Wording

/// Writes records.
///
/// May be used from several threads.
///
/// Records are queued and sent in the background; whether they arrived is counted when `serve` or `flush`
/// is called, which somebody has to do now and then.
public final class KafkaProducer: Sendable {
  /// A header of a record; `nil` is a null value.
  public struct Header: Sendable {
    /// Mostly UTF-8, but a name that came with a record may be any bytes.
    public let name: [UInt8]
    public let value: [UInt8]?

    public init(_ name: String, _ value: [UInt8]?) {
      self.init(name: Array(name.utf8), value)
    }

    public init(name: [UInt8], _ value: [UInt8]?) {
      self.name = name
      self.value = value
    }
  }

  /// A topic to write to.
  ///
  /// Owns the library's handle of it, which any thread may use, and keeps the client of its producer alive.
  final class Topic: @unchecked Sendable {  // The pointer never changes; the library locks.
    private let client: KafkaClient
    let pointer: OpaquePointer

    init(_ name: String, of client: KafkaClient) throws(KafkaError) {
      self.client = client
      pointer = try client.makeTopic(name)
    }

    deinit {
      rd_kafka_topic_destroy(pointer)
    }
  }

  private let client: KafkaClient
  private let topics = Mutex<[String: Topic]>([:])
  /// How many records were offered.
  private let offered = Atomic<Int>(0)

  /// Makes a client; it connects in the background.
  ///
  /// Idempotent (a retry writes nothing twice) and partitioned as Java's clients do, unless the properties
  /// say otherwise.
  ///
  /// - Parameters:
  ///   - properties: Of librdkafka.
  ///   - observer: Gets the library's log.
  ///   - keepsFailed: Whether records that fail are kept for `takeFailed` instead of being counted.
  /// - Throws: `KafkaError` naming the property that was refused.
  public init(
    _ properties: [String: String],
    observer: KafkaObserver = KafkaObserver(),
    keepsFailed: Bool = false
  ) throws(KafkaError) {
    var configuration = KafkaConfiguration()
    try configuration.set([
      "enable.idempotence": "true",
      "linger.ms": "5",
      "partitioner": "murmur2_random",
      "reconnect.backoff.max.ms": "2000",
    ])
    try configuration.set(properties)
    client = try configuration.makeClient(
      RD_KAFKA_PRODUCER,
      observer: observer,
      keepsFailed: keepsFailed
    )
  }

  /// Queues one record; its bytes are copied.
  ///
  /// - Parameters:
  ///   - topic: Name of the topic.
  ///   - key: `nil` for a null key.
  ///   - value: `nil` for a tombstone.
  ///   - partition: `nil` leaves it to the partitioner.
  ///   - milliseconds: Timestamp since 1970 UTC; 0 for now.
  ///   - headers: In the order they are to have.
  /// - Throws: `KafkaError`; `.queueFull` when the record should be offered again after `serve`.
  public func send(
    to topic: String,
    key: [UInt8]?,
    value: [UInt8]?,
    partition: Int32? = nil,
    milliseconds: Int64 = 0,
    headers: [Header] = []
  ) throws(KafkaError) {
    try withBytes(key) { (key) throws(KafkaError) in
      try withBytes(value) { (value) throws(KafkaError) in
        try produce(to: topic, partition, key, value, milliseconds, headers)
      }
    }
  }

  /// Looks up a topic once for many records.
  func topic(_ name: String) throws(KafkaError) -> Topic {
    let known = topics.withLock { $0[name] }
    if let known { return known }
    let made = try Topic(name, of: client)
    return topics.withLock { topics in
      // Another thread may have been faster.
      if let known = topics[name] { return known }
      topics[name] = made
      return made
    }
  }

  /// Queues one record of a key and a value that are only lent; see the other `send`.
  ///
  /// - Throws: `KafkaError`; `.queueFull` when the record should be offered again after `serve`.
  public func send(
    to topic: String,
    key: Span<UInt8>,
    value: Span<UInt8>,
    milliseconds: Int64 = 0,
    headers: [Header] = []
  ) throws(KafkaError) {
    try key.withUnsafeBytes { (key) throws(KafkaError) in
      try value.withUnsafeBytes { (value) throws(KafkaError) in
        try produce(to: topic, nil, bytes(key), bytes(value), milliseconds, headers)
      }
    }
  }

  private func produce(
    to name: String,
    _ partition: Int32?,
    _ key: Bytes,
    _ value: Bytes,
    _ milliseconds: Int64,
    _ headers: [Header]
  ) throws(KafkaError) {
    let topic = try topic(name)
    let list = Self.makeList(headers)
    let code = CRdkafka_produce(
      client.pointer,
      topic.pointer,
      partition ?? CRdkafka_anyPartition,
      key.start,
      key.count,
      value.start,
      value.count,
      milliseconds,
      list,
      offered.add(1, ordering: .relaxed).newValue
    )
    // The library owns the headers of a record that it took, and only then.
    if code.rawValue != 0, let list { rd_kafka_headers_destroy(list) }
    try check(code, "record to \(name)")
  }

  /// Counts what was delivered, waiting at most `milliseconds` for the first report.
  public func serve(milliseconds: Int32 = 0) {
    client.serve(milliseconds: milliseconds)
  }

  /// Waits until everything queued was delivered or has failed.
  ///
  /// Calls `rd_kafka_flush`.
  ///
  /// - Throws: `KafkaError` with `.timedOut` when records are left at the deadline.
  public func flush(milliseconds: Int32) throws(KafkaError) {
    try check(
      rd_kafka_flush(client.pointer, milliseconds),
      "\(Phrases.count(waiting, "record")) not delivered"
    )
  }

  /// Whether records have failed that were kept.
  public var hasFailed: Bool { client.context.failed.withLock { !$0.isEmpty } }

  /// Ends what is queued or on its way, and hands over all records that failed or were not sent, in the order in which
  /// they were given.
  ///
  /// - Parameter patience: Milliseconds that answers are waited for; a record whose answer did not come may be there
  ///   all the same.
  /// - Returns: The records.
  public func takeFailed(patience: Int = 5000) -> [KafkaFailedRecord] {
    for _ in 0..<max(1, patience / 50) where waiting > 0 {
      rd_kafka_purge(client.pointer, RD_KAFKA_PURGE_F_QUEUE)
      client.serve(milliseconds: 50)
    }
    rd_kafka_purge(client.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
    while waiting > 0 { client.serve(milliseconds: 50) }
    let failed = client.context.failed.withLock { failed in
      defer { failed = [] }
      return failed
    }
    return failed.sorted { $0.number < $1.number }
  }

  /// Records that the brokers acknowledged.
  public var delivered: Int { client.context.delivered.load(ordering: .relaxed) }
  /// Records that were given up, though they could be written.
  public var undelivered: Int { client.context.undelivered.load(ordering: .relaxed) }
  /// Records that no broker takes, such as one that is too large.
  public var refused: Int { client.context.refused.load(ordering: .relaxed) }
  /// The newest trouble with a broker since this was last called.
  public func takeConnectionError() -> KafkaError? { client.context.takeConnectionError() }
  /// Records that are queued or on their way, and reports not served yet.
  public var waiting: Int { Int(rd_kafka_outq_len(client.pointer)) }
  /// A topic that was written to and that brokers do not know; nil if there is none, or they do not tell within the time.
  ///
  /// Calls `rd_kafka_metadata`.
  public func missingTopic(milliseconds: Int32) -> String? {
    for (name, topic) in topics.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      let isMissing = try? client.withMetadata(
        of: topic.pointer,
        "topic \(name)",
        milliseconds: milliseconds
      ) { found in
        found.topicList.contains { $0.name == name && $0.error?.code.isMissing == true }
      }
      // Who does not answer for one does not for the others: each would take as long.
      guard let isMissing else { return nil }
      if isMissing { return name }
    }
    return nil
  }

  /// Why the last record that was given up or refused was.
  public var deliveryError: KafkaError? { client.context.deliveryError.withLock { $0 } }

  private static func makeList(_ headers: [Header]) -> OpaquePointer? {
    guard !headers.isEmpty else { return nil }
    let list = rd_kafka_headers_new(headers.count)
    for header in headers {
      header.name.withUnsafeBytes { name in
        let start = name.baseAddress?.assumingMemoryBound(to: CChar.self)
        withBytes(header.value) {
          _ = rd_kafka_header_add(list, start, name.count, $0.start, $0.count)
        }
      }
    }
    return list
  }
}

/// What C gets of a key or a value: no pointer for null.
private typealias Bytes = (start: UnsafeRawPointer?, count: Int)

/// No bytes are not null, so they get a pointer, to nothing.
private func bytes(_ buffer: UnsafeRawBufferPointer) -> Bytes {
  (buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1), buffer.count)
}

/// Lends bytes to C.
private func withBytes<E>(_ array: [UInt8]?, _ body: (Bytes) throws(E) -> Void) throws(E) {
  guard let array else { return try body((nil, 0)) }
  try array.span.withUnsafeBytes { (buffer) throws(E) in try body(bytes(buffer)) }
}
