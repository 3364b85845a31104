import Dashboard
import Model
import Terminal

extension Picture {
  /// The regions, the worst first, with what is wrong in each, who is there, and how the fuel stands;
  /// under them all of the fleet.
  func drawOverview(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let count = state.rankedRegions.count
    let rows = state.layout.listRows(of: .overview)
    let shown = window(of: .overview, rows: rows, count: count)
    let range = count > shown.count ? "\(shown.lowerBound + 1)-\(shown.upperBound) of " : ""
    let inside = frame(
      .overview,
      area,
      title: "OVERVIEW",
      note: "\(range)\(count) regions\(glyphs.dot)the worst first",
      on: &canvas
    )
    drawOutage(of: state.rawFeed, over: area, on: &canvas)
    let isBoxed = state.layout.style == .boxed
    let body = isBoxed ? inside.inset(columns: 1, rows: 0) : inside
    let columns = overviewColumns(in: body)
    let (heading, list) = body.split(top: state.layout.style == .minimal ? 0 : 1)
    drawOverviewHeadings(columns, in: heading, on: &canvas)
    guard count > 0 else {
      return explain(["no generator heard from yet"], in: list, on: &canvas)
    }
    for (row, place) in shown.enumerated() {
      let line = list.row(row)
      draw(OverviewRow(state.rankedRegions[place], state), columns, in: line, on: &canvas)
      guard place == state.regionLine else { continue }
      point(atRegionIn: line, columns, on: &canvas)
    }
    drawOverviewTotals(columns, below: list.split(top: shown.count).rest, on: &canvas)
  }

  private func overviewColumns(in body: Rect) -> OverviewColumns {
    var hidden: Set<OverviewColumn> = []
    let figures = state.fleetSummary.fleet
    // What no generator tells, or what cannot be summed up, has no column.
    if figures.loaded == 0 { hidden.insert(.running) }
    if figures.powered == 0 { hidden.insert(.power) }
    if state.fleetSummary.unit == nil { hidden.insert(.held) }
    let names = state.rankedRegions.prefix(200).reduce(0) {
      max($0, TextWidth.of(state.fleet.regions[Int($1)]))
    }
    return OverviewColumns(
      body,
      counts: state.fleet.counts,
      names: names,
      ids: state.widestID,
      hidden: hidden
    )
  }

  private func drawOverviewHeadings(
    _ columns: OverviewColumns,
    in row: Rect,
    on canvas: inout Canvas
  ) {
    let hasGauge = columns.places.contains { $0.column == .fuelGauge }
    let unit = state.fleetSummary.unit ?? ""
    for place in columns.places {
      var text = place.column.heading
      switch place.column {
      case .held: if !unit.isEmpty { text = String(unit.prefix(6)) }
      case .online where !columns.places.contains { $0.column == .onlineGauge }: text = "ON"
      case .fuel where !hasGauge: text = "FUEL"
      default: break
      }
      if place.column.isNumber {
        let right = place.x + place.width
        canvas.writeRight(text, right: right, y: row.y, in: row, role: .header)
      } else {
        canvas.write(text, x: place.x, y: row.y, in: row, role: .header)
      }
    }
  }

  /// The line of the whole fleet, under a rule if there is room for one.
  private func drawOverviewTotals(
    _ columns: OverviewColumns,
    below rest: Rect,
    on canvas: inout Canvas
  ) {
    guard state.layout.style != .minimal else { return }
    if state.layout.style == .boxed {
      canvas.fill(rest.row(0), with: glyphs.horizontal, role: .gaugeEmpty)
    }
    let line = rest.row(state.layout.style == .boxed ? 1 : 0)
    draw(OverviewRow(nil, state), columns, in: line, on: &canvas)
  }

  /// Shows the cursor; gauges keep their looks, since a full one in reverse would look empty.
  private func point(
    atRegionIn line: Rect,
    _ columns: OverviewColumns,
    on canvas: inout Canvas
  ) {
    let isFocused = state.focus == .overview && state.overlay == nil
    if state.layout.style == .boxed {
      let role: Role = isFocused ? .accent : .frame
      canvas.put(glyphs.pointer, x: line.x - 1, y: line.y, role: role)
    }
    guard isFocused else { return canvas.restyle(line, adding: .bold) }
    var rest = line.split(left: 3).rest
    for place in columns.places where place.column == .onlineGauge || place.column == .fuelGauge {
      canvas.restyle(rest.split(left: place.x - rest.x).left, role: .selection)
      rest = rest.split(left: place.x + place.width - rest.x).rest
    }
    canvas.restyle(rest, role: .selection)
  }

  private func draw(
    _ row: OverviewRow,
    _ columns: OverviewColumns,
    in line: Rect,
    on canvas: inout Canvas
  ) {
    guard !line.isEmpty else { return }
    for place in columns.places {
      let area = Rect(x: place.x, y: line.y, width: place.width, height: 1).intersection(line)
      if let gauge = row.gauge(place.column, state) {
        canvas.draw(gauge, in: area, glyphs: glyphs)
        continue
      }
      let piece = row.figure(place.column, state)
      let shown = TextWidth.truncate(piece.text, to: area.width, ellipsis: glyphs.ellipsis)
      if place.column.isNumber {
        canvas.writeRight(shown, right: area.right, y: area.y, in: area, role: piece.role)
      } else {
        canvas.write(shown, x: area.x, y: area.y, in: area, role: piece.role)
      }
    }
  }
}
