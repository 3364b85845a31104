internal import CRdkafka
internal import System

/// Reads the timestamp of single records: the first one that a group has not done with.
struct KafkaRecordTimes {
  /// One small fetch for each partition and no more.
  static let properties = [
    "fetch.message.max.bytes": "16384",
    "fetch.wait.max.ms": "10",
    "queued.min.messages": "1",
  ]

  private let client: KafkaClient
  /// What was read last, so that a group that stands still costs no fetch.
  private var known: [PartitionName: (offset: Int64, milliseconds: Int64?)] = [:]

  init(client: KafkaClient) {
    self.client = client
  }

  /// Fills in `oldestMilliseconds` of the partitions that are behind, as far as the time allows.
  mutating func find(for lags: inout [KafkaPartitionLag], milliseconds: Int32) {
    var wanted: [PartitionName: Int] = [:]
    for index in lags.indices {
      guard let behind = lags[index].recordsBehind, behind > 0 else { continue }
      let place = PartitionName(topic: lags[index].topic, partition: lags[index].partition)
      if let last = known[place], last.offset == lags[index].offsetToRead {
        lags[index].oldestMilliseconds = last.milliseconds
      } else {
        wanted[place] = index
      }
    }
    guard !wanted.isEmpty else { return }
    let queue = rd_kafka_queue_new(client.pointer)
    let handles = start(wanted, lags, queue)
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
      guard left > 0 else { return }
      guard let message = rd_kafka_consume_queue(queue, Int32(clamping: left)) else { return }
      defer { rd_kafka_message_destroy(message) }
      guard let handle = message.pointee.rkt, let name = rd_kafka_topic_name(handle) else {
        continue
      }
      let place = PartitionName(topic: String(cString: name), partition: message.pointee.partition)
      guard let index = wanted.removeValue(forKey: place) else { continue }
      guard message.pointee.err.rawValue == 0 else { continue }
      lags[index].oldestMilliseconds = KafkaMessage(message, topic: 0).milliseconds
      known[place] = (lags[index].offsetToRead, lags[index].oldestMilliseconds)
    }
  }

  private func start(
    _ wanted: [PartitionName: Int],
    _ lags: [KafkaPartitionLag],
    _ queue: OpaquePointer?
  ) -> [(place: PartitionName, handle: OpaquePointer)] {
    var handles: [(place: PartitionName, handle: OpaquePointer)] = []
    for (place, index) in wanted {
      guard let handle = try? client.makeTopic(place.topic) else { continue }
      let offset = lags[index].offsetToRead
      if rd_kafka_consume_start_queue(handle, place.partition, offset, queue) == 0 {
        handles.append((place, handle))
      } else {
        rd_kafka_topic_destroy(handle)
      }
    }
    return handles
  }
}

extension KafkaPartitionLag {
  /// Where the group goes on: what was deleted before it came there is skipped.
  fileprivate var offsetToRead: Int64 { max(committed ?? 0, low) }
}
