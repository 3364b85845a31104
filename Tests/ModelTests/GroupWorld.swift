@testable import Model

/// A group and its topic in virtual time, looked at each two seconds as the feed does.
struct GroupWorld {
  /// What is true of a partition, whether we looked or not.
  struct Truth {
    var committed: Int64?
    var low: Int64 = 0
    var end: Int64 = 0
    /// The first offset of an open transaction.
    var open: Int64?
    /// Offsets that are markers of transactions.
    var markers: Set<Int64> = []
    /// The stamp of each record, in wall nanoseconds, by its offset.
    var stamps: [Int64: Int64] = [:]
    /// When each record came, in seconds since the world began.
    var cameAt: [Int64: Double] = [:]
    var failure: String?

    var stable: Int64 { open ?? end }
  }

  static let start = Stamp(monotonic: 10_000_000_000_000, wall: 1_767_225_600_000_000_000)

  var truth: [Truth]
  var tracker: LagTracker
  private(set) var seconds = 0.0
  /// What producers' clocks are ahead of ours.
  var clock = 0.0
  var members: GroupMembers?
  var failure: String?
  /// How many records were read for their stamps.
  private(set) var reads = 0

  init(_ partitions: Int = 1, remembering losses: [GroupLoss] = []) {
    truth = Array(repeating: Truth(), count: partitions)
    tracker = LagTracker(remembering: losses)
  }

  var now: Stamp {
    let step = Int64(seconds: seconds)
    return Stamp(monotonic: Self.start.monotonic + step, wall: Self.start.wall + step)
  }

  mutating func write(_ count: Int64, to partition: Int = 0, isMarker: Bool = false) {
    for offset in truth[partition].end..<truth[partition].end + count {
      if isMarker { truth[partition].markers.insert(offset) }
      truth[partition].stamps[offset] = now.wall + Int64(seconds: clock)
      truth[partition].cameAt[offset] = seconds
    }
    truth[partition].end += count
  }

  mutating func commit(_ offset: Int64? = nil, of partition: Int = 0) {
    truth[partition].committed = offset ?? truth[partition].end
  }

  /// Lets seconds pass, in steps of half a second, and looks each two.
  mutating func run(_ count: Double, _ step: (inout GroupWorld) -> Void = { _ in }) {
    for _ in 0..<Int(count * 2) {
      seconds += 0.5
      step(&self)
      if seconds.truncatingRemainder(dividingBy: 2) == 0 { look() }
    }
  }

  /// Lets seconds pass in which nobody looks.
  mutating func skip(_ count: Double) { seconds += count }

  /// Whether a second begins that can be divided by `seconds`.
  func isAt(_ each: Double) -> Bool { seconds.truncatingRemainder(dividingBy: each) == 0 }

  mutating func look() {
    let places = truth.indices.map { PartitionPlace(topic: "raw", partition: $0) }
    let failures = truth.enumerated().compactMap { place, truth in
      truth.failure.map { (place, $0) }
    }
    let look = GroupLook(
      name: "sink",
      committed: truth.map(\.committed),
      failures: Dictionary(uniqueKeysWithValues: failures),
      failure: failure
    )
    let ends = truth.map { PartitionEnds.known(low: $0.low, end: $0.end, stable: $0.stable) }
    tracker.apply([look], of: places, ends, at: now)
    if let members, seconds.truncatingRemainder(dividingBy: 4) == 0 {
      tracker.set(members, of: "sink", at: now.monotonic)
    }
    for want in tracker.wants(atMost: 64) {
      reads += 1
      tracker.found(record(want), for: want, at: now)
    }
  }

  private func record(_ want: LagTracker.Want) -> FoundRecord {
    let truth = truth[want.place]
    let end = want.want.reason == .held ? truth.end : truth.stable
    for offset in max(want.want.offset, truth.low)..<max(end, want.want.offset, truth.low)
    where !truth.markers.contains(offset) {
      return .record(offset: offset, stamp: truth.stamps[offset])
    }
    return .nothing(until: end)
  }

  var lag: GroupLag { tracker.lag(partitions: 100, at: now) }
  var group: GroupFigures { lag.groups?.first ?? GroupFigures(name: "none") }
  var state: LagState { group.state }

  /// Runs until the group is in this state, at most `limit` seconds; how long it took, infinity if it did not.
  mutating func secondsUntil(
    _ state: LagState,
    limit: Double = 1_000,
    _ step: (inout GroupWorld) -> Void = { _ in }
  ) -> Double {
    let began = seconds
    while seconds - began < limit {
      run(0.5, step)
      if self.state == state { return seconds - began }
    }
    return .infinity
  }
}

extension GroupWorld {
  /// A sink that has done with each record at once, and commits each `rhythm` seconds what `share` of it has come.
  static func well(_ world: inout GroupWorld, perSecond: Int64 = 10, rhythm: Double = 5) {
    if world.isAt(1) { world.write(perSecond) }
    if world.isAt(rhythm) { world.commit() }
  }
}

extension GroupWorld {
  /// A group that has committed often enough to be known.
  static func watched(_ partitions: Int = 1, rhythm: Double = 5) -> GroupWorld {
    var world = GroupWorld(partitions)
    for partition in 0..<partitions { world.commit(0, of: partition) }
    world.run(6 * rhythm) { world in
      for partition in 0..<partitions {
        if world.isAt(1) { world.write(10, to: partition) }
        if world.isAt(rhythm) { world.commit(of: partition) }
      }
    }
    return world
  }
}
