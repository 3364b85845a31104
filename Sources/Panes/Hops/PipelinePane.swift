import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The hops in the order data takes, joined by arrows; the slowest one is marked.
  func drawPipeline(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    // A tall pane tells it in a line of its own.
    let isTall = state.layout.inside(area).height >= 12
    let title = area.width >= 110 && !isTall ? "PIPELINE" + endToEndWords : "PIPELINE"
    let room = max(0, area.width - TextWidth.of(title) - 12)
    let inside = frame(
      .pipeline,
      area,
      title: title,
      note: TextWidth.truncate(slowestHopWords, to: room, ellipsis: glyphs.ellipsis),
      on: &canvas
    )
    guard !inside.isEmpty, !state.hops.isEmpty else { return }
    let slowest = state.slowestHop?.id
    if isTall, inside.width >= 90 {
      drawTallHopColumns(slowest: slowest, in: inside, on: &canvas)
    } else if inside.height >= 4, inside.width >= 90 {
      drawHopColumns(slowest: slowest, in: inside, on: &canvas)
    } else if inside.height >= 6 {
      drawHopRows(slowest: slowest, in: inside, on: &canvas)
    } else {
      drawHopLine(slowest: slowest, in: inside.row(0), on: &canvas)
    }
  }

  /// Which hop to look at, and why.
  private var slowestHopWords: String {
    guard let hop = state.slowestHop else { return "" }
    let isDown = isDown(hop)
    let words = isDown ? "hop down: " : "slowest hop: "
    let seconds = hop.secondsBehind.map {
      (hop.isEstimated ? "about " : "") + Figures.delay($0)
        + (hop.id.row.isBacklog ? " behind" : "")
    }
    // A delay that is none says nothing of what is wrong.
    let isTold = hop.state == .ok || hop.secondsBehind ?? 0 > 30
    let fine = hop.state == .ok ? "ok" : nil
    let parts = [hop.id.name, isDown || !isTold ? nil : seconds, hop.reason ?? fine]
    return words + parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// How long a sample takes to come back as a record; nothing while that is not known.
  private var endToEndWords: String {
    guard let (half, most) = endToEnd else { return "" }
    return "  end to end \(Figures.delay(half)), p95 \(Figures.delay(most))"
  }

  /// All hops in one line: the delay, else the rate, else a dash; a dead feed in a word.
  private func drawHopLine(slowest: HopID?, in row: Rect, on canvas: inout Canvas) {
    var pieces: [Piece] = []
    for (place, hop) in state.hops.enumerated() {
      let rank = hop.state >= .warning ? 0 : 1
      let mark = hop.id == slowest ? "*" : ""
      var piece = Piece(hop.id.name + mark + " ", .label, rank: rank)
        .adding(shortFigure(of: hop), hop.state.role)
      if place + 1 < state.hops.count {
        piece = piece.adding(" \(Character(glyphs.arrowRight))", .frameFocused)
      }
      pieces.append(piece)
    }
    canvas.draw(pieces, in: row, gap: 1, glyphs: glyphs)
  }

  private func shortFigure(of hop: HopFigures) -> String {
    if isDown(hop) { return "down" }
    if hop.state != .unknown || hop.ratePerSecond != nil || hop.secondsBehind != nil {
      if !hop.id.row.isDelay || hop.secondsBehind == nil,
        let rate = hop.ratePerSecond
      {
        return Figures.rate(rate)
      }
      if let seconds = hop.secondsBehind {
        return Figures.delay(seconds).filter { $0 != " " }
      }
      if let records = hop.recordsBehind { return Figures.compact(records) }
    }
    return String(Character(glyphs.absent))
  }

  /// `text` in lines of at most `width` columns, broken between words.
  func wrap(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if TextWidth.of(line) + 1 + TextWidth.of(word) <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
