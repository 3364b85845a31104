/// Where a partition begins and ends, or why that is not known.
public enum PartitionEnds: Equatable, Sendable {
  case known(low: Int64, end: Int64, stable: Int64)
  /// Scrubbed.
  case failed(String)
}

/// What one look at a group saw.
public struct GroupLook: Equatable, Sendable {
  /// Scrubbed.
  public var name: String
  /// What it committed, by the place of the partition.
  public var committed: [Int64?]
  /// Why that is not known of some; scrubbed.
  public var failures: [Int: String]
  /// Why nothing is known of the group; scrubbed.
  public var failure: String?

  public init(
    name: String,
    committed: [Int64?] = [],
    failures: [Int: String] = [:],
    failure: String? = nil
  ) {
    self.name = name
    self.committed = committed
    self.failures = failures
    self.failure = failure
  }
}

/// All groups on some topics in time: what was seen of them, and what is to be thought of it.
///
/// It knows no clock and no broker; who looks tells both.
public struct LagTracker: Sendable {
  /// A record whose stamp is wanted, and of what.
  public struct Want: Hashable, Sendable {
    public var place: Int
    public var want: RecordWant
  }

  /// How many seconds without a look are a pause.
  private static let pause = 15.0

  /// The partitions that are looked at, in the order of all looks.
  public private(set) var places: [PartitionPlace] = []
  private var groups: [GroupTrack] = []
  private var remembered: [GroupLoss]
  private var lookedAt: Int64?
  /// Whether what is to be remembered has changed since it was last asked for.
  private var hasNews = false

  /// - Parameter losses: What was remembered by another run.
  public init(remembering losses: [GroupLoss] = []) {
    remembered = losses
  }

  /// Takes over one look at all groups.
  ///
  /// - Parameters:
  ///   - looks: One for each group.
  ///   - places: All partitions of all topics.
  ///   - ends: Theirs, in that order.
  ///   - now: The time.
  public mutating func apply(
    _ looks: [GroupLook],
    of places: [PartitionPlace],
    _ ends: [PartitionEnds],
    at now: Stamp
  ) {
    if self.places != places || groups.map(\.name) != looks.map(\.name) {
      arrange(looks.map(\.name), places)
    }
    let hasPaused = lookedAt.map { now.monotonic.seconds(since: $0) > Self.pause } ?? false
    lookedAt = now.monotonic
    for (index, look) in looks.enumerated() {
      groups[index].failure = look.failure
      guard look.failure == nil else { continue }
      for place in places.indices {
        if hasPaused { groups[index].partitions[place].resume(at: now.monotonic) }
        groups[index].apply(look, place, ends[place], at: now.monotonic)
        if groups[index].noteLosses(of: place, places[place], at: now.wall) { hasNews = true }
      }
      if groups[index].forgetLosses(before: now.wall &- GroupLoss.lifetime) { hasNews = true }
    }
  }

  private mutating func arrange(_ names: [String], _ places: [PartitionPlace]) {
    let old = Dictionary(groups.map { ($0.name, $0) }) { first, _ in first }
    remembered = losses
    let before = Dictionary(self.places.enumerated().map { ($0.element, $0.offset) }) { a, _ in a }
    groups = names.map { name in
      var group = old[name] ?? GroupTrack(name: name)
      let tracks = group.partitions
      group.partitions = places.map { place in
        before[place].flatMap { tracks.indices.contains($0) ? tracks[$0] : nil } ?? PartitionTrack()
      }
      group.losses = [:]
      return group
    }
    self.places = places
    let now = Dictionary(places.enumerated().map { ($0.element, $0.offset) }) { a, _ in a }
    remembered.removeAll { loss in
      let place = PartitionPlace(topic: loss.topic, partition: loss.partition)
      guard let index = groups.firstIndex(where: { $0.name == loss.group }), let at = now[place]
      else { return false }
      groups[index].losses[at, default: []].append(loss)
      return true
    }
  }

  public mutating func set(_ members: GroupMembers, of group: String, at now: Int64) {
    guard let index = groups.firstIndex(where: { $0.name == group }) else { return }
    groups[index].set(members, at: now)
  }

  /// The records whose stamps are wanted, each once, at most `most`.
  public func wants(atMost most: Int) -> [Want] {
    var wants: Set<Want> = []
    for group in groups where group.failure == nil {
      for (place, track) in group.partitions.enumerated() {
        for want in track.wants() where wants.count < most {
          wants.insert(Want(place: place, want: want))
        }
      }
    }
    return Array(wants)
  }

  /// Hands over what was found; nil if it could not be read in time.
  public mutating func found(_ record: FoundRecord?, for want: Want, at now: Stamp) {
    for index in groups.indices where groups[index].partitions.indices.contains(want.place) {
      guard groups[index].partitions[want.place].wants().contains(want.want) else { continue }
      groups[index].partitions[want.place].found(record, for: want.want, at: now)
    }
  }

  /// What is to be thought of all groups, with at most `most` partitions of each.
  public func lag(partitions most: Int, at now: Stamp) -> GroupLag {
    GroupLag(groups.map { $0.figures(of: places, most: most, at: now) })
  }

  /// Whether looks within the next half minute will tell no more than what was seen.
  public func isSettled(at now: Stamp) -> Bool { groups.allSatisfy { $0.isSettled(at: now) } }

  /// What an open transaction holds up, whoever reads it.
  public func held(at now: Stamp) -> [PartitionLag] {
    guard let group = groups.first else { return [] }
    return group.partitions.indices.compactMap { place in
      let track = group.partitions[place]
      guard let look = track.look, let seconds = track.heldSeconds(at: now) else { return nil }
      var lag = PartitionLag(
        topic: places[place].topic,
        partition: places[place].partition,
        look: look
      )
      (lag.state, lag.forSeconds) = (.transaction, seconds)
      lag.recordsBehind = Int(max(0, look.end &- look.stable))
      return lag
    }
  }

  /// What is to be remembered by other runs, if that is news since the last call.
  public mutating func takeLosses() -> [GroupLoss]? {
    defer { hasNews = false }
    return hasNews ? losses : nil
  }

  private var losses: [GroupLoss] {
    remembered
      + groups.flatMap { group in group.losses.keys.sorted().flatMap { group.losses[$0] ?? [] } }
  }
}

extension GroupTrack {
  fileprivate mutating func apply(
    _ look: GroupLook,
    _ place: Int,
    _ ends: PartitionEnds,
    at now: Int64
  ) {
    switch ends {
    case .failed(let reason):
      partitions[place].fail(reason)
    case .known(let low, let end, let stable):
      if let reason = look.failures[place] { return partitions[place].fail(reason) }
      let committed = look.committed.indices.contains(place) ? look.committed[place] : nil
      partitions[place].apply(
        PartitionLook(committed: committed, low: low, end: end, stable: min(stable, end)),
        at: now
      )
    }
  }

  /// Whether there were any so old.
  fileprivate mutating func forgetLosses(before wall: Int64) -> Bool {
    guard losses.values.contains(where: { $0.contains { $0.since < wall } }) else { return false }
    for place in losses.keys { losses[place]?.removeAll { $0.since < wall } }
    losses = losses.filter { !$0.value.isEmpty }
    return true
  }
}
