import Dashboard
import Model
import Terminal

extension Picture {
  /// The regions with their keys and counts; those shown are marked.
  func drawRegions(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let all = state.fleet.regionsByName()
    let rows = state.layout.listRows(of: .regions)
    let shown = window(of: .regions, rows: rows, count: all.count)
    let note =
      all.count > shown.count
      ? "\(shown.lowerBound + 1)-\(shown.upperBound) of \(all.count)" : "\(all.count)"
    let inside = frame(.regions, area, title: "REGIONS", note: note, on: &canvas)
    let (heading, list) = inside.split(top: state.layout.style == .minimal ? 0 : 1)
    if !heading.isEmpty { drawRegionHeading(in: heading, on: &canvas) }
    guard !all.isEmpty else { return explain(["none heard from yet"], in: list, on: &canvas) }
    for (row, place) in shown.enumerated() {
      let line = list.row(row)
      drawRegion(
        all[place],
        number: place + 1,
        isMarked: !state.regions.isEmpty && isChosen(all[place]),
        in: line,
        on: &canvas
      )
      highlight(.regions, line: place, row: line, on: &canvas)
    }
  }

  /// The columns that each count of a region takes, the first for all its generators.
  private static let countWidths = [7, 4, 4, 4, 4]

  private func regionCounts(_ counts: ConditionCounts) -> [(String, Int, Role)] {
    [("GENS", counts.total, .text)] + Severity.counted.map { ($0.mark, counts[$0], $0.countRole) }
  }

  func drawRegionHeading(in row: Rect, on canvas: inout Canvas) {
    canvas.write("REGION", x: row.x + 3, y: row.y, in: row, role: .header)
    for (place, right) in countEdges(in: row).enumerated() {
      let title = regionCounts(ConditionCounts())[place].0
      canvas.writeRight(title, right: right, y: row.y, in: row, role: .header)
    }
  }

  /// Where the counts that fit beside a name end, from left to right.
  private func countEdges(in row: Rect) -> [Int] {
    var widths = Self.countWidths
    while !widths.isEmpty, widths.reduce(0, +) + 13 > row.width { widths.removeLast() }
    var right = row.right - 1 - widths.reduce(0, +)
    return widths.map { width in
      right += width
      return right
    }
  }

  /// One region: its key, a mark if it is chosen, its name, its counts; 0 is not drawn.
  func drawRegion(
    _ region: RegionIndex?,
    number: Int,
    isMarked: Bool,
    in row: Rect,
    on canvas: inout Canvas
  ) {
    let counts = region.map { state.fleet.regionCounts[Int($0)] } ?? state.fleet.counts
    let name = region.map { state.fleet.regions[Int($0)] } ?? "All"
    let edges = countEdges(in: row)
    let nameEnd = (edges.first ?? row.right) - (edges.isEmpty ? 0 : Self.countWidths[0])
    canvas.write(
      number < 10 ? "\(number)" : " ",
      x: row.x + 1,
      y: row.y,
      in: row,
      role: .key
    )
    if isMarked { canvas.put(glyphs.bullet, x: row.x, y: row.y, in: row, role: .accent) }
    canvas.writeTruncated(
      name,
      x: row.x + 3,
      y: row.y,
      width: nameEnd - row.x - 3 + 1,
      in: row,
      glyphs: glyphs,
      role: isMarked ? .accent : .text
    )
    for ((_, count, role), right) in zip(regionCounts(counts), edges) where count > 0 {
      canvas.writeRight("\(count)", right: right, y: row.y, in: row, role: role)
    }
  }
}
