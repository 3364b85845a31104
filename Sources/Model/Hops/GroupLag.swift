/// How a group stands on one partition.
public struct PartitionLag: Codable, Equatable, Sendable {
  /// Scrubbed.
  public var topic: String
  public var partition: Int
  public var state: LagState
  /// What the group reads next; nil if it never committed.
  public var committed: Int64?
  /// The first offset that is still there.
  public var low: Int64
  /// The high watermark.
  public var end: Int64
  /// The last stable offset.
  public var stable: Int64
  /// Records to the end; from the start where nothing was committed; nil if unknown.
  public var recordsBehind: Int?
  /// How long ago the first of them came; 0 without any, nil if unknown.
  public var secondsBehind: Double?
  /// Whether ``secondsBehind`` stands by a foreign clock alone.
  public var isEstimated: Bool
  /// How long the state has stood, in seconds; nil where that is not told.
  public var forSeconds: Double?
  /// What the state is about, for people, or why it is unknown; scrubbed.
  public var reason: String?

  public init(topic: String, partition: Int, look: PartitionLook?) {
    self.topic = topic
    self.partition = partition
    state = .unknown
    committed = look?.committed
    low = look?.low ?? 0
    end = look?.end ?? 0
    stable = look?.stable ?? 0
    isEstimated = false
  }

  /// Records to the last stable offset.
  public var recordsToStable: Int? {
    guard let recordsBehind else { return nil }
    let (open, overflow) = end.subtractingReportingOverflow(stable)
    return overflow ? nil : max(0, recordsBehind - Int(max(0, open)))
  }
}

/// How a consumer group stands on what it reads.
public struct GroupFigures: Codable, Equatable, Sendable {
  /// Scrubbed.
  public var name: String
  /// The worst of its partitions'.
  public var state = LagState.unknown
  /// The sum over partitions, from the start where nothing was committed; nil if unknown.
  public var recordsBehind: Int?
  /// Of ``recordsBehind``, those of partitions on which it never committed.
  public var recordsUncommitted = 0
  /// How long ago the oldest unread record came, the worst of the partitions; nil if unknown.
  public var secondsBehind: Double?
  public var isEstimated = false
  /// Of ``secondsBehind``, what is not just the time between two commits.
  public var lateSeconds: Double?
  /// The sum of committed offsets; nil if nothing was committed.
  public var committed: Int?
  /// Seconds from one commit to the next; nil before three were seen, and where they are not alike.
  public var commitsEach: Double?
  /// How many members its coordinator knows; nil where it does not tell.
  public var members: Int?
  /// Seconds that the clock of who writes is ahead of ours; nil if nothing proves that it is.
  public var clockAhead: Double?
  /// How many records came into its dead-letter topic in the last two minutes, and how many it read; nil where no such
  /// topic is known.
  public var deadLetters: Int?
  public var recordsRead: Int?
  /// What the state is about, for people; scrubbed.
  public var reason: String?
  /// How many partitions it may read.
  public var partitionCount = 0
  /// The worst of them, or all, by their order.
  public var partitions: [PartitionLag] = []

  public init(name: String) {
    self.name = name
  }

  /// Whether half of what it reads and more is put aside, so that it may be well and write nothing.
  var isMostlyDead: Bool {
    guard let deadLetters, let recordsRead else { return false }
    return deadLetters >= 3 && recordsRead > 0 && 2 * deadLetters >= recordsRead
  }
}

/// Committed against end offsets of the consumer groups on the raw topic, and what holds up the enriched ones.
public struct GroupLag: Codable, Equatable, Sendable {
  /// The worst group's sum over partitions; nil if unknown.
  public var recordsBehind: Int?
  /// How long ago the oldest record not yet committed came, in seconds.
  ///
  /// The largest of the partitions. 0 when nothing is behind, nil if unknown.
  public var secondsBehind: Double?
  /// Whether ``secondsBehind`` is an estimate and not measured.
  public var isEstimated: Bool
  /// The sum of committed offsets, nil if nothing was committed.
  ///
  /// Its growth is the group's rate.
  public var committed: Int?
  /// Why something is unknown, scrubbed: no commit yet, not authorised, broker away.
  public var reason: String?
  /// The groups, the worst one first; nil in recordings of versions that told one without a state.
  public var groups: [GroupFigures]?
  /// Partitions of enriched topics that an open transaction holds up.
  public var held: [PartitionLag]?
  /// Whether another look within half a minute cannot tell more; nil for yes.
  public var isSettled: Bool?

  public init(
    recordsBehind: Int? = nil,
    secondsBehind: Double? = nil,
    isEstimated: Bool = false,
    committed: Int? = nil,
    reason: String? = nil
  ) {
    self.recordsBehind = recordsBehind
    self.secondsBehind = secondsBehind
    self.isEstimated = isEstimated
    self.committed = committed
    self.reason = reason
  }

  /// The figures of all groups, of which the worst gives the sums.
  public init(_ groups: [GroupFigures]) {
    // The order of names is kept among equals.
    let sorted = groups.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.state != b.state { return a.state > b.state }
      let (late, earlier) = (a.lateSeconds ?? 0, b.lateSeconds ?? 0)
      return late != earlier ? late > earlier : left.offset < right.offset
    }.map(\.element)
    let worst = sorted.first
    self.init(
      // What nobody ever committed is told apart: it may be meant so.
      recordsBehind: worst?.recordsUncommitted == 0 ? worst?.recordsBehind : nil,
      secondsBehind: worst?.secondsBehind,
      isEstimated: worst?.isEstimated ?? false,
      committed: worst?.committed,
      reason: worst?.reason
    )
    self.groups = sorted
  }
}

/// Records that a group never read, and that it will not.
public struct GroupLoss: Codable, Equatable, Sendable {
  public enum Kind: String, Codable, Sendable {
    case lost, reset
  }

  public var kind: Kind
  public var group: String
  public var topic: String
  public var partition: Int
  /// Where the group stood.
  public var committed: Int64
  /// How many records were deleted unread; 0 for a topic made anew.
  public var records: Int
  /// Wall nanoseconds.
  public var since: Int64

  public init(
    kind: Kind,
    group: String,
    topic: String,
    partition: Int,
    committed: Int64,
    records: Int,
    since: Int64
  ) {
    self.kind = kind
    self.group = group
    self.topic = topic
    self.partition = partition
    self.committed = committed
    self.records = records
    self.since = since
  }

  /// How long a loss is told of, in nanoseconds: a day.
  static let lifetime: Int64 = 86_400_000_000_000

  /// Whether it is still told at this wall time; one of the future is none.
  public func isTold(at wall: Int64) -> Bool {
    (-60_000_000_000...Self.lifetime).contains(wall.nanoseconds(since: since))
  }
}
