internal import CRdkafka
internal import System

/// Finding topics and partitions, and knowing whether the brokers answer.
extension KafkaReader {
  /// Asks the brokers for topics, starts what is found and stops what is gone.
  ///
  /// The first looks are short, so that brokers which all refuse are told at once; until the time of a
  /// whole look has passed, no more than that is made of them.
  func discover() {
    let now = monotonicNanoseconds()
    let timeout = discovery.timeout.milliseconds
    let isEarly = connection == .connecting && now - lastAnswer < Int64(timeout) * 1_000_000
    nextLook = now + discovery.interval.nanoseconds
    do {
      let found = try listTopics(milliseconds: isEarly ? min(timeout, 500) : timeout)
      answered()
      for index in found.indices { note(found[index]) }
      forgetMissing(found)
      startFound()
      hasDiscovered = true
    } catch {
      client.serve()
      // The library tells a reason once, and leaves out what repeats it.
      if let reason = client.context.takeConnectionError() { lastReason = reason }
      if isEarly, !client.context.areAllDown {
        nextLook = now
      } else {
        unanswered(error)
      }
    }
  }

  /// What the brokers said of one topic.
  struct Listing {
    let name: String
    let partitions: Int
    let error: KafkaErrorCode
  }

  /// All topics when a subscription matches by name, else only those that are named.
  private func listTopics(milliseconds: Int32) throws(KafkaError) -> [Listing] {
    let asksForAll = subscriptions.contains { subscription in
      if case .matching = subscription.topics { true } else { false }
    }
    if asksForAll { return try client.listTopics(milliseconds: milliseconds) }
    var found: [Listing] = []
    for handle in handles {
      found += try client.listTopics(only: handle, milliseconds: milliseconds)
    }
    return found
  }

  private func answered() {
    lastAnswer = monotonicNanoseconds()
    failedLooks = 0
    connection = .connected
    client.context.forgetErrors()
    lastReason = nil
  }

  /// A request without an answer may have met the one broker of many that is frozen, so patience comes
  /// first; that there was no broker to send it to is plain.
  private func unanswered(_ error: KafkaError) {
    failedLooks += 1
    let silence = monotonicNanoseconds() - lastAnswer
    switch connection {
    case .connecting where lastReason != nil, .unreachable,
      _ where error.code == .transport && lastReason != nil,
      _ where silence >= discovery.patience.nanoseconds:
      connection = .unreachable(lastReason ?? error)
    default:
      break
    }
  }

  private func note(_ listing: Listing) {
    let known = topics.firstIndex { $0.name == listing.name }
    guard let subscription = subscriptions.firstIndex(where: { $0.includes(listing.name) }) else {
      return
    }
    guard listing.error == .none, listing.partitions > 0 else {
      guard let known else { return }
      let isMissing = listing.error == .unknownTopicOrPartition || listing.error == .unknownTopic
      topics[known].error = isMissing ? nil : KafkaError(code: listing.error)
      return
    }
    do {
      let index = try known ?? add(listing.name, subscription: subscription)
      appear(index, partitions: listing.partitions)
    } catch {
      // A name that the library refuses cannot be read; the brokers would not have it either.
      return
    }
  }

  private func appear(_ index: Int, partitions count: Int) {
    topics[index].error = nil
    topics[index].timesMissing = 0
    if !topics[index].isPresent {
      topics[index].isPresent = true
      events.append(.topicFound(topic: index))
      for partition in topics[index].partitions.indices {
        topics[index].partitions[partition].state = .found
        topics[index].partitions[partition].plan = .resume
      }
    }
    let added = count - topics[index].partitions.count
    guard added > 0 else { return }
    var partition = KafkaPartition()
    if !topics[index].partitions.isEmpty {
      partition.plan = .beginning
      events.append(.partitionsAdded(topic: index, count: added))
    } else if hasDiscovered, subscriptions[topics[index].subscription].start == .end {
      // What was made while we watched is new from its first record.
      partition.plan = .beginning
    }
    topics[index].partitions += Array(repeating: partition, count: added)
  }

  private func forgetMissing(_ found: [Listing]) {
    for index in topics.indices where topics[index].isPresent {
      let isListed = found.contains { listing in
        listing.name == topics[index].name && listing.error != .unknownTopicOrPartition
          && listing.error != .unknownTopic
      }
      guard !isListed else { continue }
      topics[index].timesMissing += 1
      guard topics[index].timesMissing >= 2 else { continue }
      stopReading(topic: index)
      topics[index].isPresent = false
      events.append(.topicGone(topic: index))
    }
  }

  /// Makes a place for a topic, and the library's handle of it.
  func add(_ name: String, subscription: Int) throws(KafkaError) -> Int {
    if let known = topics.firstIndex(where: { $0.name == name }) { return known }
    handles.append(try client.makeTopic(name, index: topics.count))
    topics.append(KafkaTopic(name: name, subscription: subscription))
    return topics.count - 1
  }
}

extension KafkaClient {
  /// Calls `rd_kafka_metadata`, for one topic or for all.
  func listTopics(
    only topic: OpaquePointer? = nil,
    milliseconds: Int32
  ) throws(KafkaError) -> [KafkaReader.Listing] {
    var metadata: UnsafePointer<rd_kafka_metadata>?
    try check(
      rd_kafka_metadata(pointer, topic == nil ? 1 : 0, topic, &metadata, milliseconds),
      "list of topics"
    )
    guard let metadata else { return [] }
    defer { rd_kafka_metadata_destroy(metadata) }
    let topics = UnsafeBufferPointer(
      start: metadata.pointee.topics,
      count: Int(metadata.pointee.topic_cnt)
    )
    return topics.map { topic in
      KafkaReader.Listing(
        name: topic.topic.map { String(cString: $0) } ?? "",
        partitions: Int(topic.partition_cnt),
        error: KafkaErrorCode(topic.err)
      )
    }
  }
}
