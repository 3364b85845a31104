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
      let reason = client.reason()
      if isEarly, !client.context.areAllDown {
        nextLook = now
      } else {
        unanswered(error, reason)
      }
    }
  }

  /// What the brokers said of one topic.
  private typealias Listing = KafkaClusterDescription.Topic

  /// All topics when a subscription matches by name, else only those that are named.
  private func listTopics(milliseconds: Int32) throws(KafkaError) -> [Listing] {
    let asksForAll = subscriptions.contains { subscription in
      if case .matching = subscription.topics { true } else { false }
    }
    var found: [Listing] = []
    for handle in asksForAll ? [nil] : handles.map(Optional.some) {
      found += try client.withMetadata(of: handle, "list of topics", milliseconds: milliseconds) {
        $0.topicList
      }
    }
    return found
  }

  private func answered() {
    lastAnswer = monotonicNanoseconds()
    failedLooks = 0
    connection = .connected
    client.context.forgetErrors()
  }

  /// A request without an answer may have met the one broker of many that is frozen, so patience comes
  /// first; that there was no broker to send it to is plain.
  private func unanswered(_ error: KafkaError, _ reason: KafkaError?) {
    failedLooks += 1
    let silence = monotonicNanoseconds() - lastAnswer
    switch connection {
    case .connecting where reason != nil, .unreachable,
      _ where error.code == .transport && reason != nil,
      _ where silence >= discovery.patience.nanoseconds:
      connection = .unreachable(reason ?? error)
    default:
      break
    }
  }

  private func note(_ listing: Listing) {
    let known = places[listing.name]
    guard let subscription = subscriptions.firstIndex(where: { $0.includes(listing.name) }) else {
      return
    }
    guard listing.error == nil, listing.partitions > 0 else {
      guard let known else { return }
      let isMissing = listing.error?.code.isMissing == true
      topics[known].error = isMissing ? nil : listing.error ?? KafkaError(code: .none)
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
    let listed = Set(found.lazy.filter { $0.error?.code.isMissing != true }.map(\.name))
    for index in topics.indices where topics[index].isPresent {
      guard !listed.contains(topics[index].name) else { continue }
      topics[index].timesMissing += 1
      guard topics[index].timesMissing >= 2 else { continue }
      stopReading(topic: index)
      topics[index].isPresent = false
      events.append(.topicGone(topic: index))
    }
  }

  /// Makes a place for a topic, and the library's handle of it.
  func add(_ name: String, subscription: Int) throws(KafkaError) -> Int {
    if let known = places[name] { return known }
    handles.append(try client.makeTopic(name, index: topics.count))
    topics.append(KafkaTopic(name: name, subscription: subscription))
    places[name] = topics.count - 1
    return topics.count - 1
  }
}
