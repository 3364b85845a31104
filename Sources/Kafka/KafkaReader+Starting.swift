internal import CRdkafka

/// Where to begin, begin, begin again, and stop.
extension KafkaReader {
  /// A partition that waits for its first offset.
  private struct Waiting {
    let topic: Int
    let partition: Int
    var low: Int64 = 0
    var high: Int64 = 0
    /// First record of the time asked for; negative when there is none or none was asked for.
    var timed: Int64 = -1

    func firstOffset(of partition: KafkaPartition, _ start: KafkaSubscription.Start) -> Int64 {
      func last(_ count: Int64) -> Int64 {
        min(high, max(low, high.subtractingReportingOverflow(count).partialValue))
      }
      switch partition.plan {
      case .beginning, .afterLoss: return low
      case .resume:
        let isThere = low <= partition.position && partition.position <= high
        return isThere ? partition.position : low
      case .subscription: break
      }
      switch start {
      case .beginning: return low
      case .end: return high
      case .last(let count): return last(max(0, count))
      case .since(_, let count): return timed >= 0 ? timed : last(max(0, count))
      }
    }
  }

  /// Starts every partition whose offsets the brokers tell; the others wait for the next look.
  func startFound() {
    for (index, subscription) in subscriptions.enumerated() {
      var waiting = found(subscription: index)
      guard !waiting.isEmpty else { continue }
      do {
        try ask(&waiting, KafkaClient.OffsetTime.beginning) { $0.low = $1 }
        try ask(&waiting, KafkaClient.OffsetTime.end) { $0.high = $1 }
        if case .since(let milliseconds, _) = subscription.start {
          try ask(&waiting, max(0, milliseconds)) { $0.timed = $1 }
        }
      } catch {
        for entry in waiting { topics[entry.topic].partitions[entry.partition].error = error }
        continue
      }
      for entry in waiting { start(entry, subscription.start) }
    }
  }

  private func found(subscription: Int) -> [Waiting] {
    var waiting: [Waiting] = []
    for (index, topic) in topics.enumerated()
    where topic.isPresent && topic.subscription == subscription {
      for (partition, state) in topic.partitions.enumerated() where state.state == .found {
        waiting.append(Waiting(topic: index, partition: partition))
      }
    }
    return waiting
  }

  /// Fills in an offset, and leaves out the partitions that were not answered.
  private func ask(
    _ waiting: inout [Waiting],
    _ time: Int64,
    _ store: (inout Waiting, Int64) -> Void
  ) throws(KafkaError) {
    let answers = try client.offsets(
      waiting.map { (topics[$0.topic].name, Int32($0.partition)) },
      at: time,
      milliseconds: discovery.timeout.milliseconds
    )
    var answered: [Waiting] = []
    // The library may sort the list: match by name and number.
    for var entry in waiting {
      let name = topics[entry.topic].name
      let found = answers.first { $0.partition == entry.partition && $0.topic == name }
      guard let answer = found else { continue }
      guard answer.error == .none else {
        topics[entry.topic].partitions[entry.partition].error = KafkaError(code: answer.error)
        continue
      }
      store(&entry, answer.offset)
      answered.append(entry)
    }
    waiting = answered
  }

  private func start(_ entry: Waiting, _ start: KafkaSubscription.Start) {
    let number = Int32(entry.partition)
    var partition = topics[entry.topic].partitions[entry.partition]
    let offset = entry.firstOffset(of: partition, start)
    if partition.plan == .resume, offset != partition.position {
      let position = partition.position
      events.append(.offsetLost(topic: entry.topic, partition: number, offset: position))
    }
    if partition.hasBegun {
      let passed = max(0, offset.subtractingReportingOverflow(partition.position).partialValue)
      partition.missed = partition.missed.addingReportingOverflow(passed).partialValue
      // Not twice, should the start fail and be tried again.
      partition.position = max(partition.position, offset)
    }
    let queue = self.queue(of: entry.topic, number, hasPast: offset < entry.high)
    guard rd_kafka_consume_start_queue(handles[entry.topic], number, offset, queue) == 0 else {
      partition.error = KafkaError(code: KafkaErrorCode(rd_kafka_last_error()))
      topics[entry.topic].partitions[entry.partition] = partition
      return
    }
    partition.state = .reading
    partition.hasBegun = true
    partition.error = nil
    partition.position = offset
    partition.end = max(offset, entry.high)
    partition.historyEnd = entry.high
    partition.isHistoryRead = offset >= entry.high
    topics[entry.topic].partitions[entry.partition] = partition
    events.append(.started(topic: entry.topic, partition: number, offset: offset))
  }

  /// Stops a partition whose offset is gone; the next look begins it at what there is.
  func restart(topic: Int, partition: Int32) {
    rd_kafka_consume_stop(handles[topic], partition)
    let offset = topics[topic].partitions[Int(partition)].position
    topics[topic].partitions[Int(partition)].state = .found
    topics[topic].partitions[Int(partition)].plan = .afterLoss
    events.append(.offsetLost(topic: topic, partition: partition, offset: offset))
    nextLook = 0
  }

  func stopReading(topic: Int) {
    for partition in topics[topic].partitions.indices {
      if topics[topic].partitions[partition].state == .reading {
        rd_kafka_consume_stop(handles[topic], Int32(partition))
      }
      topics[topic].partitions[partition].state = .gone
    }
  }

  /// Asks the library for the ends that it learnt with the records; costs no request.
  ///
  /// Calls `rd_kafka_get_watermark_offsets`.
  public func refreshEnds() {
    for topic in topics.indices {
      for partition in topics[topic].partitions.indices
      where topics[topic].partitions[partition].state == .reading {
        var (low, high): (Int64, Int64) = (0, 0)
        let (name, number) = (rd_kafka_topic_name(handles[topic]), Int32(partition))
        let code = rd_kafka_get_watermark_offsets(client.pointer, name, number, &low, &high)
        let position = topics[topic].partitions[partition].position
        guard code.rawValue == 0, high >= 0 else { continue }
        topics[topic].partitions[partition].end = max(position, high)
      }
    }
  }
}
