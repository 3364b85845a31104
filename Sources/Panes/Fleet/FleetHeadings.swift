import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The names of the columns; that of the sort has an arrow.
  func drawHeadings(
    _ columns: FleetColumns,
    y: Int,
    in body: Rect,
    on canvas: inout Canvas
  ) {
    for place in columns.places {
      let isSorted = SortColumn(place.column) == state.sort.column
      let arrow = state.sort.isInverted ? glyphs.arrowDown : glyphs.arrowUp
      let text = heading(place) + (isSorted ? String(Character(arrow)) : "")
      let shown = TextWidth.truncate(text, to: place.width, ellipsis: glyphs.ellipsis)
      let role: Role = isSorted ? .accent : .header
      let area = Rect(x: place.x, y: y, width: place.width, height: 1)
      let sort = SortColumn(place.column == .gauge ? .percent : place.column)
      if let sort { spots.add(area.intersection(body), .column(sort)) }
      if place.column.row.isNumber {
        canvas.writeRight(shown, right: area.right, y: y, in: body, role: role)
      } else {
        canvas.write(shown, x: area.x, y: y, in: body, role: role)
      }
    }
  }

  private func heading(_ place: FleetColumns.Place) -> String {
    let policy = state.fleet.policy
    let heading = place.column.row.heading
    if place.column == .id { return place.width >= 9 ? heading : "GEN" }
    if place.column == .gauge {
      return policy.tank > 0 && place.width >= 20
        ? "FUEL  refuel \(Figures.number(policy.refuelMark / policy.tank * 100))%" : "FUEL"
    }
    guard place.column == .metric(.fuel) else { return heading }
    return policy.unit.isEmpty ? "UNITS" : String(policy.unit.prefix(6))
  }
}
