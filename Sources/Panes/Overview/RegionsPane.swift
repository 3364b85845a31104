import Dashboard
import Model
import Terminal

extension Picture {
  /// The regions with their keys and counts; those shown are marked.
  mutating func drawRegions(in area: Rect) {
    let all = state.regionsByName
    let rows = state.layout.listRows(of: .regions)
    let shown = window(of: .regions, rows: rows, count: all.count)
    let note =
      all.count > shown.count
      ? "\(shown.lowerBound + 1)-\(shown.upperBound) of \(all.count)" : "\(all.count)"
    let inside = frame(.regions, area, note: note)
    let (heading, list) = inside.split(top: state.layout.style == .minimal ? 0 : 1)
    if !heading.isEmpty { drawRegionHeading(in: heading) }
    guard !all.isEmpty else { return explain(["none heard from yet"], in: list) }
    for (row, place) in shown.enumerated() {
      let isMarked = !state.regions.isEmpty && isChosen(all[place])
      drawRegion(all[place], number: place + 1, isMarked: isMarked, in: list.row(row))
      highlight(.regions, line: place, row: list.row(row))
    }
  }

  /// The columns that each count of a region takes, the first for all its generators.
  private static let countWidths = [7, 4, 4, 4, 4, 4]

  mutating func drawRegionHeading(in row: Rect) {
    canvas.write("REGION", in: row.split(left: 3).rest, role: .header)
    for (title, end) in zip(["GENS"] + Severity.counted.map(\.mark), countEdges(in: row)) {
      canvas.writeRight(title, in: row.split(left: end).left, role: .header)
    }
  }

  /// How many columns of `row` there are up to the end of each count that fits beside a name.
  private func countEdges(in row: Rect) -> [Int] {
    var widths = Self.countWidths
    while !widths.isEmpty, widths.reduce(0, +) + 13 > row.width { widths.removeLast() }
    var right = row.width - 1 - widths.reduce(0, +)
    return widths.map { width in
      right += width
      return right
    }
  }

  /// One region: its key, a mark if it is chosen, its name, its counts; 0 is not drawn.
  mutating func drawRegion(_ region: RegionIndex?, number: Int, isMarked: Bool, in row: Rect) {
    let edges = countEdges(in: row)
    let nameEnd = edges.first.map { $0 - Self.countWidths[0] } ?? row.width
    canvas.write(number < 10 ? "\(number)" : " ", in: row.split(left: 1).rest, role: .key)
    if isMarked { canvas.put(glyphs.bullet, x: row.x, y: row.y, in: row, role: .accent) }
    let place = row.split(left: nameEnd + 1).left.split(left: 3).rest
    canvas.writeTruncated(name(of: region), in: place, role: isMarked ? .accent : .text)
    let counts = counts(of: region)
    for (place, end) in edges.enumerated() {
      let severity = place > 0 ? Severity.counted[place - 1] : nil
      let count = severity.map { counts[$0] } ?? counts.total
      guard count > 0 else { continue }
      let role = severity?.countRole ?? .text
      canvas.writeRight("\(count)", in: row.split(left: end).left, role: role)
    }
  }
}
