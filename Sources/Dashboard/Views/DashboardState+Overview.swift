public import Model

/// The regions at a glance, what is summed up for views without single generators, and the hop to look at.
extension DashboardState {
  /// Sums up the fleet, for a view that shows sums: when it opens and at a tick, and for a frame only where another
  /// moment is shown.
  mutating func sumUpFleet() { overview.summarize(timeline.fleet, at: now.monotonic) }

  mutating func rankRegions() {
    overview.rank(timeline.fleet, isHeld: isOrderHeld)
    views.scrollIntoSight(regionLine, of: .overview)
  }

  /// Where the cursor of the overview is among ``rankedRegions``; 0 if it is nowhere.
  public var regionLine: Int { overview.line }

  mutating func moveRegion(_ motion: Motion) {
    let rows = max(1, layout.listRows(of: .overview))
    moveRegion(to: motion.target(from: overview.line, rows: rows, count: rankedRegions.count))
  }

  mutating func moveRegion(by step: Int) { moveRegion(to: overview.line + step) }

  private mutating func moveRegion(to line: Int) {
    guard !rankedRegions.isEmpty else { return }
    overview.putCursor(on: line)
    views.scrollIntoSight(regionLine, of: .overview)
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
    views.focus(on: .fleet)
  }

  // MARK: - Which hop to look at

  /// The slowest hop that is late, if any: the one to look at; one that another starves only if that is late no longer.
  public var worstHop: HopFigures? {
    hops.filter { $0.state >= .warning }.max { left, right in
      (left.starvedBy == nil) != (right.starvedBy == nil)
        ? left.starvedBy != nil
        : left.state != right.state
          ? left.state < right.state : (left.secondsBehind ?? 0) < (right.secondsBehind ?? 0)
    }
  }

  /// The hop to look at: the worst of those that are late, else the one with the longest delay.
  ///
  /// Among those that are in time, how old the newest sample is and how long the terminal takes do not
  /// count: they are no way that data takes.
  public var slowestHop: HopFigures? {
    worstHop
      ?? hops.filter { $0.state == .ok && $0.id.row.isDelay }
      .filter { $0.secondsBehind ?? 0 > 0 }
      .max { ($0.secondsBehind ?? 0) < ($1.secondsBehind ?? 0) }
  }
}
