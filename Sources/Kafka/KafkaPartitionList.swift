internal import CRdkafka

/// A partition among those of all topics.
struct PartitionName: Hashable {
  let topic: String
  let partition: Int32
}

/// Partitions with an offset and an error each.
///
/// Owns an `rd_kafka_topic_partition_list_t`.
struct KafkaPartitionList: ~Copyable {
  /// What a request answered for one partition.
  struct Answer {
    let topic: String
    let partition: Int32
    let offset: Int64
    let error: KafkaErrorCode
  }

  private let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  init() {
    pointer = rd_kafka_topic_partition_list_new(8)
  }

  deinit {
    rd_kafka_topic_partition_list_destroy(pointer)
  }

  mutating func add(_ topic: String, _ partition: Int32, offset: Int64) {
    rd_kafka_topic_partition_list_add(pointer, topic, partition).pointee.offset = offset
  }

  var answers: [Answer] { Self.answers(of: pointer) }

  func withPointer<R>(_ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> R) -> R {
    body(pointer)
  }

  static func answers(of list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> [Answer] {
    UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt)).map { element in
      Answer(
        topic: element.topic.map { String(cString: $0) } ?? "",
        partition: element.partition,
        offset: element.offset,
        error: KafkaErrorCode(element.err)
      )
    }
  }
}

extension KafkaClient {
  /// The first offset at or after a time, per partition, in few requests to each broker.
  ///
  /// Calls `rd_kafka_offsets_for_times`, which hands the times on as they are: `beginning` and `end`
  /// are the protocol's own names for the first and the next offset.
  ///
  /// - Throws: `KafkaError` when no partition was answered; errors of some partitions are in the answers.
  func offsets(
    _ partitions: [(topic: String, partition: Int32)],
    at time: Int64,
    milliseconds: Int32
  ) throws(KafkaError) -> [KafkaPartitionList.Answer] {
    var answers: [KafkaPartitionList.Answer] = []
    // The library looks through the whole list for each answer: a few short lists are faster than a long one.
    for start in stride(from: 0, to: partitions.count, by: 256) {
      var list = KafkaPartitionList()
      for entry in partitions[start..<min(start + 256, partitions.count)] {
        list.add(entry.topic, entry.partition, offset: time)
      }
      try check(
        list.withPointer { rd_kafka_offsets_for_times(pointer, $0, milliseconds) },
        "offsets of \(partitions[start].topic)"
      )
      answers += list.answers
    }
    return answers
  }

  /// The times that are none; all others are milliseconds since 1970 UTC.
  enum OffsetTime {
    static let beginning = Int64(RD_KAFKA_OFFSET_BEGINNING)
    static let end = Int64(RD_KAFKA_OFFSET_END)
  }
}
