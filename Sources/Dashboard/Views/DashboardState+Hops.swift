public import Model

/// Which hop to look at.
extension DashboardState {
  /// The slowest hop that is late, if any: the one to look at.
  public var worstHop: HopFigures? {
    hops.filter { $0.state >= .warning }.max { left, right in
      left.state != right.state
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
