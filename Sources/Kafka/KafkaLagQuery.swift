internal import CRdkafka
internal import System

/// Asks how far a consumer group is behind, without ever being a member of it or of any other.
///
/// Has a client of its own, and blocks: it belongs to one thread, apart from the readers'.
public final class KafkaLagQuery {
  private let client: KafkaClient
  private let group: String
  private var times: KafkaRecordTimes

  /// Makes a client; it connects in the background.
  ///
  /// - Parameters:
  ///   - group: The consumer group; one that does not exist has no commits.
  ///   - properties: librdkafka's, by its own names; those that would join a group are overruled.
  ///   - observer: Gets the library's log.
  /// - Throws: `KafkaError` naming the property that was refused.
  public init(
    group: String,
    _ properties: [String: String],
    observer: KafkaObserver = KafkaObserver()
  ) throws(KafkaError) {
    // A client without a group of its own follows a null pointer when the answer is "not coordinator"
    // (librdkafka issue 5040). One that has a group and subscribes to nothing never joins it.
    let own = KafkaRecordTimes.properties.merging(["group.id": group]) { $1 }
    let configuration = try KafkaConfiguration.watching(properties, own: own)
    self.group = group
    client = try configuration.makeClient(RD_KAFKA_CONSUMER, observer: observer)
    times = KafkaRecordTimes(client: client)
  }

  /// Figures of every partition of some topics, by topic and number; a topic that does not exist has none.
  ///
  /// The commits are asked for before the ends, so that a lag cannot be negative.
  ///
  /// - Parameters:
  ///   - topics: Names of topics.
  ///   - milliseconds: For each of the five requests at most.
  /// - Returns: Nothing when none of the topics exists.
  /// - Throws: `KafkaError` when the brokers do not answer, or do not let us see the group
  ///   (`code.isAuthorization`).
  public func lag(
    of topics: [String],
    milliseconds: Int32 = 3000
  ) throws(KafkaError) -> [KafkaPartitionLag] {
    client.serve()
    do {
      var lags = try partitions(of: topics, milliseconds)
      guard !lags.isEmpty else { return [] }
      try commits(of: &lags, milliseconds)
      let partitions = lags.map { ($0.topic, $0.partition) }
      for (time, end) in [
        (KafkaClient.OffsetTime.beginning, \KafkaPartitionLag.low),
        (KafkaClient.OffsetTime.end, \.high),
      ] {
        for answer in try client.offsets(partitions, at: time, milliseconds: milliseconds) {
          lags.update(with: answer) { $0[keyPath: end] = $1 }
        }
      }
      times.find(for: &lags, milliseconds: milliseconds)
      client.context.forgetErrors()
      return lags
    } catch {
      // Where an error only says that there is no answer.
      let reason = client.reason()
      let isSilence = error.code == .timedOut || error.code == .transport
      throw isSilence ? reason ?? error : error
    }
  }

  private func partitions(
    of topics: [String],
    _ milliseconds: Int32
  ) throws(KafkaError) -> [KafkaPartitionLag] {
    var lags: [KafkaPartitionLag] = []
    for topic in topics {
      let handle = try client.makeTopic(topic)
      defer { rd_kafka_topic_destroy(handle) }
      let found = try client.withMetadata(of: handle, "list of topics", milliseconds: milliseconds)
      {
        $0.topicList
      }
      for listing in found where listing.error?.code.isMissing != true {
        if let code = listing.error?.code {
          try check(rd_kafka_resp_err_t(code.rawValue), "topic \(topic)")
        }
        lags += (0..<listing.partitions).map {
          KafkaPartitionLag(topic: topic, partition: Int32($0))
        }
      }
    }
    return lags
  }

  /// Asks again, as long as the time allows, while the brokers settle who keeps the group's commits.
  private func commits(of lags: inout [KafkaPartitionLag], _ milliseconds: Int32) throws(KafkaError)
  {
    let deadline = monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
    while true {
      do {
        return try client.commits(ofGroup: group, of: &lags, milliseconds)
      } catch {
        guard error.code.isOfMovingCoordinator, monotonicNanoseconds() < deadline else {
          throw error
        }
        client.serve(milliseconds: 100)
      }
    }
  }
}

extension [KafkaPartitionLag] {
  /// Hands the offset of an answer to the partition it is about, or leaves its error there.
  mutating func update(
    with answer: KafkaPartitionList.Answer,
    _ store: (inout KafkaPartitionLag, Int64) -> Void
  ) {
    let place = firstIndex { $0.partition == answer.partition && $0.topic == answer.topic }
    guard let index = place else { return }
    if answer.error != .none {
      self[index].error = KafkaError(code: answer.error)
    } else {
      store(&self[index], answer.offset)
    }
  }
}

extension KafkaClient {
  /// The offsets that a group committed.
  ///
  /// Calls `rd_kafka_ListConsumerGroupOffsets`, which joins nothing.
  fileprivate func commits(
    ofGroup group: String,
    of lags: inout [KafkaPartitionLag],
    _ milliseconds: Int32
  ) throws(KafkaError) {
    var list = KafkaPartitionList()
    let none = Int64(RD_KAFKA_OFFSET_INVALID)
    for lag in lags { list.add(lag.topic, lag.partition, offset: none) }
    var request = list.withPointer { rd_kafka_ListConsumerGroupOffsets_new(group, $0) }
    defer { rd_kafka_ListConsumerGroupOffsets_destroy(request) }
    let options = rd_kafka_AdminOptions_new(pointer, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS)
    defer { rd_kafka_AdminOptions_destroy(options) }
    _ = textFilled { rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, $0, $1) }
    let queue = rd_kafka_queue_new(pointer)
    defer { rd_kafka_queue_destroy(queue) }
    rd_kafka_ListConsumerGroupOffsets(pointer, &request, 1, options, queue)
    guard let event = rd_kafka_queue_poll(queue, milliseconds &+ 500) else {
      throw KafkaError(code: .timedOut, text: "offsets of group \(group)")
    }
    defer { rd_kafka_event_destroy(event) }
    try check(rd_kafka_event_error(event), "offsets of group \(group)")
    var count = 0
    guard let result = rd_kafka_event_ListConsumerGroupOffsets_result(event),
      let groups = rd_kafka_ListConsumerGroupOffsets_result_groups(result, &count)
    else { return }
    for entry in UnsafeBufferPointer(start: groups, count: count) {
      guard let entry else { continue }
      if let error = rd_kafka_group_result_error(entry) {
        // The result owns this error.
        try check(rd_kafka_error_code(error), "offsets of group \(group)")
      }
      guard let list = rd_kafka_group_result_partitions(entry) else { continue }
      for answer in KafkaPartitionList.answers(of: list) {
        lags.update(with: answer) { $0.committed = $1 >= 0 ? $1 : nil }
      }
    }
  }
}
