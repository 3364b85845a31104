/// What a group's coordinator says of its members.
public enum GroupMembers: Equatable, Sendable {
  /// It refuses, cannot, or has none to tell of by its kind: by manual assignment, or by the new protocol.
  case notTold
  case none
  case some(Int)
  /// They are sharing out the partitions.
  case rebalancing(Int)

  var count: Int? {
    switch self {
    case .notTold: nil
    case .none: 0
    case .some(let count), .rebalancing(let count): count
    }
  }

  fileprivate var isRebalancing: Bool {
    if case .rebalancing = self { true } else { false }
  }
}

/// A partition of a topic.
public struct PartitionPlace: Hashable, Sendable {
  /// Scrubbed.
  public var topic: String
  public var partition: Int

  public init(topic: String, partition: Int) {
    self.topic = topic
    self.partition = partition
  }
}

/// One group in time: its partitions, its members and what it lost.
struct GroupTrack: Sendable {
  /// What was made of one partition.
  struct Verdict {
    var state = LagState.unknown
    var behind: Int?
    var seconds: Double?
    var isForeign = false
    var late: Double?
    var forSeconds: Double?
  }

  let name: String
  var partitions: [PartitionTrack] = []
  /// Why the whole group is unknown; scrubbed.
  var failure: String?
  /// What it lost, by the place of the partition; one of each kind.
  var losses: [Int: [GroupLoss]] = [:]
  private(set) var members = GroupMembers.notTold
  /// Since when ``members`` is of that kind.
  private var membersSince: Int64 = 0
  /// A commit was seen beyond a last stable offset.
  private var readsUncommitted = false

  init(name: String) {
    self.name = name
  }

  /// How long a coordinator has to know no member before that is told: a restart is no alarm.
  static let graceWithoutMembers = 8.0

  mutating func set(_ new: GroupMembers, at now: Int64) {
    let isSame =
      switch (members, new) {
      case (.notTold, .notTold), (.none, .none), (.some, .some), (.rebalancing, .rebalancing): true
      default: false
      }
    if !isSame { membersSince = now }
    members = new
  }

  /// Notes what was just seen of a partition that lost something; whether that is news.
  mutating func noteLosses(of place: Int, _ name: PartitionPlace, at wall: Int64) -> Bool {
    guard let look = partitions[place].look, let committed = look.committed else { return false }
    if committed > look.stable, committed <= look.end { readsUncommitted = true }
    let kind: GroupLoss.Kind
    if committed < look.low {
      kind = .lost
    } else if committed > look.end, partitions[place].looksBeyondEnd >= 2 {
      kind = .reset
    } else {
      return false
    }
    let (gap, overflow) = look.low.subtractingReportingOverflow(committed)
    let records = kind == .reset ? 0 : overflow ? Int.max : Int(gap)
    let known = losses[place]?.firstIndex { $0.kind == kind }
    var loss = GroupLoss(
      kind: kind,
      group: self.name,
      topic: name.topic,
      partition: name.partition,
      committed: committed,
      records: records,
      since: wall
    )
    guard let known, let before = losses[place]?[known] else {
      losses[place, default: []].append(loss)
      return true
    }
    if before.committed != committed {
      // Another one: they add up.
      loss.records = records.addingReportingOverflow(before.records).partialValue
    } else if records <= before.records {
      return false
    }
    losses[place]?[known] = loss
    return true
  }

  // MARK: - Judgement

  /// Seconds within which it commits: the longest of the partitions', of which some may have little to commit.
  var rhythm: Double? { partitions.lazy.compactMap(\.rhythm.seconds).max() }

  func figures(of places: [PartitionPlace], most: Int, at now: Stamp) -> GroupFigures {
    var figures = GroupFigures(name: name)
    figures.partitionCount = partitions.count
    figures.members = members.count
    guard failure == nil else {
      figures.reason = failure
      return figures
    }
    if partitions.allSatisfy(\.rhythm.isRegularOrUnknown) { figures.commitsEach = rhythm }
    let verdicts = verdicts(at: now)
    figures.sum(up: verdicts, partitions, at: now)
    let kept = verdicts.indices.sorted { left, right in
      let (a, b) = (verdicts[left], verdicts[right])
      if a.state != b.state { return a.state > b.state }
      return a.behind ?? 0 != b.behind ?? 0 ? a.behind ?? 0 > b.behind ?? 0 : left < right
    }.prefix(most).sorted()
    figures.partitions = kept.map { place in
      var lag = PartitionLag(
        topic: places[place].topic,
        partition: places[place].partition,
        look: partitions[place].look
      )
      lag.take(verdicts[place])
      lag.reason =
        partitions[place].failure ?? lossWords(of: [place], verdicts[place].state, at: now)
      return lag
    }
    if figures.committed == nil, figures.state <= .unknown,
      verdicts.contains(where: { $0.behind != nil })
    {
      figures.state = .unknown
      figures.reason = "the group has never committed"
      return figures
    }
    let worst = verdicts.indices.filter { verdicts[$0].state == figures.state }
    figures.reason = reason(figures, verdicts, worst, at: now)
    return figures
  }

  func verdicts(at now: Stamp) -> [Verdict] {
    let rhythm = rhythm
    // When it last committed anything new, as far as we saw it.
    let movedAt = partitions.lazy.filter { $0.commits >= 2 }.map(\.changedAt).max()
    return partitions.indices.map { place in
      var verdict = verdict(of: place, rhythm, movedAt: movedAt, at: now)
      for loss in losses[place] ?? [] { verdict.set(loss.kind == .lost ? .lost : .reset) }
      return verdict
    }
  }

  private func verdict(
    of place: Int,
    _ rhythm: Double?,
    movedAt: Int64?,
    at now: Stamp
  ) -> Verdict {
    let track = partitions[place]
    var verdict = Verdict()
    guard let look = track.look, track.failure == nil else { return verdict }
    let rest: LagState = track.restSeconds(at: now.monotonic) >= 60 ? .idle : .ok
    verdict.state = rest
    let held = readsUncommitted ? nil : track.heldSeconds(at: now)
    guard let committed = look.committed, let from = track.position else {
      verdict.behind = Self.records(from: look.low, to: look.end)
      guard look.end > look.low else { return verdict }
      verdict.set(.neverCommitted)
      let hasBegun = partitions.contains { $0.look?.committed != nil }
      if hasBegun, isWithoutMembers(since: track.changedAt, at: now) { verdict.set(.noMembers) }
      return verdict
    }
    guard committed <= look.end else {
      (verdict.behind, verdict.seconds, verdict.late) = (0, 0, 0)
      verdict.set(.reset)
      return verdict
    }
    verdict.behind = Self.records(from: from, to: look.end)
    if let held { verdict.set(.transaction, held) }
    if let before = track.rewoundFrom, before > committed { verdict.set(.rewind) }
    if case .rebalancing = members, now.monotonic.seconds(since: membersSince) > 60 {
      verdict.set(.rebalancing, now.monotonic.seconds(since: membersSince))
    }
    guard verdict.behind != 0 else {
      (verdict.seconds, verdict.late) = (0, 0)
      return verdict
    }
    let age = track.age(of: from, at: now)
    (verdict.seconds, verdict.isForeign) = (age?.seconds, age?.isForeign ?? false)
    // What waits for a transaction to end does not wait for the group.
    guard (readsUncommitted ? look.end : look.stable) > from else { return verdict }
    judgeProgress(of: track, from, rhythm, movedAt, age, &verdict, at: now)
    return verdict
  }

  /// Judges a partition on which there is something to read.
  private func judgeProgress(
    of track: PartitionTrack,
    _ from: Int64,
    _ rhythm: Double?,
    _ movedAt: Int64?,
    _ age: (seconds: Double, isForeign: Bool)?,
    _ verdict: inout Verdict,
    at now: Stamp
  ) {
    let patience = CommitRhythm.patience(rhythm)
    let sinceChange = now.monotonic.seconds(since: track.changedAt)
    // The clock starts when it fell behind: a partition at rest has nothing to commit.
    let came = track.ends.passed(from).map { now.monotonic.seconds(since: $0) }
    let stuck = min(sinceChange, came ?? .infinity)
    if let age, !age.isForeign, rhythm != nil {
      verdict.late = max(0, age.seconds - min(sinceChange, CommitRhythm.saw(rhythm)))
    }
    if track.isFallingBehind || verdict.late ?? 0 > 30 { verdict.set(.warn) }
    if stuck >= patience {
      let since = now.monotonic.seconds(since: movedAt ?? .min)
      let lives = members.count ?? 0 > 0 && stuck >= max(60, patience)
      verdict.set(movedAt != nil && since < patience || lives ? .stall : .stop, stuck)
    } else if track.commits < 3, rhythm == nil {
      verdict.set(.unknown)
    }
    if isWithoutMembers(since: track.changedAt, at: now) { verdict.set(.noMembers, stuck) }
  }

  /// Whether the coordinator has known no member for a while, in which nothing was committed either.
  private func isWithoutMembers(since changedAt: Int64, at now: Stamp) -> Bool {
    let told = now.monotonic.seconds(since: membersSince)
    return members == .none && told >= Self.graceWithoutMembers && changedAt <= membersSince
  }

  /// Records between two offsets, at least 0; nil if that is no number.
  private static func records(from: Int64, to end: Int64) -> Int? {
    let (count, overflow) = end.subtractingReportingOverflow(from)
    return overflow ? nil : max(0, Int(count))
  }

  /// Whether a look soon will tell more than this one.
  func isSettled(at now: Stamp) -> Bool {
    guard failure == nil else { return true }
    let isYoung = partitions.contains { track in
      now.monotonic.seconds(since: track.beganAt) < 30 && track.failure == nil
    }
    guard isYoung else { return true }
    return !partitions.contains(where: \.needsAnotherLook)
      && !verdicts(at: now).contains { $0.state == .unknown }
  }
}

extension GroupTrack.Verdict {
  /// Takes over a state that is worse than the one before.
  mutating func set(_ new: LagState, _ seconds: Double? = nil) {
    guard new > state else { return }
    (state, forSeconds) = (new, seconds)
  }
}

extension PartitionLag {
  fileprivate mutating func take(_ verdict: GroupTrack.Verdict) {
    state = verdict.state
    recordsBehind = verdict.behind
    secondsBehind = verdict.seconds
    isEstimated = verdict.isForeign
    forSeconds = verdict.forSeconds
  }
}

extension GroupFigures {
  /// Sums and maxima over the partitions; the worst decides.
  fileprivate mutating func sum(
    up verdicts: [GroupTrack.Verdict],
    _ tracks: [PartitionTrack],
    at now: Stamp
  ) {
    state = verdicts.map(\.state).max() ?? .unknown
    var isTimeKnown = true
    for (verdict, track) in zip(verdicts, tracks) {
      if let records = verdict.behind {
        recordsBehind = (recordsBehind ?? 0).addingClamped(records)
        if track.look?.committed == nil {
          recordsUncommitted = recordsUncommitted.addingClamped(records)
        }
      }
      if let seconds = verdict.seconds, seconds >= secondsBehind ?? 0 {
        (secondsBehind, isEstimated) = (seconds, verdict.isForeign)
      } else if verdict.behind ?? 0 > 0, verdict.seconds == nil, track.look?.committed != nil {
        isTimeKnown = false
      }
      if let late = verdict.late { lateSeconds = max(lateSeconds ?? 0, late) }
      if let offset = track.look?.committed {
        committed = (committed ?? 0).addingClamped(Int(max(0, offset)))
      }
      if let ahead = track.clockAhead(at: now) { clockAhead = max(clockAhead ?? 0, ahead) }
    }
    // Of one that is not known, the others' times say nothing, unless they are long.
    if !isTimeKnown, secondsBehind ?? 0 <= 30 { secondsBehind = nil }
  }
}

extension Int {
  /// The sum; what does not fit is clamped.
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
