extension ViewChoices {
  /// Whether the list of the fleet has a column, if there is room.
  public func shows(_ column: FleetColumn) -> Bool {
    column.row.isHiddenAtFirst ? shownColumns.contains(column) : !hiddenColumns.contains(column)
  }

  /// Shows or hides a column that can be chosen.
  mutating func show(_ column: FleetColumn, _ isShown: Bool) {
    switch (column.row.isHiddenAtFirst, isShown) {
    case (true, true): shownColumns.insert(column)
    case (true, false): shownColumns.remove(column)
    case (false, true): hiddenColumns.remove(column)
    case (false, false): hiddenColumns.insert(column)
    }
  }

  /// Shows all that can be chosen but some.
  public mutating func showColumns(but hidden: [FleetColumn]) {
    for column in FleetColumn.choosable { show(column, !hidden.contains(column)) }
  }
}
