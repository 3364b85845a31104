import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The names of the columns; that of the sort has an arrow.
  mutating func drawHeadings(_ columns: FleetColumns, in line: Rect) {
    for place in columns.places {
      let isSorted = SortColumn(place.column) == state.sort.column
      let arrow = state.sort.isInverted ? glyphs.arrowDown : glyphs.arrowUp
      let text = heading(place) + (isSorted ? String(Character(arrow)) : "")
      let cell = place.cell(in: line)
      let sort = SortColumn(place.column == .gauge ? .percent : place.column)
      if let sort { spots.add(cell, .column(sort)) }
      let role: Role = isSorted ? .accent : .header
      canvas.write(text, in: cell, isNumber: place.isNumber, role: role)
    }
  }

  private func heading(_ place: ColumnPlace<FleetColumn>) -> String {
    let policy = state.fleet.policy
    let heading = place.column.row.heading
    if place.column == .id { return place.width >= 9 ? heading : "GEN" }
    if place.column == .gauge {
      return state.fleet.hasCommonMark && policy.tank > 0 && place.width >= 20
        ? "FUEL  refuel \(Figures.number(policy.refuelMark / policy.tank * 100))%" : "FUEL"
    }
    guard place.column == .metric(.fuel) else { return heading }
    return policy.unit.isEmpty ? "UNITS" : String(policy.unit.prefix(6))
  }
}
