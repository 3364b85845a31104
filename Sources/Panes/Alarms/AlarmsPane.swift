import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The alarms of the generators that are shown, a line each; the rest is counted.
  func drawAlarms(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let count = state.alarms.count
    let isTable = state.layout.hasAlarmTable(area)
    let rows = state.layout.inside(area).height - (isTable ? 1 : 0)
    let shown = window(of: .alarms, rows: rows, count: count)
    let range =
      count > shown.count ? "\(shown.lowerBound + 1)-\(shown.upperBound) of \(count)" : nil
    let hidden = state.hiddenAlarms > 0 ? "\(state.hiddenAlarms) hidden" : nil
    let pace = area.width >= 76 && count > 0 ? alarmPace : nil
    let order = area.width >= 44 && count > 1 ? "newest first" : nil
    let note = [pace, order, hidden, range].compactMap { $0 }.joined(separator: glyphs.dot)
    let inside = frame(
      .alarms,
      area,
      title: "\(AlarmKind.commonTitle.uppercased()) \(count)",
      note: note,
      on: &canvas
    )
    if state.fleet.policy.hasEnrichedFeed, state.rawFeed != .kafka {
      drawOutage(of: .kafka, over: area, on: &canvas)
    }
    guard count > 0 else { return explain(emptyAlarms, in: inside, on: &canvas) }
    if isTable { return drawAlarmTable(shown, in: inside, on: &canvas) }
    for (row, place) in shown.enumerated() {
      let line = inside.row(row)
      draw(state.alarms[place], in: line, on: &canvas)
      highlight(.alarms, line: place, row: line, on: &canvas)
    }
  }

  /// How many came of late, against what a person can attend to.
  private var alarmPace: String {
    let count = state.fleet.alarmPace.inTenMinutes(at: state.now.wall)
    let target = "target under \(AlarmPace.target)"
    return count > AlarmPace.target
      ? "FLOOD: \(count) raised in 10 min, \(target)" : "\(count) raised in 10 min, \(target)"
  }

  private var emptyAlarms: [String] {
    if state.hiddenAlarms > 0 { return ["none shown; \(state.hiddenAlarms) hidden"] }
    guard state.fleet.policy.hasEnrichedFeed || !AlarmKind.needRecords else {
      return ["no Kafka configured: alarms come with the enriched records"]
    }
    return [state.fleet.traffic.enrichedRate.total > 0 ? "none" : "no enriched record yet"]
  }

  private func draw(_ alarm: Alarm, in line: Rect, on canvas: inout Canvas) {
    let generator = state.fleet.generators[Int(alarm.generator)]
    let body = state.layout.style == .boxed ? line.inset(columns: 1, rows: 0) : line
    drawMark(of: alarm, generator, in: body.split(left: 3).left, on: &canvas)
    let rest = body.split(left: 4).rest
    let isWide = body.width >= 76
    let since = state.moment(alarm.sinceWall, seconds: isWide)
    let (time, afterTime) = rest.split(left: isWide ? 10 : 7)
    canvas.write(since, x: time.x, y: time.y, in: time, role: .label)
    let parts = alarmParts(alarm, generator, isWide: isWide)
    let wanted = parts.reduce(2 * parts.count) { $0 + $1.width }
    let (right, names) = afterTime.split(right: min(wanted, max(0, afterTime.width - 8)))
    canvas.draw([], parts, in: right, glyphs: glyphs)
    drawNames(alarm.generator, in: names, on: &canvas)
  }

  /// How many columns the ids of a list take that is `width` wide.
  func idWidth(in width: Int) -> Int {
    min(max(6, state.widestID), width >= 60 ? 20 : width >= 24 ? 14 : 10, max(0, width))
  }

  /// Id, name and region, as far as there is room.
  func drawNames(_ index: GeneratorIndex, in row: Rect, on canvas: inout Canvas) {
    let idWidth = idWidth(in: row.width)
    canvas.writeTruncated(
      state.fleet.ids[Int(index)],
      x: row.x,
      y: row.y,
      width: idWidth,
      in: row,
      glyphs: glyphs
    )
    drawSite(index, in: row.split(left: idWidth + 2).rest, on: &canvas)
  }

  /// Name and region; one alone where there is no room for both.
  func drawSite(_ index: GeneratorIndex, in row: Rect, on canvas: inout Canvas) {
    guard row.width >= 5 else { return }
    let fleet = state.fleet
    let region = fleet.regions[Int(fleet.generators[Int(index)].region)]
    let name = fleet.names[Int(index)]
    let nameWidth = state.widestName > 0 ? min(max(8, state.widestName), 20, row.width) : 0
    let regionArea = row.split(left: nameWidth == 0 ? 0 : nameWidth + 2).rest
    let hasBoth = name != nil && regionArea.width >= 8
    let area = hasBoth || name == nil && regionArea.width >= 8 ? regionArea : row
    if let name {
      canvas.writeTruncated(
        name,
        x: row.x,
        y: row.y,
        width: hasBoth ? nameWidth : row.width,
        in: row,
        glyphs: glyphs,
        role: .label
      )
    }
    guard name == nil || hasBoth else { return }
    canvas.writeTruncated(
      region,
      x: area.x,
      y: area.y,
      width: area.width,
      in: area,
      glyphs: glyphs,
      role: .label
    )
  }

  /// What it is, the raw value that it must agree with, and the time that is left.
  private func alarmParts(_ alarm: Alarm, _ generator: Generator, isWide: Bool) -> [Piece] {
    let (row, metric) = (alarm.kind.row, alarm.kind.row.metric)
    let isCurrent = state.isCurrent(generator)
    let role: Role = isCurrent ? .text : .stale
    let seconds = generator.timeToEmpty(at: state.now.monotonic)
    let empty = Piece(pad(Figures.timeToEmpty(seconds), 6), seconds == nil ? .label : role, rank: 1)
    let hasRaw = state.fleet.policy.hasRawFeed
    let value = hasRaw ? generator.raw[metric] : generator.enriched[metric]
    let isDoubtful = isContradicted(alarm, generator)
    let raw = Piece("\(hasRaw ? "raw" : row.metric.row.label) ", .label)
      .adding(pad(value.map(Figures.exact) ?? "?", 6), value == nil ? .label : role)
      .adding(" ", .label)
      .adding(isDoubtful ? "?" : " ", isDoubtful ? .notice : .label)
    return (isWide ? [Piece(row.name, .label, rank: 2)] : []) + [raw, empty]
  }

  /// Whether a live raw value says that there is no cause for an alarm.
  func isContradicted(_ alarm: Alarm, _ generator: Generator) -> Bool {
    guard state.fleet.policy.hasRawFeed, state.isCurrent(generator),
      let value = generator.raw[alarm.kind.row.metric]
    else { return false }
    return alarm.kind.row.isContradicted(value, state.fleet.policy)
  }

  func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - TextWidth.of(text))) + text
  }
}
