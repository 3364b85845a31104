internal import CRdkafka
internal import System

/// An offset whose record is wanted.
public struct KafkaRecordPlace: Hashable, Sendable {
  public var topic: String
  public var partition: Int32
  public var offset: Int64

  public init(topic: String, partition: Int32, offset: Int64) {
    self.topic = topic
    self.partition = partition
    self.offset = offset
  }
}

/// What was found at an offset.
public enum KafkaRecordTime: Equatable, Sendable {
  /// The first record from there on, and its timestamp in milliseconds since 1970 UTC; nil when it has none.
  case record(offset: Int64, milliseconds: Int64?)
  /// No record before this end: nothing at all, or markers of transactions.
  case end(Int64)
}

/// Reads the timestamps of single records.
struct KafkaRecordTimes {
  /// One small fetch for each partition and no more.
  static let properties = [
    "fetch.message.max.bytes": "16384",
    "fetch.wait.max.ms": "10",
    "queued.min.messages": "1",
  ]

  let client: KafkaClient

  /// Looks at each place; one partition is looked at once at a time, so the other offsets of it are not.
  func find(_ places: [KafkaRecordPlace], milliseconds: Int32) -> [KafkaRecordTime?] {
    var found = [KafkaRecordTime?](repeating: nil, count: places.count)
    var wanted: [PartitionName: Int] = [:]
    for (index, place) in places.enumerated() {
      let name = PartitionName(topic: place.topic, partition: place.partition)
      if wanted[name] == nil { wanted[name] = index }
    }
    guard !wanted.isEmpty else { return found }
    let queue = rd_kafka_queue_new(client.pointer)
    let handles = start(wanted, places, queue)
    defer {
      for (place, handle) in handles {
        rd_kafka_consume_stop(handle, place.partition)
        rd_kafka_topic_destroy(handle)
      }
      rd_kafka_queue_destroy(queue)
    }
    let deadline = monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
    while !wanted.isEmpty {
      let left = (deadline - monotonicNanoseconds()) / 1_000_000
      guard left > 0, let message = rd_kafka_consume_queue(queue, Int32(clamping: left)) else {
        break
      }
      defer { rd_kafka_message_destroy(message) }
      guard let handle = message.pointee.rkt, let name = rd_kafka_topic_name(handle) else {
        continue
      }
      let place = PartitionName(topic: String(cString: name), partition: message.pointee.partition)
      guard let index = wanted.removeValue(forKey: place) else { continue }
      switch KafkaErrorCode(message.pointee.err) {
      case .none:
        let record = KafkaMessage(message, topic: 0)
        found[index] = .record(offset: record.offset, milliseconds: record.milliseconds)
      case .partitionEnd: found[index] = .end(message.pointee.offset)
      default: break
      }
    }
    return found
  }

  private func start(
    _ wanted: [PartitionName: Int],
    _ places: [KafkaRecordPlace],
    _ queue: OpaquePointer?
  ) -> [(place: PartitionName, handle: OpaquePointer)] {
    var handles: [(place: PartitionName, handle: OpaquePointer)] = []
    for (place, index) in wanted {
      guard let handle = try? client.makeTopic(place.topic) else { continue }
      let offset = places[index].offset
      if rd_kafka_consume_start_queue(handle, place.partition, offset, queue) == 0 {
        handles.append((place, handle))
      } else {
        rd_kafka_topic_destroy(handle)
      }
    }
    return handles
  }
}
