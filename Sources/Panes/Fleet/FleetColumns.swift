import Dashboard
import Model
import Terminal

/// Which columns a fleet pane of some width has, and where.
struct FleetColumns {
  struct Place: Equatable {
    var column: FleetColumn
    var x: Int
    var width: Int
  }

  private(set) var places: [Place] = []

  /// Finds room in `row` for as many columns as fit, without those that are `hidden`; `names` and
  /// `ids` are the columns of the widest ones, 0 for none.
  ///
  /// Of the first columns behind the id, `scrolled` give way to others that have no room; fewer do if
  /// the others fit already.
  init(
    _ row: Rect,
    ids: Int,
    names: Int,
    regions: Int,
    hidden: Set<FleetColumn> = [],
    scrolled: Int = 0
  ) {
    let optional = FleetColumn.choosable.filter {
      !hidden.contains($0) && ($0 != .name || names > 0)
    }
    for gone in 0...max(0, min(scrolled, optional.count)) {
      places = []
      let without = hidden.union(optional.prefix(gone))
      find(row, ids: ids, names: names, regions: regions, hidden: without)
      let isAll = places.count == optional.count + 2 - gone
      if isAll { return }
    }
  }

  private mutating func find(
    _ row: Rect,
    ids: Int,
    names: Int,
    regions: Int,
    hidden: Set<FleetColumn>
  ) {
    let isWide = row.width >= 110
    let gap = isWide ? 2 : 1
    let wanted: [FleetColumn: Int] = [
      .id: min(max(ids, 8), row.width < 60 ? 12 : 24), .name: min(max(names, 8), 30),
      .region: min(max(regions, 7), 18),
    ]
    func minimum(_ column: FleetColumn) -> Int {
      let row = column.row
      return min(isWide ? row.wideWidth ?? row.width : row.width, wanted[column] ?? .max)
    }
    var widths: [FleetColumn: Int] = [:]
    var free = row.width
    for column in FleetColumn.byImportance
    where (column != .name || names > 0) && !hidden.contains(column) {
      let needed = minimum(column) + (widths.isEmpty ? 0 : gap)
      guard needed <= free else {
        if widths.isEmpty { widths[column] = row.width }
        break
      }
      widths[column] = minimum(column)
      free -= needed
    }
    func grow(_ column: FleetColumn, to most: Int) {
      guard let width = widths[column], width < most else { return }
      let more = min(max(0, free), most - width)
      widths[column] = width + more
      free -= more
    }
    grow(.gauge, to: 12)
    grow(.name, to: min(wanted[.name] ?? 0, 18))
    grow(.gauge, to: 20)
    grow(.region, to: wanted[.region] ?? 0)
    grow(.trend, to: 24)
    grow(.id, to: wanted[.id] ?? 0)
    grow(.name, to: wanted[.name] ?? 0)
    grow(.gauge, to: 28)
    grow(.trend, to: 40)
    place(widths, in: row, gap: gap)
  }

  private mutating func place(_ widths: [FleetColumn: Int], in row: Rect, gap: Int) {
    var x = row.x
    for column in FleetColumn.allCases {
      guard let width = widths[column] else { continue }
      places.append(Place(column: column, x: x, width: width))
      x += width + (column == .mark ? 1 : gap)
    }
  }
}
