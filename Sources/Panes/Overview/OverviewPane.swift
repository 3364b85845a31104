import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The regions, the worst first, with what is wrong in each, who is there, and how the fuel stands;
  /// under them all of the fleet.
  mutating func drawOverview(in area: Rect) {
    let count = state.rankedRegions.count
    let rows = state.layout.listRows(of: .overview)
    let shown = window(of: .overview, rows: rows, count: count)
    let range = count > shown.count ? "\(shown.lowerBound + 1)-\(shown.upperBound) of " : ""
    let asOf = recordsAsOf.map { "records \($0)\(glyphs.dot)" } ?? ""
    let note = "\(asOf)\(range)\(Phrases.count(count, "region"))\(glyphs.dot)the worst first"
    let body = margin(frame(.overview, area, note: note))
    drawOutage(of: state.rawFeed, over: area)
    let columns = overviewColumns(in: body)
    let (heading, list) = body.split(top: state.layout.style == .minimal ? 0 : 1)
    drawOverviewHeadings(columns, in: heading)
    guard count > 0 else { return explain(["no generator heard from yet"], in: list) }
    for (row, place) in shown.enumerated() {
      draw(OverviewRow(state.rankedRegions[place], state), columns, in: list.row(row))
      if place == state.regionLine { point(atRegionIn: list.row(row), columns) }
    }
    drawOverviewTotals(columns, below: list.split(top: shown.count).rest)
  }

  private mutating func drawOverviewHeadings(
    _ columns: [ColumnPlace<OverviewColumn>],
    in row: Rect
  ) {
    let shown = Set(columns.map(\.column))
    let unit = state.fleetSummary.unit ?? ""
    for place in columns {
      let text =
        switch place.column {
        case .held where !unit.isEmpty: String(unit.prefix(6))
        case .online where !shown.contains(.onlineGauge): "ON"
        case .fuel where !shown.contains(.fuelGauge): "FUEL"
        default: place.column.row.heading
        }
      let cell = place.cell(in: row)
      canvas.write(text, in: cell, isNumber: place.isNumber, role: .header)
    }
  }

  /// The line of the whole fleet, under a rule if there is room for one.
  private mutating func drawOverviewTotals(
    _ columns: [ColumnPlace<OverviewColumn>],
    below rest: Rect
  ) {
    guard state.layout.style != .minimal else { return }
    if isBoxed { canvas.fill(rest.row(0), with: glyphs.horizontal, role: .gaugeEmpty) }
    draw(OverviewRow(nil, state), columns, in: rest.row(isBoxed ? 1 : 0))
  }

  /// Shows the cursor; gauges keep their looks, since a full one in reverse would look empty.
  private mutating func point(atRegionIn line: Rect, _ columns: [ColumnPlace<OverviewColumn>]) {
    guard drawPointer(.overview, at: line) else { return }
    var rest = line.split(left: 3).rest
    for place in columns where place.column == .onlineGauge || place.column == .fuelGauge {
      canvas.restyle(rest.split(left: place.x - rest.x).left, role: .selection)
      rest = rest.split(left: place.x + place.width - rest.x).rest
    }
    canvas.restyle(rest, role: .selection)
  }

  private mutating func draw(
    _ row: OverviewRow,
    _ columns: [ColumnPlace<OverviewColumn>],
    in line: Rect
  ) {
    for place in columns where !line.isEmpty {
      let cell = place.cell(in: line)
      if let gauge = row.gauge(place.column) {
        canvas.draw(gauge, in: cell)
      } else {
        let (text, role) = row.figure(place.column)
        canvas.write(text, in: cell, isNumber: place.isNumber, role: role)
      }
    }
  }
}
