import Model

/// What is summed up of the fleet for views without single generators, the regions in their order, and the hops.
struct RegionOverview: Sendable {
  private(set) var summary = FleetSummary()
  /// The hops of the pipeline, worked out for each frame.
  var hops: [HopFigures] = []
  /// The regions, the worst first.
  private(set) var ranked: [RegionIndex] = []
  /// The region under the cursor; the cursor is on it, not on a row.
  private(set) var selection: RegionIndex?

  /// Sums up the fleet where that is due.
  ///
  /// It looks at every generator (12 ms for 100,000): a large fleet is not summed up every second.
  mutating func summarize(_ fleet: Fleet, at now: Int64) {
    if isDue(fleet, at: now) { summary = fleet.summedUp(at: now) }
  }

  private func isDue(_ fleet: Fleet, at now: Int64) -> Bool {
    guard let madeAt = summary.madeAt else { return true }
    let age = now.seconds(since: madeAt)
    return age < 0 || age > Double(fleet.count / 20_000) - 0.5
  }

  /// Puts the regions in order; while the order is held, only those come that were met since.
  mutating func rank(_ fleet: Fleet, isHeld: Bool) {
    let all = fleet.regions.indices.filter { fleet.regionCounts[$0].total > 0 }
      .map { RegionIndex($0) }
    if isHeld, !ranked.isEmpty {
      let known = Set(ranked)
      ranked += all.filter { !known.contains($0) }
    } else {
      let ranks = all.map { (region: $0, rank: RegionRank($0, in: fleet, summary)) }
      ranked = ranks.sorted { $0.rank < $1.rank }.map(\.region)
    }
    if selection.map({ !ranked.contains($0) }) ?? true { selection = ranked.first }
  }

  /// Where the cursor is among ``ranked``; 0 if it is nowhere.
  var line: Int { selection.flatMap { ranked.firstIndex(of: $0) } ?? 0 }

  /// Puts the cursor on a line, or as near as there is one.
  mutating func putCursor(on line: Int) {
    if !ranked.isEmpty { selection = ranked[min(max(0, line), ranked.count - 1)] }
  }

  /// Forgets what was worked out of another moment; the cursor stays.
  mutating func forget() { (summary, ranked) = (FleetSummary(), []) }
}

/// What the order of regions goes by, the worst first: more critical alarms, then more dry soon, then more alarms of
/// any priority, more lost, more silent generators; then whose first tank is empty sooner; then
/// the index, so that equals keep their places.
private struct RegionRank: Comparable {
  let counts: [Int]
  let seconds: Double
  let region: RegionIndex

  init(_ region: RegionIndex, in fleet: Fleet, _ summary: FleetSummary) {
    let counts = fleet.regionCounts[Int(region)]
    self.counts = [counts.critical, counts.drySoon, counts.alarm, counts.lost, counts.stale]
    seconds = summary.figures(of: region).soonest?.seconds ?? .infinity
    self.region = region
  }

  static func < (left: RegionRank, right: RegionRank) -> Bool {
    if left.counts != right.counts { return right.counts.lexicographicallyPrecedes(left.counts) }
    return (left.seconds, left.region) < (right.seconds, right.region)
  }
}
