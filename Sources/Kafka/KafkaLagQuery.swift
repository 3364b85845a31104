internal import CRdkafka
internal import System

/// Asks how far consumer groups are behind, without ever being a member of one.
///
/// Has two clients of its own, one for each isolation level, and blocks: it belongs to one thread, apart from the
/// readers'.
public final class KafkaLagQuery {
  /// Reads what is uncommitted too, so its ends are high watermarks.
  private let client: KafkaClient
  /// Reads what is committed, so its ends are last stable offsets.
  private let stableClient: KafkaClient
  private let records: KafkaRecordTimes
  private let stableRecords: KafkaRecordTimes
  /// The partitions of topics that were asked for, and when they are to be listed again.
  private var listed: [[String]: (partitions: [KafkaPartitionEnds], until: Int64)] = [:]

  /// Whether the brokers know questions about groups; nil before they were asked.
  private var knowsGroups: Bool?

  /// How long a list of partitions serves, in nanoseconds.
  private static let listLifetime: Int64 = 30_000_000_000

  /// Makes the clients; they connect in the background.
  ///
  /// - Parameters:
  ///   - properties: librdkafka's, by its own names; those that would join a group are overruled.
  ///   - observer: Gets the library's log.
  /// - Throws: `KafkaError` naming the property that was refused.
  public init(
    _ properties: [String: String],
    observer: KafkaObserver = KafkaObserver()
  ) throws(KafkaError) {
    func made(_ own: [String: String]) throws(KafkaError) -> KafkaClient {
      let own = KafkaRecordTimes.properties.merging(own) { $1 }
      return try KafkaConfiguration.watching(properties, own: own)
        .makeClient(RD_KAFKA_CONSUMER, observer: observer)
    }
    // A client without a group of its own follows a null pointer when the answer is "not coordinator"
    // (librdkafka issue 5040). One that has a group and subscribes to nothing never joins it.
    client = try made(["group.id": "egtop", "isolation.level": "read_uncommitted"])
    stableClient = try made(["isolation.level": "read_committed"])
    records = KafkaRecordTimes(client: client)
    stableRecords = KafkaRecordTimes(client: stableClient)
  }

  /// What some groups committed, and where the partitions of some topics begin and end.
  ///
  /// The commits are asked for before the ends, so that a lag cannot be negative.
  ///
  /// - Parameters:
  ///   - groups: Those that do not exist have no commits.
  ///   - topics: Names of topics.
  ///   - milliseconds: For each of the requests at most.
  /// - Returns: No partitions when none of the topics exists. What is not known of a group or a partition has its error.
  /// - Throws: `KafkaError` when the brokers do not answer.
  public func look(
    at groups: [String],
    of topics: [String],
    milliseconds: Int32 = 3000
  ) throws(KafkaError) -> KafkaLagLook {
    client.serve()
    stableClient.serve()
    do {
      var partitions = try partitions(of: topics, milliseconds)
      var look = KafkaLagLook(partitions: [], groups: [])
      guard !partitions.isEmpty else { return look }
      look.groups = try client.commits(of: groups, on: partitions, milliseconds)
      try ends(of: &partitions, milliseconds)
      look.partitions = partitions
      client.context.forgetErrors()
      return look
    } catch {
      listed = [:]
      // Where an error only says that there is no answer.
      let reason = client.reason()
      let isSilence = error.code == .timedOut || error.code == .transport
      throw isSilence ? reason ?? error : error
    }
  }

  /// The records that are next to some offsets, as far as the time allows.
  ///
  /// - Parameters:
  ///   - places: Where to look.
  ///   - isStable: Whether to read committed records only.
  ///   - milliseconds: For all of them.
  /// - Returns: What was found, by the order of `places`; nil for what could not be read in time.
  public func records(
    at places: [KafkaRecordPlace],
    stable isStable: Bool,
    milliseconds: Int32 = 3000
  ) -> [KafkaRecordTime?] {
    (isStable ? stableRecords : records).find(places, milliseconds: milliseconds)
  }

  /// What coordinators say of the members of some groups, in their order.
  ///
  /// Calls `rd_kafka_DescribeConsumerGroups`.
  public func members(of groups: [String], milliseconds: Int32 = 3000) -> [KafkaMembership] {
    // Of a broker that does not know the question the library never answers (2.0.2), and its client never ends.
    if knowsGroups == nil { _ = self.groups(milliseconds: milliseconds) }
    guard knowsGroups == true else { return groups.map { _ in .notTold } }
    return client.members(of: groups, milliseconds)
  }

  /// The names of all groups that we may know of; none where brokers do not tell.
  ///
  /// Calls `rd_kafka_ListConsumerGroups`.
  public func groups(milliseconds: Int32 = 3000) -> [String] {
    let (names, isKnown) = client.groups(milliseconds)
    knowsGroups = isKnown ?? knowsGroups
    return names
  }

  /// The names of all topics; internal ones too.
  ///
  /// - Parameter milliseconds: The longest wait for the answer.
  /// - Returns: Those that we may read of.
  /// - Throws: `KafkaError` when the brokers do not answer.
  public func topics(milliseconds: Int32 = 3000) throws(KafkaError) -> [String] {
    try client.withMetadata("list of topics", milliseconds: milliseconds) { $0.topicList }
      .filter { $0.error == nil }.map(\.name)
  }

  /// Listed anew each half minute, and when the brokers refused something.
  private func partitions(
    of topics: [String],
    _ milliseconds: Int32
  ) throws(KafkaError) -> [KafkaPartitionEnds] {
    let now = monotonicNanoseconds()
    if let known = listed[topics], now < known.until, !known.partitions.isEmpty {
      return known.partitions
    }
    var partitions: [KafkaPartitionEnds] = []
    for listing in try list(topics, milliseconds) where listing.error?.code.isMissing != true {
      if let code = listing.error?.code {
        try check(rd_kafka_resp_err_t(code.rawValue), "topic \(listing.name)")
      }
      partitions += (0..<listing.partitions).map { KafkaPartitionEnds(listing.name, Int32($0)) }
    }
    listed[topics] = (partitions, now + Self.listLifetime)
    return partitions
  }

  /// Asks for one topic by its name, which may be all that we may see; for several in one request.
  private func list(
    _ topics: [String],
    _ milliseconds: Int32
  ) throws(KafkaError) -> [KafkaClusterDescription.Topic] {
    guard topics.count == 1 else {
      let names = Set(topics)
      return try client.withMetadata("list of topics", milliseconds: milliseconds) { $0.topicList }
        .filter { names.contains($0.name) && $0.error == nil }
    }
    let handle = try client.makeTopic(topics[0])
    defer { rd_kafka_topic_destroy(handle) }
    return try client.withMetadata(of: handle, "list of topics", milliseconds: milliseconds) {
      $0.topicList
    }
  }

  private func ends(
    of partitions: inout [KafkaPartitionEnds],
    _ milliseconds: Int32
  ) throws(KafkaError) {
    let names = partitions.map { ($0.topic, $0.partition) }
    let places = PartitionPlaces(partitions)
    typealias End = (KafkaClient, Int64, WritableKeyPath<KafkaPartitionEnds, Int64>)
    // The stable end before the end: it cannot lie behind it then.
    let all: [End] = [
      (client, KafkaClient.OffsetTime.beginning, \.low),
      (stableClient, KafkaClient.OffsetTime.end, \.stable),
      (client, KafkaClient.OffsetTime.end, \.high),
    ]
    for (client, time, end) in all {
      for answer in try client.offsets(names, at: time, milliseconds: milliseconds) {
        guard let place = places[answer] else { continue }
        if answer.error != .none {
          partitions[place].error = KafkaError(code: answer.error)
          // It may have another leader, or none by that number any more.
          listed = [:]
        } else {
          partitions[place][keyPath: end] = answer.offset
        }
      }
    }
  }
}

/// Where a partition lies in a list; the library may sort its answers.
struct PartitionPlaces {
  /// The place of the first partition of each topic.
  private var first: [String: Int] = [:]
  private let partitions: [KafkaPartitionEnds]

  init(_ partitions: [KafkaPartitionEnds]) {
    self.partitions = partitions
    for (place, partition) in partitions.enumerated() where first[partition.topic] == nil {
      first[partition.topic] = place
    }
  }

  subscript(answer: KafkaPartitionList.Answer) -> Int? {
    guard let place = first[answer.topic].map({ $0 + Int(answer.partition) }),
      partitions.indices.contains(place), partitions[place].partition == answer.partition,
      partitions[place].topic == answer.topic
    else { return nil }
    return place
  }
}
