import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// A column for each hop, arrows between them.
  func drawHopColumns(slowest: HopID?, in inside: Rect, on canvas: inout Canvas) {
    for (hop, area) in zip(state.hops, hopColumns(in: inside, on: &canvas)) {
      let title = [heading(of: hop, isSlowest: hop.id == slowest)]
      let path = hop.id == slowest ? [] : [Piece(hop.id.row.path, .label, rank: 1)]
      canvas.draw(title + path, in: area.row(0), gap: 2, glyphs: glyphs)
      let lines = hopFigures(of: hop)
      for (row, piece) in lines.enumerated() {
        canvas.draw([piece], in: area.row(row + 1), glyphs: glyphs)
      }
      let rest = area.split(top: lines.count + 1).rest
      let used = draw(remarks(on: hop), wrappedIn: rest, on: &canvas)
      // The trend takes a row that is left.
      let (trend, _) = rest.split(bottom: used < rest.height ? 1 : 0)
      drawTrend(of: hop, in: trend, on: &canvas)
    }
  }

  /// The same with room: the state in words, all remarks, and the half hour behind us as a chart.
  func drawTallHopColumns(slowest: HopID?, in inside: Rect, on canvas: inout Canvas) {
    let (foot, body) = inside.split(bottom: 1)
    let areas = hopColumns(in: body, on: &canvas)
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
      let title = heading(of: hop, isSlowest: hop.id == slowest)
      canvas.draw([title], in: area.row(0), glyphs: glyphs)
      for (row, text) in paths[place].prefix(pathRows).enumerated() {
        canvas.write(text, x: area.x, y: area.y + 1 + row, in: area, role: .label)
      }
      let (top, rest) = area.split(top: 1 + pathRows).rest.split(top: 1 + figureRows)
      canvas.draw([Piece(stateWord(of: hop), hop.state.role)], in: top.row(0), glyphs: glyphs)
      for (row, piece) in hopFigures(of: hop).enumerated() {
        canvas.draw([piece], in: top.row(row + 1), glyphs: glyphs)
      }
      let (words, chart) = rest.split(top: remarkRows)
      _ = draw(remarks(on: hop), wrappedIn: words, on: &canvas)
      drawChart(of: hop, in: chart, on: &canvas)
    }
    drawEndToEnd(in: foot, on: &canvas)
  }

  private func stateWord(of hop: HopFigures) -> String {
    isDown(hop) ? "down" : hop.state.word
  }

  /// The rates, delays and backlogs of a column, in line with each other.
  private func hopFigures(of hop: HopFigures) -> [Piece] {
    figures(of: hop, width: max(hop.id.row.secondsWord.count, hop.id.row.recordsWord.count) + 1)
  }

  /// Where the columns are; draws the arrows between them.
  private func hopColumns(in inside: Rect, on canvas: inout Canvas) -> [Rect] {
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
  private func draw(_ remarks: [Piece], wrappedIn area: Rect, on canvas: inout Canvas) -> Int {
    var row = 0
    for remark in remarks {
      guard let role = remark.runs.first?.role else { continue }
      let lines = wrap(remark.text, to: area.width)
      for (place, text) in lines.enumerated() where row < area.height {
        let isLast = row == area.height - 1 && place + 1 < lines.count
        let shown = isLast ? lines[place...].joined(separator: " ") : text
        canvas.draw([Piece(shown, role)], in: area.row(row), glyphs: glyphs)
        row += 1
      }
    }
    return row
  }

  /// How long the whole way takes, and what that means.
  private func drawEndToEnd(in row: Rect, on canvas: inout Canvas) {
    let body = row.inset(columns: 1, rows: 0)
    let title = Piece("end to end ", .label)
    guard let (half, most) = endToEnd else {
      let why = state.hops.first { $0.id == .task }?.reason ?? "no record matched of late"
      canvas.draw(
        [title.adding(String(Character(glyphs.absent))), Piece(why, .label)],
        in: body,
        glyphs: glyphs
      )
      return
    }
    canvas.draw(
      [
        title.adding("p50 ", .label).adding(Figures.delay(half)),
        Piece("p95 ", .label).adding(Figures.delay(most)),
        Piece(
          "from a sample by MQTT to its enriched record, of the last 64 that were matched",
          .label,
          rank: 1
        ),
      ],
      in: body,
      gap: 3,
      glyphs: glyphs
    )
  }
}
