import Model

extension DashboardState {
  /// The columns to choose from: those of metrics that no generator has sent are offered only where they are shown.
  public var offeredColumns: [FleetColumn] {
    FleetColumn.choosable.filter { isOffered($0) || !hiddenColumns.contains($0) }
  }

  /// The columns to sort by, likewise.
  public var offeredSorts: [SortColumn] {
    SortColumn.allCases.filter { isOffered($0.column) || $0 == sort.column }
  }

  private func isOffered(_ column: FleetColumn) -> Bool {
    guard case .metric(let metric) = column, metric.isFurther else { return true }
    return liveFleet.furtherMetrics.contains(metric)
  }

  /// Shows all columns that have something to show.
  mutating func showAllColumns() {
    hiddenColumns = Set(FleetColumn.choosable).subtracting(offeredColumns)
  }
}
