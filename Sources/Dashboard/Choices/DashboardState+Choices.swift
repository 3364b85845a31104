import Model

/// What the operator chose, for those that only look at it.
extension DashboardState {
  public var sort: SortOrder { choices.sort }
  public var isGrouped: Bool { choices.isGrouped }
  public var hiddenColumns: Set<FleetColumn> { choices.hiddenColumns }
  public func shows(_ column: FleetColumn) -> Bool { choices.shows(column) }
  public var regions: [String] { choices.regions }
  public var preset: ViewID { choices.preset }
  public var times: TimeDisplay { choices.times }
  public var usesMouse: Bool { choices.usesMouse }
  public var abnormalOnly: Bool { choices.abnormalOnly }
  public var payloadForm: PayloadForm { choices.payloadForm }

  /// Asks to keep the choices for the next time if a key has changed them.
  mutating func rememberChoices() -> [Effect] {
    // While a filter is typed each letter would be a file.
    guard prompt == nil, !choices.lastsLike(kept) else { return [] }
    kept = choices
    return [.remember(choices)]
  }
}
