import Model

/// The regions at a glance, and what is summed up for views without single generators.
extension DashboardState {
  /// Sums up the fleet, if the view shows sums: when it opens and at a tick, and for a frame only where another moment
  /// is shown.
  mutating func summarize() {
    guard view.hasSummary else { return }
    overview.summarize(timeline.fleet, at: now.monotonic)
    guard view == .overview else { return }
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

  /// Shows the fleet of the region under the cursor.
  mutating func openRegion() {
    guard let region = selectedRegion, fleet.regions.indices.contains(Int(region)) else { return }
    setRegions([fleet.regions[Int(region)]])
    open(.ops)
    views.focus(on: .fleet)
  }
}
