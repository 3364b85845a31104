public import Model

/// What the world was told in the last half hour, and the world at some moments of it: from these
/// any moment can be had again.
///
/// Everything counts against one budget of memory: when it is used up, the oldest goes, and
/// ``reach`` says how far back there still is something. Depends on events alone, so that a
/// recording played again has the same past.
public struct Past: Sendable {
  /// How far back it reaches where memory allows, in nanoseconds.
  public static let span: Int64 = 1_800_000_000_000
  /// So many bytes it takes at most where nothing else is said.
  public static let usualBudget = 64_000_000

  /// The world at a moment, and where in the events it lies.
  struct Moment: Sendable {
    var fleet: Fleet
    /// The stamp of the last event before it.
    var stamp: Stamp
    /// Counts all chunks there ever were.
    var chunk: Int
    var cursor: PackedEvents.Cursor
    /// What a snapshot takes.
    var footprint = 0
  }

  /// Between two snapshots lie at least this many items: reading them takes some hundredths of a second.
  static let usualSpacing = 20_000
  /// Between a snapshot and the next, or the present, lie at most this many.
  private static let longest = 800_000
  private static let chunkSize = 32 << 10
  private static let chunkLength: Int64 = 10_000_000_000
  private static let mostMarks = 2_000

  /// In bytes; 0 to keep nothing.
  public let budget: Int
  private let spacing: Int
  /// Whether a single copy of the fleet would take more than half of the budget.
  public private(set) var isTooLarge = false
  /// About how many bytes are taken.
  public private(set) var footprint = 0

  private var chunks: [PackedEvents] = []
  /// The number of the first of the chunks.
  private var first = 0
  /// The world as it was before the first event of some chunks; rising, the first before the first of the chunks.
  private var snapshots: [Moment] = []
  /// When events and alarms came up, rising: monotonic nanoseconds.
  private var marks: [Int64] = []
  /// The moment last looked at, and some before it, so that steps from it are short.
  private var current: Moment?
  private var waypoints: [Moment] = []
  /// How long before a moment there shall be waypoints: whoever steps back rarely steps once.
  private static let distances: [Int64] = [300_000_000_000, 30_000_000_000]

  public init(budget: Int = usualBudget) { self.init(budget: budget, spacing: Self.usualSpacing) }

  init(budget: Int, spacing: Int) {
    self.budget = max(0, budget)
    self.spacing = spacing
  }

  /// From when on the world can be had again; nil while there is nothing.
  public var reach: Stamp? { snapshots.first?.stamp }

  // MARK: - Keeping

  /// Takes note of an event that the world is about to be told.
  mutating func note(_ event: Event, before fleet: Fleet) {
    guard budget > 0, !isTooLarge else { return }
    if isChunkFull(at: event.stamp.monotonic) { beginChunk(at: event.stamp, fleet) }
    guard !chunks.isEmpty else { return }
    let last = chunks.count - 1
    footprint -= chunks[last].footprint
    chunks[last].append(event, to: fleet)
    footprint += chunks[last].footprint
  }

  /// Takes note that something worth a line came up; of each second the last time is kept.
  mutating func mark(at time: Int64) {
    guard !snapshots.isEmpty else { return }
    let second: Int64 = 1_000_000_000
    if let last = marks.last, last / second == time / second { marks.removeLast() }
    if marks.count >= Self.mostMarks { marks.removeFirst(Self.mostMarks / 4) }
    marks.append(time)
  }

  private func isChunkFull(at time: Int64) -> Bool {
    guard let last = chunks.last else { return true }
    return last.footprint >= Self.chunkSize
      || time.nanoseconds(since: last.begin.monotonic) >= Self.chunkLength
  }

  private mutating func beginChunk(at stamp: Stamp, _ fleet: Fleet) {
    if !chunks.isEmpty { chunks[chunks.count - 1].close() }
    let chunk = PackedEvents(begin: stamp)
    takeSnapshot(before: chunk, fleet)
    guard !isTooLarge else { return }
    chunks.append(chunk)
    footprint += chunks[chunks.count - 1].footprint
    forget(before: stamp.monotonic &- Self.span)
  }

  // MARK: - Snapshots

  /// Keeps a copy of the fleet if so much came since the last that it pays, and there is room or can
  /// be made at once.
  private mutating func takeSnapshot(before chunk: PackedEvents, _ fleet: Fleet) {
    let next = first + chunks.count
    let gap = snapshots.last.map { items(from: $0.chunk, to: next) }
    // A copy of a large fleet must pay as well.
    if let gap, gap < max(spacing, 5 * fleet.count) { return }
    let size = fleet.footprint
    guard size <= budget / 2 else { return giveUp() }
    while snapshots.count > 2, footprint + size > budget { dropSnapshot() }
    if snapshots.count > 1, footprint + size > budget, gap ?? 0 > Self.longest / 2 {
      dropFirstSnapshot()
    }
    guard footprint + size <= budget else { return }
    let stamp = chunks.last?.end ?? chunk.begin
    var snapshot = Moment(fleet: fleet, stamp: stamp, chunk: next, cursor: chunk.start)
    snapshot.footprint = size
    snapshots.append(snapshot)
    footprint += size
  }

  private func items(from chunk: Int, to end: Int) -> Int {
    chunks[max(0, chunk - first)..<max(0, end - first)].reduce(0) { $0 + $1.items }
  }

  /// Lets the snapshot go that is missed least: a few old ones are as good as many recent ones.
  ///
  /// Where that would leave too much to read from one to the next, it is the first, with what lies
  /// before the second.
  private mutating func dropSnapshot() {
    guard snapshots.count > 1 else { return }
    let end = first + chunks.count
    let ages = snapshots.map { items(from: $0.chunk, to: end) + spacing } + [spacing]
    func gap(over place: Int) -> Int { ages[place - 1] - ages[place + 1] }
    func step(over place: Int) -> Double { Double(ages[place - 1]) / Double(ages[place + 1]) }
    // Wider, and those that remain could not span all of the time.
    let widest = min(Self.longest, (ages[0] - spacing) / max(1, snapshots.count - 2))
    let places = (1..<snapshots.count).filter { gap(over: $0) <= Self.longest }
    let late = places.filter { gap(over: $0) <= widest }.min { step(over: $0) < step(over: $1) }
    guard let least = late ?? places.min(by: { gap(over: $0) < gap(over: $1) }) else {
      return dropFirstSnapshot()
    }
    footprint -= snapshots[least].footprint
    snapshots.remove(at: least)
  }

  private mutating func giveUp() {
    self = Past(budget: budget, spacing: spacing)
    isTooLarge = true
  }

  // MARK: - Forgetting

  /// Lets go what is older than `limit` and not needed for what is younger, and what the budget has
  /// no room for.
  private mutating func forget(before limit: Int64) {
    while chunks.count > 1 {
      if snapshots.count > 1, snapshots[1].stamp.monotonic <= limit {
        dropFirstSnapshot()
      } else if chunks[0].end.monotonic <= limit {
        advanceFirstSnapshot()
      } else if footprint > budget {
        if snapshots.count > 2, isMostlySnapshots { dropSnapshot() } else { advanceFirstSnapshot() }
      } else if isTooMuchToRead {
        if snapshots.count > 1 { dropFirstSnapshot() } else { advanceFirstSnapshot() }
      } else {
        break
      }
    }
    if footprint > budget { return giveUp() }
    if let reach { marks.removeFirst(marks.firstIndex { $0 > reach.monotonic } ?? marks.count) }
  }

  /// Whether too much came since the last snapshot, as there is no room for another.
  private var isTooMuchToRead: Bool {
    items(from: snapshots.last?.chunk ?? first, to: first + chunks.count) > Self.longest
  }

  private var isMostlySnapshots: Bool { snapshots.reduce(0) { $0 + $1.footprint } > budget / 2 }

  private mutating func dropFirstSnapshot() {
    footprint -= snapshots[0].footprint
    snapshots.removeFirst()
    while first < snapshots[0].chunk { dropFirstChunk() }
  }

  private mutating func dropFirstChunk() {
    footprint -= chunks[0].footprint
    chunks.removeFirst()
    first += 1
  }

  /// Lets the first snapshot live through the first chunk, which is not needed any longer then.
  private mutating func advanceFirstSnapshot() {
    if snapshots.count > 1, snapshots[1].chunk == first + 1 { return dropFirstSnapshot() }
    var cursor = chunks[0].start
    while let event = chunks[0].next(&cursor, until: .max, for: snapshots[0].fleet) {
      snapshots[0].fleet.apply(event)
    }
    snapshots[0].stamp = chunks[0].end
    dropFirstChunk()
    (snapshots[0].chunk, snapshots[0].cursor) = (first, chunks[0].start)
    footprint -= snapshots[0].footprint
    snapshots[0].footprint = snapshots[0].fleet.footprint
    footprint += snapshots[0].footprint
  }

  // MARK: - Looking back

  /// When something last came up before the monotonic time `time`; nil if nothing did within reach.
  func mark(before time: Int64) -> Int64? { marks.last { $0 < time } }

  /// When something next came up after `time`.
  func mark(after time: Int64) -> Int64? { marks.first { $0 > time } }

  /// The world at the monotonic time `time`, after all events up to then; nil before ``reach``.
  mutating func moment(at time: Int64) -> Moment? {
    guard var moment = nearest(before: time) else { return nil }
    waypoints.removeAll { $0.stamp.monotonic > time }
    for distance in Self.distances {
      let early = time.nanoseconds(since: distance)
      guard moment.stamp.monotonic < early else { continue }
      advance(&moment, to: early)
      waypoints.append(moment)
    }
    while waypoints.count > 3 { waypoints.removeFirst() }
    advance(&moment, to: time)
    current = moment
    return moment
  }

  /// Gives back the memory of what was lately looked at.
  mutating func forgetMoments() {
    current = nil
    waypoints = []
  }

  private func nearest(before time: Int64) -> Moment? {
    guard let snapshot = snapshots.last(where: { $0.stamp.monotonic <= time }) else { return nil }
    let moments = (waypoints + [current].compactMap { $0 }).filter { moment in
      moment.chunk >= first && moment.stamp.monotonic <= time
    }
    return moments.reduce(snapshot) { $1.stamp.monotonic > $0.stamp.monotonic ? $1 : $0 }
  }

  private func advance(_ moment: inout Moment, to time: Int64) {
    while chunks.indices.contains(moment.chunk - first) {
      let chunk = chunks[moment.chunk - first]
      while let event = chunk.next(&moment.cursor, until: time, for: moment.fleet) {
        moment.fleet.apply(event)
        moment.stamp = event.stamp
      }
      // The last one may still grow.
      guard chunk.isAtEnd(moment.cursor), moment.chunk - first + 1 < chunks.count else { return }
      moment.chunk += 1
      moment.cursor = chunks[moment.chunk - first].start
    }
  }
}

extension Fleet {
  /// Takes over an event that concerns the world.
  mutating func apply(_ event: Event) {
    switch event.kind {
    case .feed(let feed): apply(feed, at: event.stamp)
    case .tick: tick(at: event.stamp)
    case .screen(let figures): apply(figures, at: event.stamp)
    case .key, .mouse, .resize, .frame, .drawn, .note, .theme, .recording, .suspended, .resumed:
      break
    }
  }
}
