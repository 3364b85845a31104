/// Which columns of the fleet the operator wants to see.
public struct ColumnChoice: Equatable, Sendable {
  /// What was left out of the columns that are shown at first.
  public private(set) var hidden: Set<FleetColumn> = []
  /// What was chosen of those that are hidden at first.
  public private(set) var shown: Set<FleetColumn> = []

  public init() {}

  /// A choice that was kept; columns that cannot be chosen are passed over.
  init(hidden: some Sequence<FleetColumn>, shown: some Sequence<FleetColumn>) {
    self.hidden = Set(hidden).intersection(FleetColumn.choosable)
      .subtracting(FleetColumn.hiddenAtFirst)
    self.shown = Set(shown).intersection(FleetColumn.hiddenAtFirst)
  }

  /// All but those that are left out.
  init(leavingOut columns: [FleetColumn]) {
    self.init(hidden: columns, shown: FleetColumn.hiddenAtFirst.subtracting(columns))
  }

  public func shows(_ column: FleetColumn) -> Bool {
    column.row.isHiddenAtFirst ? shown.contains(column) : !hidden.contains(column)
  }

  /// Shows or hides a column that can be chosen.
  mutating func show(_ column: FleetColumn, _ isShown: Bool) {
    switch (column.row.isHiddenAtFirst, isShown) {
    case (true, true): shown.insert(column)
    case (true, false): shown.remove(column)
    case (false, true): hidden.remove(column)
    case (false, false): hidden.insert(column)
    }
  }
}
