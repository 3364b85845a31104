internal import CRdkafka
internal import System

/// Reads topics as a member of a consumer group, and commits what was done with.
///
/// Used by one thread. Nothing is committed by itself: after `read`, do the work, then `commit`. A group's first member
/// begins at the beginning of each partition; a member that comes later gets its share of the partitions.
public final class KafkaConsumer {
  /// A record, lent for the length of a closure.
  public typealias Handler = (borrowing KafkaMessage, _ topic: String) -> Void

  private let client: KafkaClient
  /// The name of the topic of the record before, which is mostly that of the next one too.
  private var lastTopic: (pointer: OpaquePointer, name: String)?
  /// The next offset of each partition of which records were read since the last commit.
  private var positions: [PartitionName: Int64] = [:]
  /// What a broker said of a partition in place of a record, newest last; taken by `takeErrors`.
  private var errors: [KafkaError] = []
  private var isClosed = false
  /// Where the answers to commits come.
  private let answers: KafkaAnswerQueue
  private var commits = 0

  /// Joins a group in the background.
  ///
  /// - Parameters:
  ///   - properties: Of librdkafka; `bootstrap.servers` among them.
  ///   - group: The name of the consumer group.
  ///   - topics: Names, or regular expressions that begin with `^`.
  ///   - observer: Gets the library's log.
  /// - Throws: `KafkaError` naming the property that was refused.
  public init(
    _ properties: [String: String],
    group: String,
    topics: [String],
    observer: KafkaObserver = KafkaObserver()
  ) throws(KafkaError) {
    var configuration = KafkaConfiguration()
    try configuration.set([
      "auto.offset.reset": "earliest",
      "fetch.wait.max.ms": "50",
      "partition.assignment.strategy": "range",
      "queued.max.messages.kbytes": "16384",
      "reconnect.backoff.max.ms": "2000",
      // A member that died, or whose broker did, keeps the others waiting for so long; Kafka's own 45 s are for
      // clients that stand still to collect garbage.
      "session.timeout.ms": "10000",
      "topic.metadata.refresh.interval.ms": "5000",
    ])
    try configuration.set(properties)
    try configuration.set([
      "enable.auto.commit": "false", "enable.auto.offset.store": "false", "group.id": group,
      "enable.partition.eof": "false",
    ])
    client = try configuration.makeClient(RD_KAFKA_CONSUMER, observer: observer)
    answers = KafkaAnswerQueue(client)
    try check(rd_kafka_poll_set_consumer(client.pointer), "consumer group \(group)")
    var list = KafkaPartitionList()
    for topic in topics { list.add(topic, CRdkafka_anyPartition, offset: 0) }
    let code = list.withPointer { rd_kafka_subscribe(client.pointer, $0) }
    try check(code, "topics \(topics.joined(separator: ", "))")
  }

  deinit {
    close()
  }

  /// Lends the records that are there, at most `limit`, in order for each partition.
  ///
  /// Calls `rd_kafka_consumer_poll`; also answers the group's coordinator, so it has to be called every few minutes.
  ///
  /// - Parameters:
  ///   - limit: How many records at most.
  ///   - milliseconds: How long to wait for the first one.
  ///   - handler: Called for each record on this thread.
  /// - Returns: How many records were lent.
  public func read(limit: Int, milliseconds: Int32, _ handler: Handler) -> Int {
    var count = 0
    var wait = milliseconds
    lastTopic = nil
    while count < limit, let message = rd_kafka_consumer_poll(client.pointer, wait) {
      defer { rd_kafka_message_destroy(message) }
      wait = 0
      let code = KafkaErrorCode(message.pointee.err)
      guard code == .none, let topic = message.pointee.rkt else {
        errors.append(KafkaError(code: code, text: message.errorText))
        continue
      }
      let name = name(of: topic)
      let record = KafkaMessage(message, topic: 0)
      handler(record, name)
      let place = PartitionName(topic: name, partition: record.partition)
      positions[place] = nextOffset(behind: record.offset)
      count += 1
    }
    return count
  }

  /// Commits the offsets behind all that was read since the last commit, and waits for the answer.
  ///
  /// Partitions that are another member's by now are left to it, which may be further. Calls `rd_kafka_commit_queue`.
  ///
  /// - Parameter shouldGiveUp: Asked every now and then while no answer comes, as while all brokers are away.
  /// - Throws: `KafkaError`, with `.timedOut` if it was given up; then nothing is known to be committed, and the records
  ///   may come again, to this member or another. The next call commits them as well.
  public func commit(shouldGiveUp: () -> Bool = { false }) throws(KafkaError) {
    let mine = assignment
    positions = positions.filter { mine.contains($0.key) }
    guard !positions.isEmpty else { return }
    var list = KafkaPartitionList()
    for (name, offset) in positions { list.add(name.topic, name.partition, offset: offset) }
    // The answer to one that was given up may come later, and is told from others by its number.
    commits &+= 1
    let number = UnsafeMutableRawPointer(bitPattern: commits)
    let code = list.withPointer {
      rd_kafka_commit_queue(client.pointer, $0, answers.pointer, nil, number)
    }
    try check(code, "commit of offsets")
    while try !isCommitted(number) {
      if shouldGiveUp() { throw KafkaError(code: .timedOut, text: "commit of offsets: no answer") }
    }
    positions.removeAll(keepingCapacity: true)
  }

  /// Waits a little for the answer to a commit; whether it has come.
  private func isCommitted(_ number: UnsafeMutableRawPointer?) throws(KafkaError) -> Bool {
    guard let event = rd_kafka_queue_poll(answers.pointer, 100) else { return false }
    defer { rd_kafka_event_destroy(event) }
    guard rd_kafka_event_type(event) == RD_KAFKA_EVENT_OFFSET_COMMIT,
      rd_kafka_event_opaque(event) == number
    else { return false }
    try check(rd_kafka_event_error(event), "commit of offsets")
    guard let list = rd_kafka_event_topic_partition_list(event) else { return true }
    for answer in KafkaPartitionList.answers(of: list) where answer.error != .none {
      throw KafkaError(code: answer.error, text: "commit of offsets: \(answer.error)")
    }
    return true
  }

  /// What brokers said in place of records since this was last called.
  public func takeErrors() -> [KafkaError] {
    defer { errors.removeAll() }
    if let error = client.context.takeConnectionError() { errors.append(error) }
    return errors
  }

  /// Lets the partitions that this member has rest, or read on; it stays in the group.
  ///
  /// Goes for those it has now: after a rebalance it has others. Records that have been fetched are fetched again later.
  /// Calls `rd_kafka_pause_partitions` or `rd_kafka_resume_partitions`.
  public func setPaused(_ isPaused: Bool) {
    let change = isPaused ? rd_kafka_pause_partitions : rd_kafka_resume_partitions
    withAssignment { if let list = $0 { _ = change(client.pointer, list) } }
  }

  private var assignment: Set<PartitionName> {
    withAssignment { list in
      guard let list else { return [] }
      let answers = KafkaPartitionList.answers(of: list)
      return Set(answers.map { PartitionName(topic: $0.topic, partition: $0.partition) })
    }
  }

  private func withAssignment<R>(
    _ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) -> R
  ) -> R {
    var list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    _ = rd_kafka_assignment(client.pointer, &list)
    defer { if let list { rd_kafka_topic_partition_list_destroy(list) } }
    return body(list)
  }

  /// Leaves the group, so that its other members need not wait for us to time out; nothing can be read after it.
  ///
  /// Calls `rd_kafka_consumer_close_queue`, for with its coordinator away the library would wait until the session ends.
  ///
  /// - Parameter milliseconds: How long to wait for the coordinator at most.
  public func close(milliseconds: Int64 = 2000) {
    guard !isClosed else { return }
    isClosed = true
    if let error = rd_kafka_consumer_close_queue(client.pointer, answers.pointer) {
      return rd_kafka_error_destroy(error)
    }
    guard !answers.waitForClose(milliseconds: milliseconds) else { return }
    // A client with a commit on its way cannot be freed before it is given up, which takes as long as a session.
    let answers = answers
    _ = try? startThread(name: "kafka-close") { _ = answers.waitForClose(milliseconds: nil) }
  }

  private func name(of topic: OpaquePointer) -> String {
    if let lastTopic, lastTopic.pointer == topic { return lastTopic.name }
    let name = rd_kafka_topic_name(topic).map { String(cString: $0) } ?? ""
    lastTopic = (topic, name)
    return name
  }
}

/// The queue of a client on which its answers to commits and to the goodbye come; keeps the client alive.
final class KafkaAnswerQueue: @unchecked Sendable {  // The library locks.
  private let client: KafkaClient
  let pointer: OpaquePointer

  init(_ client: KafkaClient) {
    self.client = client
    pointer = rd_kafka_queue_new(client.pointer)
  }

  deinit {
    rd_kafka_queue_destroy(pointer)
  }

  /// Serves the queue until the client has left its group; whether it has within the time, which may have no end.
  func waitForClose(milliseconds: Int64?) -> Bool {
    let deadline = milliseconds.map { monotonicNanoseconds() + $0 * 1_000_000 }
    while rd_kafka_consumer_closed(client.pointer) == 0 {
      if let deadline, monotonicNanoseconds() > deadline { return false }
      if let event = rd_kafka_queue_poll(pointer, 10) { rd_kafka_event_destroy(event) }
    }
    return true
  }
}
