import Dashboard
import Model
import Terminal

extension Picture {
  /// The refuel alarms of the generators that are shown, a line each; the rest is counted.
  func drawAlarms(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let count = state.alarms.count
    let rows = state.layout.inside(area).height
    let shown = window(of: .alarms, rows: rows, count: count)
    let range =
      count > shown.count ? "\(shown.lowerBound + 1)-\(shown.upperBound) of \(count)" : nil
    let hidden = state.hiddenAlarms > 0 ? "\(state.hiddenAlarms) hidden" : nil
    let note = [hidden, range].compactMap { $0 }.joined(separator: glyphs.dot)
    let inside = frame(.alarms, area, title: "ALARMS \(count)", note: note, on: &canvas)
    if state.fleet.policy.hasEnrichedFeed, state.rawFeed != .kafka {
      drawOutage(of: .kafka, over: area, on: &canvas)
    }
    guard count > 0 else { return explain(emptyAlarms, in: inside, on: &canvas) }
    for (row, place) in shown.enumerated() {
      let line = inside.row(row)
      draw(state.alarms[place], in: line, on: &canvas)
      highlight(.alarms, line: place, row: line, on: &canvas)
    }
  }

  private var emptyAlarms: [String] {
    if state.hiddenAlarms > 0 { return ["none shown; \(state.hiddenAlarms) hidden"] }
    guard state.fleet.policy.hasEnrichedFeed else {
      return ["no Kafka configured: alarms come with the enriched records"]
    }
    return [state.fleet.traffic.enrichedRate.total > 0 ? "none" : "no enriched record yet"]
  }

  private func draw(_ alarm: Alarm, in line: Rect, on canvas: inout Canvas) {
    let generator = state.fleet.generators[Int(alarm.generator)]
    let body = state.layout.style == .boxed ? line.inset(columns: 1, rows: 0) : line
    drawMark(generator.conditions, in: body.split(left: 3).left, on: &canvas)
    let rest = body.split(left: 4).rest
    let isWide = body.width >= 60
    let since = state.moment(alarm.sinceWall, seconds: isWide)
    let (time, afterTime) = rest.split(left: isWide ? 10 : 6)
    canvas.write(since, x: time.x, y: time.y, in: time, role: .label)
    let parts = alarmParts(generator, alarm.generator)
    let (right, left) = afterTime.split(right: min(afterTime.width / 2 + 4, 36))
    canvas.draw([], parts, in: right, glyphs: glyphs)
    let used = parts.isEmpty ? left.width + right.width : left.width
    let names = Rect(x: left.x, y: left.y, width: max(0, used - 1), height: 1)
    drawNames(alarm.generator, in: names, on: &canvas)
  }

  /// Id, name and region, as far as there is room.
  func drawNames(_ index: GeneratorIndex, in row: Rect, on canvas: inout Canvas) {
    let fleet = state.fleet
    let idWidth = min(max(6, state.widestID), row.width >= 40 ? 20 : 14, row.width)
    let id = TextWidth.truncate(fleet.ids[Int(index)], to: idWidth, ellipsis: glyphs.ellipsis)
    canvas.write(id, x: row.x, y: row.y, in: row)
    var rest = row.split(left: idWidth + 2).rest
    let region = fleet.regions[Int(fleet.generators[Int(index)].region)]
    if let name = fleet.names[Int(index)], rest.width >= 8 {
      let width = min(max(8, state.widestName), max(rest.width - 14, min(rest.width, 16)))
      canvas.writeTruncated(
        name,
        x: rest.x,
        y: rest.y,
        width: min(width, rest.width),
        in: rest,
        glyphs: glyphs,
        role: .label
      )
      rest = rest.split(left: width + 2).rest
    }
    guard rest.width >= 6 else { return }
    canvas.writeTruncated(
      region,
      x: rest.x,
      y: rest.y,
      width: rest.width,
      in: rest,
      glyphs: glyphs,
      role: .label
    )
  }

  /// The flag, the raw fuel that it must agree with, and the time that is left.
  private func alarmParts(_ generator: Generator, _ index: GeneratorIndex) -> [Piece] {
    let isCurrent = state.isCurrent(generator)
    let role: Role = isCurrent ? .text : .stale
    let seconds = generator.timeToEmpty(at: state.now.monotonic)
    let empty = Piece(pad(Figures.timeToEmpty(seconds), 6), seconds == nil ? .label : role, rank: 1)
    let source = state.fleet.policy.hasRawFeed ? "raw" : "fuel"
    let fuel = state.fleet.policy.hasRawFeed ? generator.raw.fuel : generator.enriched.fuel
    let raw = Piece("\(source) ", .label)
      .adding(pad(fuel.map(Figures.exact) ?? "?", 6), fuel == nil ? .label : role)
      .adding(disagrees(generator) ? " ?" : "  ", .notice)
    return [Piece("refuel", .label, rank: 2), raw, empty]
  }

  /// Whether a live raw value is at or above the mark while the record asks for fuel.
  private func disagrees(_ generator: Generator) -> Bool {
    guard state.fleet.policy.hasRawFeed, state.isCurrent(generator),
      let fuel = generator.raw.fuel
    else { return false }
    return fuel >= state.fleet.policy.refuelMark
  }

  func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - TextWidth.of(text))) + text
  }
}
