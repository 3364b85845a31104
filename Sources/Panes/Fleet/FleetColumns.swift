import Dashboard
import Model
import Terminal

/// Which columns a fleet pane of some width has, and where.
struct FleetColumns {
  private(set) var places: [ColumnPlace<FleetColumn>] = []

  /// Finds room in `row` for as many as fit of the columns that are chosen.
  ///
  /// Of the first columns behind the id, those that are scrolled away give way to others that have no room; fewer
  /// do if the others fit already.
  init(_ row: Rect, _ state: borrowing DashboardState) {
    let regions = state.fleet.regions.prefix(200).reduce(0) { max($0, TextWidth.of($1)) }
    let wanted: [FleetColumn: Int] = [
      .id: min(max(state.widestID, 8), row.width < 60 ? 12 : 24),
      .name: min(max(state.widestName, 8), 30), .region: min(max(regions, 7), 18),
    ]
    let isLow = state.isLowBandwidth
    let chosen = FleetColumn.allCases.filter { column in
      state.shows(column) && !(isLow && column.row.isCostly)
        && (column != .name || state.widestName > 0)
    }
    let all = Set(chosen)
    let optional = FleetColumn.choosable.filter(all.contains)
    for gone in 0...max(0, min(state.columnScroll, optional.count)) {
      place(all.subtracting(optional.prefix(gone)), wanted, in: row)
      if places.count == optional.count + 2 - gone { return }
    }
  }

  private mutating func place(
    _ chosen: Set<FleetColumn>,
    _ wanted: [FleetColumn: Int],
    in line: Rect
  ) {
    let isWide = line.width >= 110
    let gap = isWide ? 2 : 1
    var widths: [FleetColumn: Int] = [:]
    var free = line.width
    for column in FleetColumn.byImportance where chosen.contains(column) {
      let row = column.row
      let least = isWide ? row.wideWidth ?? row.width : row.width
      let width = min(least, wanted[column] ?? .max)
      let needed = width + (widths.isEmpty ? 0 : gap)
      guard needed <= free else {
        if widths.isEmpty { widths[column] = line.width }
        break
      }
      widths[column] = width
      free -= needed
    }
    let names = wanted[.name] ?? 0
    // What is left goes to these in turn, up to so many cells.
    let growth: [(column: FleetColumn, most: Int)] = [
      (.gauge, 12), (.name, min(names, 18)), (.gauge, 20), (.region, wanted[.region] ?? 0),
      (.trend, 24), (.id, wanted[.id] ?? 0), (.name, names), (.gauge, 28), (.trend, 40),
    ]
    for (column, most) in growth {
      guard let width = widths[column], width < most else { continue }
      let more = min(max(0, free), most - width)
      widths[column] = width + more
      free -= more
    }
    var x = line.x
    places = FleetColumn.allCases.compactMap { column in
      guard let width = widths[column] else { return nil }
      defer { x += width + (column == .mark ? 1 : gap) }
      return ColumnPlace(column: column, x: x, width: width, isNumber: column.row.isNumber)
    }
  }
}
