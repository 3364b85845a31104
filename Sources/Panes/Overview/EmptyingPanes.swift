import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// How many running generators will be empty within which time.
  func drawTimeToEmpty(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let summary = state.fleetSummary
    let note = summary.unforeseen > 0 ? "\(summary.unforeseen) without a forecast" : ""
    let inside = frame(
      .timeToEmpty,
      area,
      title: "RUNNING, BY TIME TO EMPTY",
      note: note,
      on: &canvas
    )
    let body = state.layout.style == .boxed ? inside.inset(columns: 1, rows: 0) : inside
    let most = summary.bins.max() ?? 0
    guard most > 0 else {
      return explain(["no running generator has a forecast"], in: body, on: &canvas)
    }
    let counts = summary.bins.map(Figures.grouped)
    let countWidth = counts.reduce(0) { max($0, TextWidth.of($1)) } + 1
    let role: Role = state.outage(of: state.rawFeed) == nil ? .chartFill : .stale
    let step = body.height >= 2 * Self.binNames.count - 1 ? 2 : 1
    for (row, name) in Self.binNames.enumerated() {
      let line = body.row(row * step)
      guard !line.isEmpty else { return }
      canvas.writeRight(name, right: line.x + 6, y: line.y, in: line, role: .label)
      let (bar, _) = line.split(left: 8).rest.split(left: line.width - 8 - countWidth)
      let share = Double(summary.bins[row]) / Double(most)
      // A few among many are still seen.
      let eighths = summary.bins[row] > 0 ? max(1, Int(share * Double(bar.width * 8))) : 0
      for column in 0..<((eighths + 7) / 8) {
        let filled = min(8, eighths - column * 8)
        canvas.put(glyphs.eighths[filled - 1], x: bar.x + column, y: bar.y, in: bar, role: role)
      }
      let countRole: Role = summary.bins[row] > 0 ? .text : .label
      canvas.writeRight(counts[row], right: line.right, y: line.y, in: line, role: countRole)
    }
  }

  private static let binNames = ["<1h", "1-2h", "2-4h", "4-8h", "8-12h", "12-24h", ">24h"]

  /// The generators that will be empty first: when, and at what time of day.
  func drawNextEmpty(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let inside = frame(
      .nextEmpty,
      area,
      title: "NEXT EMPTY",
      note: "at the pace of late",
      on: &canvas
    )
    let body = state.layout.style == .boxed ? inside.inset(columns: 1, rows: 0) : inside
    guard !state.fleetSummary.emptying.isEmpty else {
      return explain(["no time to empty can be forecast"], in: body, on: &canvas)
    }
    let shown = window(of: .nextEmpty, rows: body.height, count: state.fleetSummary.emptying.count)
    for (row, place) in shown.enumerated() {
      let line = body.row(row)
      draw(state.fleetSummary.emptying[place], in: line, on: &canvas)
      highlight(.nextEmpty, line: place, row: line, on: &canvas)
    }
  }

  private func draw(_ emptying: Emptying, in line: Rect, on canvas: inout Canvas) {
    let generator = state.fleet.generators[Int(emptying.generator)]
    let role: Role = state.isCurrent(generator) ? .text : .stale
    drawMark(generator.conditions, in: line.split(left: 3).left, on: &canvas)
    let seconds = generator.timeToEmpty(at: state.now.monotonic)
    let time = Piece(pad(Figures.timeToEmpty(seconds), 6), seconds == nil ? .label : role)
    let clock = Piece(pad(seconds.map(state.clock(in:)) ?? "", 9), .label, rank: 1)
    let rest = line.split(left: 4).rest
    let wanted = rest.width >= 36 ? 18 : 7
    let (right, names) = rest.split(right: wanted)
    canvas.draw([], rest.width >= 36 ? [time, clock] : [time], in: right, glyphs: glyphs)
    drawNames(emptying.generator, in: names, on: &canvas)
  }
}
