import Dashboard
import Model
import Terminal

extension Picture {
  /// A line for each hop, or two, where there is height but no width.
  mutating func drawHopRows(in inside: Rect) {
    let step = inside.height >= 2 * state.hops.count ? 2 : 1
    let isWide = inside.width >= 60
    let (lines, foot) = inside.split(top: step * state.hops.count)
    for (place, hop) in state.hops.enumerated() {
      let line = lines.row(place * step)
      let (name, rest) = line.split(left: isWide ? 18 : 9)
      if isWide {
        draw([heading(of: hop)], in: name)
      } else {
        let role: Role = hop.state == .unknown ? .label : hop.state == .ok ? .text : hop.state.role
        let mark = isSlowest(hop) ? "*" : ""
        canvas.write(hop.id.name + mark, in: name, role: role)
      }
      if step == 2 {
        draw(figures(of: hop, width: 0), in: rest, gap: 3)
        let (chart, words) = lines.row(place * step + 1).split(left: isWide ? 16 : 8)
        drawTrend(of: hop, in: chart)
        draw(remarks(on: hop), in: words.split(left: isWide ? 2 : 1).rest, gap: 3)
      } else {
        let (chart, words) = rest.split(right: isWide ? 14 : 6)
        drawTrend(of: hop, in: chart)
        let pieces = isWide ? figures(of: hop, width: 0) + remarks(on: hop) : briefFigures(of: hop)
        draw(pieces, in: words.split(right: 1).rest, gap: isWide ? 3 : 2)
      }
      highlight(.pipeline, line: place, row: line)
    }
    if isWide, step == 2 { drawAxis(in: foot.row(0).split(left: 16).left) }
  }

  /// The figures of a narrow line: what is late first.
  private func briefFigures(of hop: HopFigures) -> [Piece] {
    let all = figures(of: hop, width: 0)
    let isRated = hop.ratePerSecond != nil && all.count > 1
    return isRated ? Array(all.dropFirst()) : all
  }
}
