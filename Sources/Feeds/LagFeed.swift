internal import Decoding
internal import Kafka
internal import Model
public import Settings
public import System

/// Asks every two seconds how far consumer groups are behind on the raw topic, with clients of its own.
///
/// It never joins a group. Every few seconds it also looks for open transactions in the way of the enriched topics, and at
/// the dead letters of the groups.
public enum LagFeed {
  /// What to look at, and how much of it to tell.
  public struct Options: Sendable {
    /// librdkafka's, by its own names; `bootstrap.servers` at least.
    var properties: [String: String]
    /// Empty for those of Kafka Connect that read the topic.
    var groups: [String]
    /// The raw topic.
    var topic: String
    var enriched = KafkaSettings.Topics.prefix(Convention.enrichedPrefix)
    /// Of each group, the worst ones.
    var partitions = 8
    /// The file of what groups lost; nil to remember nothing.
    var memory: String?
  }

  /// Starts it.
  ///
  /// - Parameters:
  ///   - options: What to look at.
  ///   - mailbox: Gets the figures.
  ///   - log: Gets what is lost, and what cannot be measured.
  /// - Returns: The thread.
  /// - Throws: `SystemError` when there is no room for another thread or descriptor.
  public static func start(
    _ options: Options,
    into mailbox: Mailbox,
    log: Log
  ) throws(SystemError) -> Feed {
    try Feed("lag") { control in
      var watch = LagWatch(options, log)
      while !control.isStopped {
        let began = monotonicNanoseconds()
        mailbox.put(.groupLag(watch.look()))
        _ = control.takeReconnectRequest()
        let left = LagWatch.interval - (monotonicNanoseconds() - began)
        if !control.isStopped { control.rest(max(left, LagWatch.interval / 10)) }
      }
    }
  }
}

extension LagFeed.Options {
  /// What the settings ask for.
  ///
  /// - Parameters:
  ///   - settings: The brokers, topics and groups.
  ///   - tellsAll: Whether to tell all partitions, and not only the worst.
  ///   - memory: The file of what groups lost.
  public init(_ settings: KafkaSettings, tellsAll: Bool, memory: String?) {
    properties = settings.clientProperties
    groups = settings.sinkGroups
    topic = settings.rawTopicName
    enriched = settings.topics
    if tellsAll { partitions = .max }
    self.memory = memory
  }
}

/// One thread's look at groups and topics, again and again.
struct LagWatch {
  /// Between two looks, in nanoseconds.
  static let interval: Int64 = 2_000_000_000
  /// Between two questions after members.
  private static let memberInterval: Int64 = 4_000_000_000
  /// Between two looks at the enriched topics, once they were looked at three times.
  private static let heldInterval: Int64 = 6_000_000_000
  /// Between two lists of groups or topics, or two questions that nobody answered.
  private static let listInterval: Int64 = 60_000_000_000
  /// Groups that are found and not named, at most.
  private static let mostGroups = 64
  /// Records whose stamps are read at a time.
  private static let mostRecords = 64

  private let options: LagFeed.Options
  private let log: Log
  private var query: KafkaLagQuery?
  private var tracker: LagTracker
  private let memory: LossMemory
  /// The enriched topics, which no group of the pipeline reads.
  private var enriched = LagTracker()
  private var enrichedTopics: [String] = []
  private var letters = DeadLetters()
  private var enrichedLooks = 0
  private var foundGroups: [String] = []
  /// When each question is due again.
  private var (membersDue, groupsDue, topicsDue): (Int64, Int64, Int64) = (0, 0, 0)
  private var (enrichedDue, lettersDue): (Int64, Int64) = (0, 0)

  init(_ options: LagFeed.Options, _ log: Log) {
    self.options = options
    self.log = log
    let cluster = options.properties["bootstrap.servers"] ?? ""
    memory = LossMemory(file: options.memory, cluster: cluster, log)
    tracker = LagTracker(remembering: memory.losses(at: wallNanoseconds()))
  }

  /// Looks once, and tells what is to be thought of it; never throws, since trouble is an answer too.
  mutating func look() -> GroupLag {
    do throws(KafkaError) {
      if query == nil {
        query = try KafkaLagQuery(options.properties, observer: .writing(to: log))
      }
      guard let query else { return GroupLag(reason: "not asked yet") }
      var lag = try groupLag(query)
      try findTopics(query)
      lookAtLetters(query, &lag)
      try lookAtEnriched(query)
      let now = stamp
      let held = enriched.held(at: now)
      if !held.isEmpty { lag.held = held }
      if !tracker.isSettled(at: now) || !enriched.isSettled(at: now) { lag.isSettled = false }
      return lag
    } catch {
      log.warning("kafka lag unknown", ["reason": error.text])
      return GroupLag(reason: error.briefReason)
    }
  }

  private var stamp: Stamp { Stamp(monotonic: monotonicNanoseconds(), wall: wallNanoseconds()) }

  private mutating func groupLag(_ query: KafkaLagQuery) throws(KafkaError) -> GroupLag {
    let groups = groups(query)
    guard !groups.isEmpty else {
      return GroupLag(reason: "no group configured, none of Connect found")
    }
    let look = try query.look(at: groups, of: [options.topic])
    guard !look.partitions.isEmpty else {
      return GroupLag(reason: "no topic \(Scrub.text(options.topic))")
    }
    // A group that was only found has to read the topic.
    let readers = look.groups.filter { group in
      !options.groups.isEmpty || group.committed.contains { $0 != nil }
    }
    guard !readers.isEmpty else {
      return GroupLag(reason: "no group configured, none of Connect found")
    }
    let places = look.partitions.map(PartitionPlace.init)
    tracker.apply(
      readers.map(GroupLook.init),
      of: places,
      look.partitions.map(PartitionEnds.init),
      at: stamp
    )
    askMembers(of: readers.map(\.group), query)
    find(tracker.wants(atMost: Self.mostRecords), query, in: &tracker)
    if let losses = tracker.takeLosses() { memory.keep(losses, at: wallNanoseconds()) }
    return tracker.lag(partitions: options.partitions, at: stamp)
  }

  /// The groups that were named, else all of Connect's.
  private mutating func groups(_ query: KafkaLagQuery) -> [String] {
    guard options.groups.isEmpty else { return options.groups }
    if isDue(\.groupsDue, Self.listInterval) {
      let all = query.groups().filter { $0.hasPrefix(Convention.connectGroupPrefix) }
      foundGroups = Array(all.sorted().prefix(Self.mostGroups))
    }
    return foundGroups
  }

  private mutating func askMembers(of groups: [String], _ query: KafkaLagQuery) {
    guard isDue(\.membersDue, Self.memberInterval) else { return }
    for (group, members) in zip(groups, query.members(of: groups)) {
      tracker.set(GroupMembers(members), of: Scrub.text(group), at: monotonicNanoseconds())
    }
  }

  /// Finds the enriched topics, and those of dead letters.
  private mutating func findTopics(_ query: KafkaLagQuery) throws(KafkaError) {
    guard isDue(\.topicsDue, Self.listInterval) else { return }
    let all = try query.topics()
    enrichedTopics = all.filter {
      !$0.hasPrefix("__") && $0 != options.topic && options.enriched.include($0)
    }
    let known = options.groups.isEmpty ? foundGroups : options.groups
    letters.find(known.map { ($0, Scrub.text($0)) }, among: all)
  }

  /// Looks how many dead letters there are; where nobody tells, nothing is known of them.
  private mutating func lookAtLetters(_ query: KafkaLagQuery, _ lag: inout GroupLag) {
    guard var groups = lag.groups, !letters.topics.isEmpty else { return }
    if isDue(\.lettersDue, Self.heldInterval),
      let look = try? query.look(at: [], of: Set(letters.topics.values).sorted())
    {
      var ends: [String: Int] = [:]
      for partition in look.partitions where partition.error == nil {
        ends[partition.topic, default: 0] &+= Int(partition.high)
      }
      letters.note(ends, groups, at: monotonicNanoseconds())
    }
    letters.tell(in: &groups)
    lag.groups = groups
  }

  private mutating func lookAtEnriched(_ query: KafkaLagQuery) throws(KafkaError) {
    guard !enrichedTopics.isEmpty,
      isDue(\.enrichedDue, enrichedLooks < 3 ? Self.interval : Self.heldInterval)
    else { return }
    enrichedLooks += 1
    let look = try query.look(at: [], of: enrichedTopics)
    let ends = look.partitions.map(PartitionEnds.init)
    let places = look.partitions.map(PartitionPlace.init)
    enriched.apply([GroupLook(name: "")], of: places, ends, at: stamp)
    find(enriched.wants(atMost: Self.mostRecords), query, in: &enriched)
  }

  private func find(
    _ wants: [LagTracker.Want],
    _ query: KafkaLagQuery,
    in tracker: inout LagTracker
  ) {
    for isStable in [true, false] {
      let these = wants.filter { ($0.want.reason != .held) == isStable }
      guard !these.isEmpty else { continue }
      let places = these.map { want in
        let place = tracker.places[want.place]
        return KafkaRecordPlace(
          topic: place.topic,
          partition: Int32(clamping: place.partition),
          offset: want.want.offset
        )
      }
      let found = query.records(at: places, stable: isStable)
      let now = stamp
      for (want, record) in zip(these, found) {
        tracker.found(record.map { FoundRecord($0, now: now.wall) }, for: want, at: now)
      }
    }
  }

  /// Whether something is due that then is due again after `interval`.
  private mutating func isDue(_ due: WritableKeyPath<LagWatch, Int64>, _ interval: Int64) -> Bool {
    let now = monotonicNanoseconds()
    guard now >= self[keyPath: due] else { return false }
    // Looks are not to the millisecond.
    self[keyPath: due] = now + interval - Self.interval / 4
    return true
  }
}

extension PartitionPlace {
  fileprivate init(_ ends: KafkaPartitionEnds) {
    // Kafka allows letters, digits, `.`, `_` and `-` alone.
    self.init(topic: ends.topic, partition: Int(ends.partition))
  }
}

extension PartitionEnds {
  fileprivate init(_ ends: KafkaPartitionEnds) {
    self =
      ends.error.map { .failed($0.briefReason) }
      ?? .known(low: ends.low, end: ends.high, stable: ends.stable)
  }
}

extension GroupLook {
  fileprivate init(_ commits: KafkaGroupCommits) {
    let name = Scrub.text(commits.group)
    let refusal = "not authorised to see group \(name) or its topic"
    self.init(
      name: name,
      committed: commits.committed,
      failures: commits.errors.mapValues(\.briefReason),
      failure: commits.error.map { $0.code.isAuthorization ? refusal : $0.briefReason }
    )
  }
}

extension GroupMembers {
  fileprivate init(_ members: KafkaMembership) {
    switch members {
    case .notTold: self = .notTold
    case .none: self = .none
    case .stable(let count): self = .some(count)
    case .rebalancing(let count): self = .rebalancing(count)
    }
  }
}

extension FoundRecord {
  fileprivate init(_ record: KafkaRecordTime, now: Int64) {
    switch record {
    case .record(let offset, let milliseconds):
      let stamp = milliseconds.flatMap { RecordTime.nanoseconds(milliseconds: $0, now: now) }
      self = .record(offset: offset, stamp: stamp)
    case .end(let offset): self = .nothing(until: offset)
    }
  }
}
