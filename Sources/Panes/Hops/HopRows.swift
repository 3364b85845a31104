import Dashboard
import Model
import Terminal

extension Picture {
  /// A line for each hop, or two, where there is height but no width.
  func drawHopRows(slowest: HopID?, in inside: Rect, on canvas: inout Canvas) {
    let step = inside.height >= 2 * state.hops.count ? 2 : 1
    let isWide = inside.width >= 60
    let (lines, foot) = inside.split(top: step * state.hops.count)
    for (place, hop) in state.hops.enumerated() {
      let line = lines.row(place * step)
      let (name, rest) = line.split(left: isWide ? 18 : 9)
      if isWide {
        canvas.draw([heading(of: hop, isSlowest: hop.id == slowest)], in: name, glyphs: glyphs)
      } else {
        let role: Role = hop.state == .unknown ? .label : hop.state == .ok ? .text : hop.state.role
        let mark = hop.id == slowest ? "*" : ""
        canvas.write(hop.id.name + mark, x: name.x, y: name.y, in: name, role: role)
      }
      if step == 2 {
        canvas.draw(figures(of: hop, width: 0), in: rest, gap: 3, glyphs: glyphs)
        let below = lines.row(place * step + 1)
        let (chart, words) = below.split(left: isWide ? 16 : 8)
        drawTrend(of: hop, in: chart, on: &canvas)
        canvas.draw(
          remarks(on: hop),
          in: words.split(left: isWide ? 2 : 1).rest,
          gap: 3,
          glyphs: glyphs
        )
      } else {
        let (chart, words) = rest.split(right: isWide ? 14 : 6)
        drawTrend(of: hop, in: chart, on: &canvas)
        let pieces = isWide ? figures(of: hop, width: 0) + remarks(on: hop) : briefFigures(of: hop)
        let room = Rect(
          x: words.x,
          y: words.y,
          width: max(0, words.width - 1),
          height: words.height
        )
        canvas.draw(pieces, in: room, gap: isWide ? 3 : 2, glyphs: glyphs)
      }
      highlight(.pipeline, line: place, row: line, on: &canvas)
    }
    if !foot.isEmpty, isWide {
      drawAxis(in: foot.row(0).split(left: step == 2 ? 16 : 0).left, on: &canvas)
    }
  }

  /// The figures of a narrow line: what is late first.
  private func briefFigures(of hop: HopFigures) -> [Piece] {
    let all = figures(of: hop, width: 0)
    let isRated = hop.ratePerSecond != nil && all.count > 1
    return isRated ? Array(all.dropFirst()) : all
  }
}
