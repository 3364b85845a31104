import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The hops in the order data takes, joined by arrows; the slowest one is marked.
  mutating func drawPipeline(in area: Rect) {
    // A tall pane tells it in a line of its own.
    let isTall = state.layout.inside(area).height >= 12
    let title = area.width >= 110 && !isTall ? "PIPELINE" + endToEndWords : "PIPELINE"
    let room = max(0, area.width - TextWidth.of(title) - 12)
    let inside = frame(.pipeline, area, title: title, note: glyphs.cut(slowestHopWords, to: room))
    guard !inside.isEmpty, !state.hops.isEmpty else { return }
    if isTall, inside.width >= 90 {
      drawTallHopColumns(in: inside)
    } else if inside.height >= 4, inside.width >= 90 {
      drawHopColumns(in: inside)
    } else if inside.height >= 6 {
      drawHopRows(in: inside)
    } else {
      drawHopLine(in: inside.row(0))
    }
  }

  /// Which hop to look at, and why.
  private var slowestHopWords: String {
    guard let hop = state.slowestHop else { return "" }
    let isDown = isDown(hop)
    let words = isDown ? "hop down: " : "slowest hop: "
    let seconds = hop.toldSeconds.map {
      hop.about + Figures.delay($0)
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
  private mutating func drawHopLine(in row: Rect) {
    var pieces: [Piece] = []
    for (place, hop) in state.hops.enumerated() {
      let rank = hop.state >= .warning ? 0 : 1
      let mark = isSlowest(hop) ? "*" : ""
      var piece = Piece(hop.id.name + mark + " ", .label, rank: rank)
        .adding(shortFigure(of: hop), hop.state.role)
      if place + 1 < state.hops.count {
        piece = piece.adding(" \(Character(glyphs.arrowRight))", .frameFocused)
      }
      pieces.append(piece)
    }
    draw(pieces, in: row, gap: 1)
  }

  private func shortFigure(of hop: HopFigures) -> String {
    if isDown(hop) { return "down" }
    let rate = hop.ratePerSecond.map(Figures.rate)
    let seconds = hop.secondsBehind.map { Figures.delay($0).filter { $0 != " " } }
    let records = hop.state == .unknown ? nil : hop.recordsBehind.map { Figures.compact($0) }
    let first = hop.id.row.isDelay ? seconds ?? rate : rate ?? seconds
    return first ?? records ?? String(Character(glyphs.absent))
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
