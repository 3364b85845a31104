internal import CRdkafka
internal import System

/// Reads topics as kcat does: without a consumer group, committing nothing, creating nothing.
///
/// Belongs to one thread, the one that calls `read`. The library keeps trying when brokers go away;
/// `connection` says how that stands. New topics and partitions are found every `discoveryInterval`.
public final class KafkaReader {
  /// A record, lent for the length of a closure.
  public typealias Handler = (borrowing KafkaMessage) -> Void

  /// Records in one call into the library, at most.
  private static let batchSize = 1000

  let client: KafkaClient
  let subscriptions: [KafkaSubscription]
  let discovery: KafkaDiscovery
  /// All partitions are read through this one queue, but for those in `lanes`.
  let queue: OpaquePointer
  /// The partitions that had a past when their reading began.
  var lanes: [PastLane] = []
  private let batch: UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>

  /// Every topic that was ever found, in the order it was found; a place in it never changes.
  public internal(set) var topics: [KafkaTopic] = []
  /// The library's handle of each topic, in the order of `topics`.
  var handles: [OpaquePointer] = []
  public internal(set) var connection = KafkaConnection.connecting
  var events: [KafkaReaderEvent] = []
  /// The topics were listed at least once: what is found later is new.
  public internal(set) var hasDiscovered = false
  /// Looks for topics that failed since the brokers last answered one.
  public internal(set) var failedLooks = 0
  /// When the brokers are asked for topics next, in monotonic nanoseconds; while they are unreachable, the
  /// next try.
  public internal(set) var nextLook: Int64
  var lastAnswer: Int64
  /// The time of the last record that was lent, in milliseconds since 1970 UTC; nil when it had none.
  private(set) var lastMilliseconds: Int64?
  /// Partitions whose offset was found to be gone by the call into the library that is under way.
  private var lost: [(topic: Int, partition: Int32)] = []

  /// Makes a client; it connects in the background, so brokers that are down are no error here.
  ///
  /// - Parameters:
  ///   - properties: librdkafka's, by its own names; `bootstrap.servers` at least. Those that would join a
  ///     group, commit an offset or create a topic are overruled.
  ///   - subscriptions: A topic belongs to the first that includes it.
  ///   - discovery: How often, and how long, the brokers are asked for topics.
  ///   - observer: Gets the library's log.
  /// - Throws: `KafkaError` naming the property that was refused.
  public init(
    _ properties: [String: String],
    subscriptions: [KafkaSubscription],
    discovery: KafkaDiscovery = KafkaDiscovery(),
    observer: KafkaObserver = KafkaObserver()
  ) throws(KafkaError) {
    client = try KafkaConfiguration.watching(properties)
      .makeClient(RD_KAFKA_CONSUMER, observer: observer)
    queue = rd_kafka_queue_new(client.pointer)
    batch = .allocate(capacity: Self.batchSize)
    batch.initialize(repeating: nil)
    self.subscriptions = subscriptions
    self.discovery = discovery
    lastAnswer = monotonicNanoseconds()
    nextLook = lastAnswer
    for (index, subscription) in subscriptions.enumerated() {
      guard case .named(let names) = subscription.topics else { continue }
      for name in names { _ = try add(name, subscription: index) }
    }
  }

  deinit {
    for index in topics.indices { stopReading(topic: index) }
    for handle in handles { rd_kafka_topic_destroy(handle) }
    for lane in lanes { rd_kafka_queue_destroy(lane.queue) }
    rd_kafka_queue_destroy(queue)
    batch.deallocate()
  }

  /// Lends each record that has come, waiting for the first one at most `milliseconds`.
  ///
  /// Looks for topics when it is time to, which may wait for `KafkaDiscovery.timeout` when brokers do not
  /// answer. A record is lent once, also when a partition had to be read anew from an earlier offset.
  ///
  /// - Returns: The number of records lent.
  public func read(milliseconds: Int32, _ body: Handler) -> Int {
    client.serve()
    if monotonicNanoseconds() >= nextLook { discover() }
    guard isReadingPast else { return receive(from: queue, milliseconds: milliseconds, body) ?? 0 }
    return readPast(milliseconds: milliseconds, body)
  }

  /// What happened since this was last called, oldest first.
  public func takeEvents() -> [KafkaReaderEvent] {
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  /// Everything that was there when the reading began has been read, of all topics that were found.
  public var isHistoryRead: Bool {
    hasDiscovered && topics.allSatisfy(\.isHistoryRead)
  }

  /// Whether a record that is lent was there already when the reading of its partition began.
  public func isPast(_ message: borrowing KafkaMessage) -> Bool {
    message.offset < topics[message.topic].partitions[Int(message.partition)].historyEnd
  }

  /// Makes the next `read` look for topics at once.
  public func lookNow() {
    nextLook = 0
  }

  /// Lends what has come by a queue; `nil` when nothing came.
  func receive(from queue: OpaquePointer, milliseconds: Int32, _ body: Handler) -> Int? {
    // One call that waits for a single record, then one that takes what is there: the library's batch
    // call would wait out its whole time for a batch to fill.
    guard let first = receive(1, from: queue, milliseconds: milliseconds, body) else { return nil }
    return first + (receive(batch.count, from: queue, milliseconds: 0, body) ?? 0)
  }

  /// Records lent of those that came; `nil` when nothing came.
  private func receive(
    _ count: Int,
    from queue: OpaquePointer,
    milliseconds: Int32,
    _ body: Handler
  ) -> Int? {
    let received = rd_kafka_consume_batch_queue(queue, milliseconds, batch.baseAddress, count)
    guard received > 0 else { return nil }
    lastAnswer = monotonicNanoseconds()
    lost.removeAll()
    var lent = 0
    for index in 0..<received {
      guard let message = batch[index] else { continue }
      if lend(message, body) { lent += 1 }
      rd_kafka_message_destroy(message)
    }
    for entry in lost { restart(topic: entry.topic, partition: entry.partition) }
    return lent
  }

  /// Lends a record that had not been lent before; whether it was one.
  private func lend(_ message: UnsafeMutablePointer<rd_kafka_message_t>, _ body: Handler) -> Bool {
    let partition = message.pointee.partition
    guard let handle = message.pointee.rkt else { return false }
    let topic = Int(bitPattern: rd_kafka_topic_opaque(handle))
    guard topics.indices.contains(topic), topics[topic].partitions.indices.contains(Int(partition))
    else { return false }
    guard message.pointee.err.rawValue == 0 else {
      note(errorIn: message, topic: topic)
      return false
    }
    let record = KafkaMessage(message, topic: topic)
    guard record.offset >= topics[topic].partitions[Int(partition)].position else { return false }
    topics[topic].partitions[Int(partition)].advance(to: nextOffset(behind: record.offset))
    lastMilliseconds = record.milliseconds
    body(record)
    return true
  }

  private func note(errorIn message: UnsafeMutablePointer<rd_kafka_message_t>, topic: Int) {
    let partition = message.pointee.partition
    let code = KafkaErrorCode(message.pointee.err)
    switch code {
    case .partitionEnd:
      let offset = message.pointee.offset
      topics[topic].partitions[Int(partition)].reachEnd(offset)
      events.append(.reachedEnd(topic: topic, partition: partition, offset: offset))
    case .offsetReset, .offsetOutOfRange, .logTruncation:
      lost.append((topic, partition))
    default:
      let error = KafkaError(code: code, text: message.errorText)
      topics[topic].partitions[Int(partition)].error = error
      events.append(.failed(topic: topic, partition: partition, error))
    }
  }
}

extension KafkaPartition {
  /// Everything below an offset was read.
  fileprivate mutating func advance(to offset: Int64) {
    position = offset
    if offset > end { end = offset }
    if error != nil { error = nil }
    if !isHistoryRead { isHistoryRead = offset >= historyEnd }
  }

  /// The broker has nothing more; markers of transactions may lie between the last record and the end.
  fileprivate mutating func reachEnd(_ offset: Int64) {
    if offset > position { position = offset }
    end = position
    error = nil
    isHistoryRead = true
  }
}
