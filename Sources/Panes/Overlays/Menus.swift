import Dashboard
import Model
import Terminal

extension Picture {
  /// The columns to sort by, with their letters; the present one has an arrow.
  func drawSortMenu(cursor: Int, over screen: Rect, on canvas: inout Canvas) {
    let columns = state.offeredSorts
    let area = screen.centred(width: 52, height: columns.count + 4)
    let inside = overlayFrame(area, title: "SORT", note: state.sort.direction, on: &canvas)
    let (foot, list) = inside.split(bottom: inside.height >= 6 ? 2 : 0)
    let first = firstLine(of: columns.count, cursor: cursor, rows: list.height)
    for (row, place) in (first..<min(columns.count, first + list.height)).enumerated() {
      let column = columns[place]
      let isPresent = column == state.sort.column
      let arrow = state.sort.isInverted ? glyphs.arrowDown : glyphs.arrowUp
      let piece = Piece(isPresent ? "\(Character(arrow)) " : "  ", .accent)
        .adding(String(column.letter), .key)
        .adding("  \(column.title)", isPresent ? .accent : .text)
      canvas.draw([piece], in: list.row(row), glyphs: glyphs)
      spots.add(list.row(row), .choice(place))
      if place == cursor { canvas.restyle(list.row(row), role: .selection) }
    }
    drawKeys(
      [("Enter", "sorts"), ("I", "turns it round"), ("Esc", "closes")],
      in: foot,
      on: &canvas
    )
  }

  /// The columns of the fleet: whether each is chosen, and whether it has room.
  func drawColumnMenu(cursor: Int, over screen: Rect, on canvas: inout Canvas) {
    let columns = state.offeredColumns
    let area = screen.centred(width: 52, height: columns.count + 4)
    let inside = overlayFrame(area, title: "COLUMNS", note: "state and id stay", on: &canvas)
    let (foot, list) = inside.split(bottom: inside.height >= 6 ? 2 : 0)
    let first = firstLine(of: columns.count, cursor: cursor, rows: list.height)
    let shown = Set(columnsWithRoom)
    for (row, place) in (first..<min(columns.count, first + list.height)).enumerated() {
      let column = columns[place]
      let isChosen = state.shows(column)
      let piece = Piece(isChosen ? "[x] " : "[ ] ", .key)
        .adding(column.row.title, isChosen ? .text : .label)
        .adding(isChosen && !shown.contains(column) ? "  \(absence(of: column))" : "", .label)
      canvas.draw([piece], in: list.row(row), glyphs: glyphs)
      spots.add(list.row(row), .choice(place))
      if place == cursor { canvas.restyle(list.row(row), role: .selection) }
    }
    drawKeys([("Space", "shows or hides"), ("a", "all"), ("Esc", "closes")], in: foot, on: &canvas)
  }

  /// The columns that the fleet pane shows now; none where it has no place.
  private var columnsWithRoom: [FleetColumn] {
    guard let area = state.layout.area(of: .fleet) else { return [] }
    let inside = state.layout.inside(area)
    let table = inside.split(right: inside.width >= 40 ? 1 : 0).rest
    let body = state.layout.style == .boxed ? table.inset(columns: 1, rows: 0) : table
    return fleetColumns(in: body).places.map(\.column)
  }

  private func absence(of column: FleetColumn) -> String {
    if state.isLowBandwidth, column.row.isCostly { return "low bandwidth" }
    return column == .name && state.widestName == 0 ? "no inventory" : "no room"
  }

  /// The first line of a menu that is seen, so that the cursor is.
  private func firstLine(of count: Int, cursor: Int, rows: Int) -> Int {
    max(0, min(cursor - rows / 2, count - rows))
  }

  /// Key hints in the last line of an overlay.
  func drawKeys(_ keys: [(String, String)], in foot: Rect, on canvas: inout Canvas) {
    let pieces = keys.enumerated().map { place, key in
      Piece(key.0, .key, rank: place).adding(" \(key.1)", .hint)
        .meaning(Key(key.0).map { .key($0) })
    }
    spots.add(canvas.draw(pieces, in: foot.row(1), glyphs: glyphs))
  }

  /// The regions that fit what is typed, with counts; Space marks several.
  func drawRegionPicker(_ picker: RegionPicker, over screen: Rect, on canvas: inout Canvas) {
    let rows = picker.rows(state.fleet)
    let numbers = Dictionary(
      state.fleet.regionsByName().enumerated().map { ($1, $0 + 1) },
      uniquingKeysWith: { first, _ in first }
    )
    let area = screen.centred(width: 56, height: max(rows.count, 4) + 7)
    let inside = overlayFrame(area, title: "REGION", note: "type to narrow", on: &canvas)
    let (prompt, below) = inside.split(top: 1)
    canvas.draw(
      [
        Piece("\(Character(glyphs.pointer)) ", .label).adding(picker.text)
          .adding(" ", flags: .reverse)
      ],
      in: prompt,
      glyphs: glyphs
    )
    let (heading, body) = below.split(top: 1)
    drawRegionHeading(in: heading, on: &canvas)
    let (foot, list) = body.split(bottom: body.height >= 5 ? 2 : 0)
    drawRegionRows(picker, rows, numbers, in: list, on: &canvas)
    canvas.draw([regionTotals(rows, picker)], in: foot.row(0), glyphs: glyphs)
    drawKeys(
      [("Enter", "shows"), ("Space", "marks several"), ("Esc", "closes")],
      in: foot,
      on: &canvas
    )
  }

  /// How many regions fit what is typed, and how many are marked, with their generators.
  private func regionTotals(_ rows: [RegionPicker.Row], _ picker: RegionPicker) -> Piece {
    func generators(_ regions: [RegionIndex]) -> Int {
      regions.reduce(0) { $0 + state.fleet.regionCounts[Int($1)].total }
    }
    let fitting = rows.compactMap { $0 }
    let fit = Piece("\(fitting.count)", .text)
      .adding(" regions fit, \(generators(fitting)) generators", .label)
    guard let marked = picker.marked else { return fit }
    guard !marked.isEmpty else { return Piece("none marked: all regions", .label) }
    return Piece("\(marked.count)", .match)
      .adding(" marked, \(generators(Array(marked))) generators", .label)
  }

  private func drawRegionRows(
    _ picker: RegionPicker,
    _ rows: [RegionPicker.Row],
    _ numbers: [RegionIndex: Int],
    in list: Rect,
    on canvas: inout Canvas
  ) {
    guard !rows.isEmpty else {
      return explain(["no region has \"\(picker.text)\" in its name"], in: list, on: &canvas)
    }
    let cursor = min(max(0, picker.cursor), rows.count - 1)
    let first = firstLine(of: rows.count, cursor: cursor, rows: list.height)
    for (row, place) in (first..<min(rows.count, first + list.height)).enumerated() {
      let region = rows[place]
      let line = list.row(row)
      drawRegion(
        region,
        number: region.map { numbers[$0] ?? 10 } ?? 0,
        isMarked: isMarked(region, picker),
        in: line,
        on: &canvas
      )
      spots.add(line, .choice(place))
      if place == cursor { canvas.restyle(line, role: .selection) }
    }
  }

  /// Before anything is marked, what is shown now.
  private func isMarked(_ region: RegionIndex?, _ picker: RegionPicker) -> Bool {
    guard let marked = picker.marked else { return isChosen(region) }
    return region.map { marked.contains($0) } ?? marked.isEmpty
  }
}
