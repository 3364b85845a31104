import Model

/// The regions at a glance, and what is summed up for views without single generators.
extension DashboardState {
  /// Sums up the fleet, for a view that shows sums: when it opens and at a tick, and for a frame only where another
  /// moment is shown.
  mutating func sumUpFleet() { overview.summarize(timeline.fleet, at: now.monotonic) }

  mutating func rankRegions() {
    overview.rank(timeline.fleet, isHeld: isOrderHeld)
    views.keepInSight(regionLine, of: .overview)
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
    views.keepInSight(regionLine, of: .overview)
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
}
