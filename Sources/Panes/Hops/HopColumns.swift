import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// A column for each hop, arrows between them.
  mutating func drawHopColumns(in inside: Rect) {
    for (hop, area) in zip(state.hops, hopColumns(in: inside)) {
      let path = isSlowest(hop) ? [] : [Piece(hop.id.row.path, .label, rank: 1)]
      draw([heading(of: hop)] + path, in: area.row(0))
      let lines = hopFigures(of: hop)
      for (row, piece) in lines.enumerated() { draw([piece], in: area.row(row + 1)) }
      let rest = area.split(top: lines.count + 1).rest
      let used = draw(remarks(on: hop), wrappedIn: rest)
      // The trend takes a row that is left.
      let (trend, _) = rest.split(bottom: used < rest.height ? 1 : 0)
      drawTrend(of: hop, in: trend)
    }
  }

  /// The same with room: the state in words, all remarks, and the half hour behind us as a chart.
  mutating func drawTallHopColumns(in inside: Rect) {
    let (foot, body) = inside.split(bottom: 1)
    let areas = hopColumns(in: body)
    guard let width = areas.first?.width else { return }
    let paths = state.hops.map { wrap($0.id.row.path, to: width) }
    let pathRows = min(2, paths.reduce(1) { max($0, $1.count) })
    let figureRows = state.hops.reduce(1) { max($0, hopFigures(of: $1).count) }
    let above = 2 + pathRows + figureRows
    let wanted = state.hops.reduce(0) { most, hop in
      max(most, remarks(on: hop).reduce(0) { $0 + wrap($1.text, to: width).count })
    }
    let remarkRows = min(wanted, max(0, body.height - above - 5))
    for (place, (hop, area)) in zip(state.hops, areas).enumerated() {
      draw([heading(of: hop)], in: area.row(0))
      for (row, text) in paths[place].prefix(pathRows).enumerated() {
        canvas.write(text, in: area.row(1 + row), role: .label)
      }
      let (top, rest) = area.split(top: 1 + pathRows).rest.split(top: 1 + figureRows)
      let word = isDown(hop) ? "down" : hop.state.word
      let lines = [Piece(word, hop.state.role)] + hopFigures(of: hop)
      for (row, piece) in lines.enumerated() { draw([piece], in: top.row(row)) }
      let (words, chart) = rest.split(top: remarkRows)
      _ = draw(remarks(on: hop), wrappedIn: words)
      drawChart(of: hop, in: chart)
    }
    drawEndToEnd(in: foot)
  }

  /// The rates, delays and backlogs of a column, in line with each other.
  private func hopFigures(of hop: HopFigures) -> [Piece] {
    let row = hop.id.row
    return figures(of: hop, width: max(row.secondsWord.count, row.recordsWord.count) + 1)
  }

  /// Where the columns are; draws the arrows between them.
  private mutating func hopColumns(in inside: Rect) -> [Rect] {
    let body = inside.inset(columns: 1, rows: 0)
    let count = state.hops.count
    let width = (body.width - 3 * (count - 1)) / count
    return state.hops.indices.map { place in
      let x = body.x + place * (width + 3)
      if place + 1 < count {
        canvas.put(glyphs.arrowRight, x: x + width + 1, y: body.y, in: inside, role: .frameFocused)
      }
      return Rect(x: x, y: body.y, width: width, height: body.height)
    }
  }

  /// Draws remarks in lines broken between words; where there is no room the last line is cut.
  ///
  /// - Returns: How many rows they take.
  private mutating func draw(_ remarks: [Piece], wrappedIn area: Rect) -> Int {
    var row = 0
    for remark in remarks {
      guard let role = remark.runs.first?.role else { continue }
      let lines = wrap(remark.text, to: area.width)
      for (place, text) in lines.enumerated() where row < area.height {
        let isLast = row == area.height - 1 && place + 1 < lines.count
        let shown = isLast ? lines[place...].joined(separator: " ") : text
        canvas.writeTruncated(shown, in: area.row(row), role: role)
        row += 1
      }
    }
    return row
  }

  /// How long the whole way takes, and what that means.
  private mutating func drawEndToEnd(in row: Rect) {
    let body = row.inset(columns: 1, rows: 0)
    let title = Piece("end to end ", .label)
    guard let (half, most) = endToEnd else {
      let why = state.hops.first { $0.id == .task }?.reason ?? "no recent record was matched"
      return draw([title.adding(String(Character(glyphs.absent))), Piece(why, .label)], in: body)
    }
    let meaning = "from a sample by MQTT to its enriched record, of the last 64 that were matched"
    let pieces = [
      title.adding("p50 ", .label).adding(Figures.delay(half)),
      Piece("p95 ", .label).adding(Figures.delay(most)), Piece(meaning, .label, rank: 1),
    ]
    draw(pieces, in: body, gap: 3)
  }
}
