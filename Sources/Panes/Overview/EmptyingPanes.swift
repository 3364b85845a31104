import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// How many running generators will be empty within which time.
  mutating func drawTimeToEmpty(in area: Rect) {
    let summary = state.fleetSummary
    let note = summary.unforeseen > 0 ? "\(summary.unforeseen) without a forecast" : ""
    let body = margin(frame(.timeToEmpty, area, title: "RUNNING, BY TIME TO EMPTY", note: note))
    let most = summary.bins.max() ?? 0
    guard most > 0 else { return explain(["no running generator has a forecast"], in: body) }
    let counts = summary.bins.map(Figures.grouped)
    let countWidth = counts.reduce(0) { max($0, TextWidth.of($1)) } + 1
    let role: Role = state.outage(of: state.rawFeed) == nil ? .chartFill : .stale
    let step = body.height >= 2 * Self.binNames.count - 1 ? 2 : 1
    for (row, name) in Self.binNames.enumerated() {
      let line = body.row(row * step)
      guard !line.isEmpty else { return }
      canvas.writeRight(name, in: line.split(left: 6).left, role: .label)
      let (bar, _) = line.split(left: 8).rest.split(left: line.width - 8 - countWidth)
      let share = Double(summary.bins[row]) / Double(most)
      // A few among many are still seen.
      let eighths = summary.bins[row] > 0 ? max(1, Int(share * Double(bar.width * 8))) : 0
      for column in 0..<((eighths + 7) / 8) {
        let filled = min(8, eighths - column * 8)
        canvas.put(glyphs.eighths[filled - 1], x: bar.x + column, y: bar.y, in: bar, role: role)
      }
      canvas.writeRight(counts[row], in: line, role: summary.bins[row] > 0 ? .text : .label)
    }
  }

  private static let binNames = ["<1h", "1-2h", "2-4h", "4-8h", "8-12h", "12-24h", ">24h"]

  /// The generators that will be empty first: when, and at what time of day.
  mutating func drawNextEmpty(in area: Rect) {
    let body = margin(frame(.nextEmpty, area, note: "at the recent rate"))
    let emptying = state.fleetSummary.emptying
    guard !emptying.isEmpty else {
      return explain(["no time to empty can be forecast"], in: body)
    }
    let shown = window(of: .nextEmpty, rows: body.height, count: emptying.count)
    for (row, place) in shown.enumerated() {
      draw(FleetRow(emptying[place].generator, state), in: body.row(row))
      highlight(.nextEmpty, line: place, row: body.row(row))
    }
  }

  private mutating func draw(_ row: FleetRow, in line: Rect) {
    drawMark(row.generator.conditions, in: line.split(left: 3).left)
    let time = figure(row.empty, width: 7)
    let clock = Piece(pad(row.emptyIn.map(state.clock(in:)) ?? "", 9), .label, rank: 1)
    let rest = line.split(left: 4).rest
    let isWide = rest.width >= 36
    let (right, names) = rest.split(right: isWide ? 19 : 8)
    draw([], isWide ? [time, clock] : [time], in: right)
    drawNames(row, in: names)
  }
}
