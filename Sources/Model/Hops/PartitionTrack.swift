/// What one look at a partition saw; offsets are the brokers' words and may be anything.
public struct PartitionLook: Equatable, Sendable {
  /// Of the group: what it reads next; nil if it never committed.
  public var committed: Int64?
  /// The first offset that is still there.
  public var low: Int64
  /// The high watermark.
  public var end: Int64
  /// The last stable offset: what is behind it waits for a transaction to end.
  public var stable: Int64

  public init(committed: Int64?, low: Int64, end: Int64, stable: Int64) {
    self.committed = committed
    self.low = low
    self.end = end
    self.stable = stable
  }
}

/// A record whose stamp a track wants to know.
public struct RecordWant: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The first that the group has not done with: how old it is, or that there is none.
    case unread
    /// One that we saw come: how far its clock is off.
    case clock
    /// The first behind the last stable offset; to be read with uncommitted ones.
    case held
  }

  public var reason: Reason
  public var offset: Int64
}

/// What was found where a record was looked for.
public enum FoundRecord: Equatable, Sendable {
  /// The record that is there or next to it, and its stamp in wall nanoseconds; nil if it has none to believe.
  case record(offset: Int64, stamp: Int64?)
  /// Nothing up to this offset but markers of transactions.
  case nothing(until: Int64)
}

/// What is remembered of one partition and one group, to be judged by; all times but stamps are ours, monotonic.
struct PartitionTrack: Sendable {
  /// How far it was behind when it committed.
  private struct Behind {
    var time: Int64
    var seconds: Double
  }

  private(set) var look: PartitionLook?
  /// Why the last look told nothing.
  private(set) var failure: String?
  private(set) var ends = EndTrack()
  private(set) var rhythm = CommitRhythm()
  /// Since when it is looked at.
  private(set) var beganAt: Int64 = 0
  /// When the commit last changed; at the first look, that.
  private(set) var changedAt: Int64 = 0
  /// How many commits were seen, what was there at the first look included.
  private(set) var commits = 0
  /// How many looks in a row saw the commit beyond the end: one may be of a leader that does not know all yet.
  private(set) var looksBeyondEnd = 0
  /// From where it went back.
  private(set) var rewoundFrom: Int64?
  /// Since when the last stable offset has stood, and where the end was then.
  private var stable = (since: Int64(0), end: Int64(0), looks: 0)
  /// When the end last moved.
  private var movedAt: Int64 = 0
  private var behind: [Behind] = []
  /// What was found at an offset, and where the last stable offset was then.
  private var unread: (offset: Int64, stable: Int64, found: FoundRecord)?
  private var held: (offset: Int64, found: FoundRecord)?
  /// The offset whose stamp is to tell the distance of the clocks, and when the next one is due.
  private var clockOffset: Int64?
  private var clockDue: Int64 = .min
  /// Nanoseconds from a record's stamp to its arrival here; negative if its clock is ahead of ours.
  private(set) var clockDistance: Int64?
  /// Nanoseconds that its stamp lay ahead of the first look that saw it, which proves that clock ahead of ours.
  private var stampAhead: Int64 = 0

  /// How many commits tell of falling behind at most, and how far apart they are at least.
  private static let mostBehind = 10
  private static let behindApart = 4.0

  /// Whether we looked away, so that the next distance of commits tells nothing.
  private var isResumed = false

  mutating func fail(_ reason: String) { failure = reason }

  /// Looks again after a pause in which nothing was seen: what stood still before may have moved meanwhile.
  mutating func resume(at now: Int64) {
    (changedAt, movedAt, isResumed) = (now, now, true)
    stable = (now, look?.end ?? 0, 1)
  }

  mutating func apply(_ new: PartitionLook, at now: Int64) {
    failure = nil
    defer { looksBeyondEnd = new.committed ?? 0 > new.end ? looksBeyondEnd + 1 : 0 }
    guard let old = look, new.end >= old.end else { return begin(new, at: now) }
    look = new
    ends.add(new.end, at: now)
    if new.end != old.end { movedAt = now }
    if new.stable != old.stable {
      stable = (now, new.end, 1)
    } else {
      stable.looks += 1
    }
    if new.committed != old.committed { note(new.committed, after: old, at: now) }
    if let position { ends.forget(below: position) }
    if clockOffset == nil, now >= clockDue { clockOffset = new.end }
  }

  /// The first look, and the first at a topic that was made anew.
  private mutating func begin(_ new: PartitionLook, at now: Int64) {
    let beyond = looksBeyondEnd
    self = PartitionTrack()
    (look, looksBeyondEnd) = (new, beyond)
    (beganAt, changedAt, movedAt) = (now, now, now)
    commits = new.committed == nil ? 0 : 1
    stable = (now, new.end, 1)
    clockOffset = new.end
    ends.add(new.end, at: now)
  }

  private mutating func note(_ new: Int64?, after old: PartitionLook, at now: Int64) {
    defer { (changedAt, isResumed) = (now, false) }
    guard let new, let before = old.committed else {
      commits = new == nil ? 0 : 1
      (rewoundFrom, behind) = (nil, [])
      return
    }
    commits += 1
    // From beyond the end of a topic made anew there is no way but back.
    if new < before, before <= old.end { rewoundFrom = max(rewoundFrom ?? before, before) }
    if let from = rewoundFrom, new >= from { rewoundFrom = nil }
    guard new > before else { return behind.removeAll() }
    // From when there was something to commit: a partition at rest has no rhythm.
    let came = ends.passed(position(of: before))
    if !isResumed, commits > 2 || came != nil {
      let distance = now.seconds(since: changedAt)
      let rest = max(0, distance - (came.map { now.seconds(since: $0) } ?? distance))
      // The first one began before we looked, and is a part at best.
      rhythm.add(distance, rest: commits > 2 ? rest : max(rest, distance / 2))
    }
    noteBehind(at: now)
  }

  private mutating func noteBehind(at now: Int64) {
    guard let look, let position else { return }
    let came = ends.passed(position)
    guard position >= look.end || came != nil else { return }
    if let last = behind.last, now.seconds(since: last.time) < Self.behindApart { return }
    if behind.count == Self.mostBehind { behind.removeFirst() }
    behind.append(Behind(time: now, seconds: came.map { now.seconds(since: $0) } ?? 0))
  }

  /// Where the group goes on; markers of transactions before which there is nothing are passed over.
  var position: Int64? { look?.committed.map { position(of: $0) } }

  private func position(of committed: Int64) -> Int64 {
    let from = max(committed, look?.low ?? committed)
    guard let unread, unread.offset == from else { return from }
    switch unread.found {
    case .nothing(let end): return max(from, end)
    case .record(let offset, _): return max(from, offset)
    }
  }

  /// Whether it fell further behind with each of its last commits: three at least, over 25 s at least.
  var isFallingBehind: Bool {
    guard let last = behind.last else { return false }
    let first = behind.dropLast(2).last { last.time.seconds(since: $0.time) >= 25 }
    guard let first else { return false }
    let window = behind.drop { $0.time < first.time }
    // What a look each two seconds leaves open is no recovery.
    let rises = zip(window, window.dropFirst()).allSatisfy { $0.seconds <= $1.seconds + 2 }
    let span = last.time.seconds(since: first.time)
    return rises && last.seconds - first.seconds >= max(5, span / 10)
  }

  /// Whether too little was seen to tell an open transaction from one that is just ending.
  var needsAnotherLook: Bool {
    guard let look, look.end > look.stable else { return false }
    return stable.looks < 2 || held?.offset != look.stable && ends.passed(look.stable) == nil
  }

  /// How long the end has stood.
  func restSeconds(at now: Int64) -> Double { now.seconds(since: movedAt) }

  // MARK: - Records whose stamps are wanted

  /// What is to be looked up now, at most one of each kind.
  func wants() -> [RecordWant] {
    guard let look, failure == nil else { return [] }
    var wants: [RecordWant] = []
    if let committed = look.committed, wantsUnread(look) {
      wants.append(RecordWant(reason: .unread, offset: max(committed, look.low)))
    }
    if look.end > look.stable, stable.looks >= 2, held?.offset != look.stable,
      ends.passed(look.stable) == nil
    {
      wants.append(RecordWant(reason: .held, offset: look.stable))
    }
    if let clockOffset, ends.passed(clockOffset) != nil, clockOffset < look.stable {
      wants.append(RecordWant(reason: .clock, offset: clockOffset))
    }
    return wants
  }

  /// What came before we looked, and what may be nothing but a marker: where the end stands still.
  private func wantsUnread(_ look: PartitionLook) -> Bool {
    guard let position, position < look.stable, let first = ends.first else { return false }
    let isOld = position < first
    if let unread, unread.offset == max(look.committed ?? 0, look.low) {
      if case .record = unread.found { return false }
      return unread.stable != look.stable && stable.looks >= 2
    }
    return isOld || stable.looks >= 2
  }

  mutating func found(_ found: FoundRecord?, for want: RecordWant, at now: Stamp) {
    guard let look else { return }
    switch want.reason {
    case .unread:
      if let found { unread = (want.offset, look.stable, found) }
    case .held:
      if let found { held = (want.offset, found) }
    case .clock:
      clockOffset = nil
      clockDue = now.monotonic &+ 300_000_000_000
      guard case .record(want.offset, let stamp?) = found, let came = ends.passed(want.offset)
      else { return }
      clockDistance = now.wall(ofMonotonic: came) &- stamp
      let seen = ends.seen(want.offset) ?? now.monotonic
      stampAhead = stamp.nanoseconds(since: now.wall(ofMonotonic: seen))
    }
  }

  // MARK: - How old

  /// How old the first unread record is; nil if that is not known.
  ///
  /// - Parameters:
  ///   - position: Where the group goes on; there is something behind it.
  ///   - now: The time.
  /// - Returns: Seconds, and whether they stand by a foreign clock alone.
  func age(of position: Int64, at now: Stamp) -> (seconds: Double, isForeign: Bool)? {
    if let came = ends.passed(position) { return (now.monotonic.seconds(since: came), false) }
    if case .record(position, let stamp?) = unread?.found {
      return age(ofStamp: stamp, atLeastSince: beganAt, at: now)
    }
    guard held?.offset == position, case .record(_, let stamp?) = held?.found else { return nil }
    return age(ofStamp: stamp, atLeastSince: beganAt, at: now)
  }

  /// How long the open transaction has stood in the way; nil without one.
  ///
  /// It stands once the record at the last stable offset has been there for 15 s; of one that was there before we looked
  /// its stamp tells.
  func heldSeconds(at now: Stamp) -> Double? {
    guard let look, look.end > look.stable else { return nil }
    var seconds: Double?
    if let came = ends.passed(look.stable) {
      seconds = now.monotonic.seconds(since: came)
    } else if let held, held.offset == look.stable, case .record(_, let stamp?) = held.found {
      seconds = age(ofStamp: stamp, atLeastSince: stable.since, at: now)?.seconds
    }
    // Of what stood there before we looked and tells no time, as long as we have seen it.
    let least = look.end > stable.end ? now.monotonic.seconds(since: stable.since) : 0
    return (seconds ?? least) >= 15 ? seconds ?? least : nil
  }

  /// By the distance of the clocks where we know it; a stamp ahead of ours tells nothing.
  private func age(
    ofStamp stamp: Int64,
    atLeastSince seen: Int64,
    at now: Stamp
  ) -> (seconds: Double, isForeign: Bool)? {
    let least = now.monotonic.seconds(since: seen)
    let age = now.wall.seconds(since: stamp &+ (clockDistance ?? 0))
    guard clockDistance != nil || age >= -2 else { return nil }
    return (max(least, age), clockDistance == nil)
  }

  /// Seconds that a producer's clock is ahead of ours, which a stamp proves; nil if none is.
  func clockAhead(at now: Stamp) -> Double? {
    if clockDistance != nil { return stampAhead > 2_000_000_000 ? stampAhead.seconds : nil }
    guard case .record(_, let stamp?) = unread?.found, stamp > now.wall &+ 2_000_000_000 else {
      return nil
    }
    return stamp.seconds(since: now.wall)
  }
}
