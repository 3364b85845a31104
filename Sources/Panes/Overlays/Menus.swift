import Dashboard
import Model
import Terminal

extension Picture {
  /// The columns to sort by, with their letters; the present one has an arrow.
  mutating func drawSortMenu(cursor: Int) {
    let lines = state.offeredSorts.map { column in
      let isPresent = column == state.sort.column
      let arrow = state.sort.isInverted ? glyphs.arrowDown : glyphs.arrowUp
      return Piece(isPresent ? "\(Character(arrow)) " : "  ", .accent)
        .adding(String(column.letter), .key)
        .adding("  \(column.title)", isPresent ? .accent : .text)
    }
    let keys: [(Key, String)] = [(.enter, "sorts"), (.character("I"), "reverses it")]
    drawMenu("SORT", note: state.sort.direction, lines, cursor: cursor, keys: keys)
  }

  /// The columns of the fleet: whether each is chosen, and whether it has room.
  mutating func drawColumnMenu(cursor: Int) {
    let shown = Set(columnsWithRoom)
    let lines = state.offeredColumns.map { column in
      let isChosen = state.shows(column)
      return Piece(isChosen ? "[x] " : "[ ] ", .key)
        .adding(column.row.title, isChosen ? .text : .label)
        .adding(isChosen && !shown.contains(column) ? "  \(absence(of: column))" : "", .label)
    }
    let keys: [(Key, String)] = [(.character(" "), "shows or hides"), (.character("a"), "all")]
    drawMenu("COLUMNS", note: "state and id stay", lines, cursor: cursor, keys: keys)
  }

  /// Lines of which one can be chosen, in the middle of the screen, over the keys that do so.
  private mutating func drawMenu(
    _ title: String,
    note: String,
    _ lines: [Piece],
    cursor: Int,
    keys: [(Key, String)]
  ) {
    let area = canvas.bounds.centred(width: 52, height: lines.count + 4)
    let inside = overlayFrame(area, title: title, note: note)
    let (foot, list) = inside.split(bottom: inside.height >= 6 ? 2 : 0)
    drawChoices(lines.count, cursor: cursor, in: list) { $0.draw([lines[$1]], in: $2) }
    drawKeys(keys, in: foot)
  }

  /// The lines of a list that have room, each by `draw`, with the cursor among them.
  mutating func drawChoices(
    _ count: Int,
    cursor: Int,
    in list: Rect,
    _ draw: (inout Picture, _ place: Int, _ line: Rect) -> Void
  ) {
    let first = firstLine(of: count, cursor: cursor, rows: list.height)
    for (row, place) in (first..<min(count, first + list.height)).enumerated() {
      let line = list.row(row)
      draw(&self, place, line)
      spots.add(line, .choice(place))
      if place == cursor { canvas.restyle(line, role: .selection) }
    }
  }

  /// The first line of a list that is seen, so that the cursor is.
  func firstLine(of count: Int, cursor: Int, rows: Int) -> Int {
    max(0, min(cursor - rows / 2, count - rows))
  }

  /// Key hints in the last line of an overlay.
  private mutating func drawKeys(_ keys: [(Key, String)], in foot: Rect) {
    let all = keys + [(.escape, "closes")]
    draw(all.enumerated().map { hint($1.0, $1.1, rank: $0) }, in: foot.row(1))
  }

  /// The columns that the fleet pane shows now; none where it has no place.
  private var columnsWithRoom: [FleetColumn] {
    guard let area = state.layout.area(of: .fleet) else { return [] }
    let inside = state.layout.inside(area)
    let table = inside.split(right: inside.width >= 40 ? 1 : 0).rest
    return FleetColumns(margin(table), state).places.map(\.column)
  }

  private func absence(of column: FleetColumn) -> String {
    if state.isLowBandwidth, column.row.isCostly { return "low bandwidth" }
    return column == .name && state.widestName == 0 ? "no inventory" : "no room"
  }

  /// The regions that fit what is typed, with counts; Space marks several.
  mutating func drawRegionPicker(_ picker: RegionPicker) {
    let rows = picker.rows(state.fleet)
    let area = canvas.bounds.centred(width: 56, height: max(rows.count, 4) + 7)
    let inside = overlayFrame(area, title: "REGION", note: "type to narrow")
    let (prompt, below) = inside.split(top: 1)
    let pointer = Piece("\(Character(glyphs.pointer)) ", .label)
    draw([pointer.adding(picker.text).adding(" ", flags: .reverse)], in: prompt)
    let (heading, body) = below.split(top: 1)
    drawRegionHeading(in: heading)
    let (foot, list) = body.split(bottom: body.height >= 5 ? 2 : 0)
    drawRegionRows(picker, rows, in: list)
    draw([regionTotals(rows, picker)], in: foot.row(0))
    drawKeys([(.enter, "shows"), (.character(" "), "marks several")], in: foot)
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

  private mutating func drawRegionRows(
    _ picker: RegionPicker,
    _ rows: [RegionPicker.Row],
    in list: Rect
  ) {
    guard !rows.isEmpty else {
      return explain(["no region has \"\(picker.text)\" in its name"], in: list)
    }
    let regions = state.regionsByName.enumerated().map { ($1, $0 + 1) }
    let numbers = Dictionary(regions) { first, _ in first }
    let cursor = min(max(0, picker.cursor), rows.count - 1)
    drawChoices(rows.count, cursor: cursor, in: list) { picture, place, line in
      let region = rows[place]
      let isMarked = picture.isMarked(region, picker)
      let number = region.map { numbers[$0] ?? 10 } ?? 0
      picture.drawRegion(region, number: number, isMarked: isMarked, in: line)
    }
  }

  /// Before anything is marked, what is shown now.
  private func isMarked(_ region: RegionIndex?, _ picker: RegionPicker) -> Bool {
    guard let marked = picker.marked else { return isChosen(region) }
    return region.map { marked.contains($0) } ?? marked.isEmpty
  }
}
