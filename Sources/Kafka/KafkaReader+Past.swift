internal import CRdkafka

/// A partition whose past is read through a queue of its own.
struct PastLane {
  let topic: Int
  let partition: Int32
  let queue: OpaquePointer
  /// Whether its past is still to be read; afterwards it flows into the queue of all.
  var isOpen = true
  /// How far it has been read, by the records' own times.
  var milliseconds = Int64.min
}

/// Reading what was there before: of all partitions the one whose records are the oldest goes on first.
///
/// So partitions are read side by side in the order of time, and who merges their records has to keep few of them,
/// however many there are. The library keeps what it has fetched of the others: `queued.max.messages.kbytes` of each.
extension KafkaReader {
  /// Whether the past of some partition is still to be read.
  var isReadingPast: Bool { lanes.contains { $0.isOpen } }

  /// The queue by which a partition is to be read.
  func queue(of topic: Int, _ partition: Int32, hasPast: Bool) -> OpaquePointer {
    if let lane = lanes.first(where: { $0.topic == topic && $0.partition == partition }) {
      return lane.queue
    }
    guard hasPast, let own = rd_kafka_queue_new(client.pointer) else { return queue }
    lanes.append(PastLane(topic: topic, partition: partition, queue: own))
    return own
  }

  /// Lends what is new in any partition, and records of the one that is the furthest behind and has some.
  func readPast(milliseconds: Int32, _ body: Handler) -> Int {
    var lent = receive(from: queue, milliseconds: 0, body) ?? 0
    let open = lanes.indices.filter { lanes[$0].isOpen }
      .sorted { lanes[$0].milliseconds < lanes[$1].milliseconds }
    var patience = lent > 0 ? 0 : milliseconds
    for place in open {
      if let count = receive(from: lanes[place].queue, milliseconds: patience, body) {
        lent += count
        if count > 0, let time = lastMilliseconds { lanes[place].milliseconds = time }
        break
      }
      // One that does not answer holds up none of the others.
      patience = 0
    }
    for place in open { closeIfRead(place) }
    return lent
  }

  /// Lets a partition flow into the queue of all once its past is read.
  private func closeIfRead(_ place: Int) {
    let lane = lanes[place]
    let partition = topics[lane.topic].partitions[Int(lane.partition)]
    guard partition.isHistoryRead || partition.state == .gone else { return }
    lanes[place].isOpen = false
    rd_kafka_queue_forward(lane.queue, queue)
  }
}
