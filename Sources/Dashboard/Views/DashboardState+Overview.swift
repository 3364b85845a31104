import Model

/// The regions at a glance, and what is summed up for views without single generators.
extension DashboardState {
  /// Sums up the fleet, for a view that shows sums.
  ///
  /// It looks at every generator (12 ms for 100,000), so it happens when such a view opens and at a
  /// tick, of a large fleet not at every tick, and for a frame only where another moment is shown.
  mutating func sumUpFleet() {
    if isSummaryDue { fleetSummary = fleet.summedUp(at: now.monotonic) }
  }

  private var isSummaryDue: Bool {
    guard let madeAt = fleetSummary.madeAt else { return true }
    let age = now.monotonic.seconds(since: madeAt)
    return age < 0 || age > Double(fleet.count / 20_000) - 0.5
  }

  /// Puts the regions in order; while the order is held, only those come that were met since.
  mutating func rankRegions() {
    let all = fleet.regions.indices.filter { fleet.regionCounts[$0].total > 0 }
      .map { RegionIndex($0) }
    if isOrderHeld, !rankedRegions.isEmpty {
      let known = Set(rankedRegions)
      rankedRegions += all.filter { !known.contains($0) }
    } else {
      let ranks = all.map { (region: $0, rank: RegionRank($0, in: self)) }
      rankedRegions = ranks.sorted { $0.rank < $1.rank }.map(\.region)
    }
    if selectedRegion.map({ !rankedRegions.contains($0) }) ?? true {
      selectedRegion = rankedRegions.first
    }
    keepRegionInSight()
  }

  /// Where the cursor of the overview is among ``rankedRegions``; 0 if it is nowhere.
  public var regionLine: Int {
    selectedRegion.flatMap { rankedRegions.firstIndex(of: $0) } ?? 0
  }

  mutating func moveRegion(_ motion: Motion) {
    guard !rankedRegions.isEmpty else { return }
    let rows = max(1, layout.listRows(of: .overview))
    let line = target(motion, from: regionLine, rows: rows, count: rankedRegions.count)
    selectedRegion = rankedRegions[line]
    keepRegionInSight()
  }

  mutating func moveRegion(by step: Int) {
    guard !rankedRegions.isEmpty else { return }
    selectedRegion = rankedRegions[min(max(0, regionLine + step), rankedRegions.count - 1)]
    keepRegionInSight()
  }

  private mutating func keepRegionInSight() {
    let rows = max(1, layout.listRows(of: .overview))
    scrolls[.overview] = min(max(scrolls[.overview] ?? 0, regionLine - rows + 1), regionLine)
  }

  /// Goes to the generator of a line of the tanks that will be empty next.
  mutating func revealEmptying(ofLine line: Int) {
    let emptying = fleetSummary.emptying
    if emptying.indices.contains(line) { reveal(emptying[line].generator) }
  }

  /// Shows the fleet of the region under the cursor.
  mutating func openRegion() {
    guard let region = selectedRegion, fleet.regions.indices.contains(Int(region)) else { return }
    setRegions([fleet.regions[Int(region)]])
    open(.ops)
    focus = .fleet
    placePanes()
  }
}

/// What the order of regions goes by, the worst first: more critical alarms, then more alarms of
/// any priority, more lost, more silent generators; then whose first tank is empty sooner; then
/// the index, so that equals keep their places.
private struct RegionRank: Comparable {
  let counts: [Int]
  let seconds: Double
  let region: RegionIndex

  init(_ region: RegionIndex, in state: DashboardState) {
    let counts = state.fleet.regionCounts[Int(region)]
    self.counts = [counts.critical, counts.alarm, counts.lost, counts.stale]
    seconds = state.fleetSummary.figures(of: region).soonest?.seconds ?? .infinity
    self.region = region
  }

  static func < (left: RegionRank, right: RegionRank) -> Bool {
    if left.counts != right.counts { return right.counts.lexicographicallyPrecedes(left.counts) }
    return (left.seconds, left.region) < (right.seconds, right.region)
  }
}
