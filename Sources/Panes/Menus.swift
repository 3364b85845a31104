import Dashboard
import Model
import Terminal

extension Picture {
  /// The columns to sort by, with their letters; the present one is marked.
  func drawSortMenu(over screen: Rect, on canvas: inout Canvas) {
    let columns = SortColumn.allCases
    let area = screen.centred(width: 44, height: columns.count + 4)
    let inside = overlayFrame(area, title: "SORT", note: "Esc closes", on: &canvas)
    for (row, column) in columns.enumerated() {
      let line = inside.row(row)
      let isPresent = column == state.sort.column
      let arrow = state.sort.isInverted ? glyphs.arrowDown : glyphs.arrowUp
      let piece = Piece(isPresent ? "\(Character(arrow)) " : "  ", .accent)
        .adding(String(column.letter), .key)
        .adding("  \(column.title)", isPresent ? .accent : .text)
      canvas.draw([piece], in: line, glyphs: glyphs)
    }
    let hint = inside.row(columns.count + 1)
    canvas.draw(
      [Piece("the same letter again turns it round", .hint)],
      in: hint,
      glyphs: glyphs
    )
  }

  /// The regions that fit what is typed, with counts; Space marks several.
  func drawRegionPicker(_ picker: RegionPicker, over screen: Rect, on canvas: inout Canvas) {
    let rows = picker.rows(state.fleet)
    let numbers = Dictionary(
      state.fleet.regionsByName().enumerated().map { ($1, $0 + 1) },
      uniquingKeysWith: { first, _ in first }
    )
    let area = screen.centred(width: 56, height: max(rows.count, 4) + 6)
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
    let hints = [
      Piece("Enter", .key).adding(" choose", .hint),
      Piece("Space", .key, rank: 1).adding(" mark several", .hint),
      Piece("Esc", .key).adding(" close", .hint),
    ]
    canvas.draw(hints, in: foot.row(1), glyphs: glyphs)
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
    let first = max(0, min(cursor - list.height / 2, rows.count - list.height))
    for (row, place) in (first..<min(rows.count, first + list.height)).enumerated() {
      let region = rows[place]
      let line = list.row(row)
      let isMarked =
        region.map { picker.marked.contains($0) || (picker.marked.isEmpty && isChosen($0)) }
        ?? (picker.marked.isEmpty && state.regions.isEmpty)
      drawRegion(
        region,
        number: region.map { numbers[$0] ?? 10 } ?? 0,
        isMarked: isMarked,
        in: line,
        on: &canvas
      )
      if place == cursor { canvas.restyle(line, role: .selection) }
    }
  }
}
