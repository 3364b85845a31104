import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The alarms of the generators that are shown, a line each; the rest is counted.
  mutating func drawAlarms(in area: Rect) {
    let count = state.alarms.count
    let isTable = state.layout.hasAlarmTable(area)
    let rows = state.layout.inside(area).height - (isTable ? 1 : 0)
    let shown = window(of: .alarms, rows: rows, count: count)
    let range =
      count > shown.count ? "\(shown.lowerBound + 1)-\(shown.upperBound) of \(count)" : nil
    let hidden = state.hiddenAlarms > 0 ? "\(state.hiddenAlarms) hidden" : nil
    let pace = area.width >= 76 && count > 0 ? alarmPace : nil
    let order = area.width >= 44 && count > 1 ? "newest first" : nil
    let note = [recordsAsOf, pace, order, hidden, range].compactMap { $0 }.joined(
      separator: glyphs.dot
    )
    let title = "\(AlarmKind.commonTitle.uppercased()) \(count)"
    let inside = frame(.alarms, area, title: title, note: note)
    if state.fleet.policy.hasEnrichedFeed, state.rawFeed != .kafka {
      drawOutage(of: .kafka, over: area)
    }
    guard count > 0 else { return explain(emptyAlarms, in: inside) }
    if isTable { return drawAlarmTable(shown, in: inside) }
    for (row, place) in shown.enumerated() {
      draw(state.alarms[place], in: inside.row(row))
      highlight(.alarms, line: place, row: inside.row(row))
    }
  }

  /// How many came of late, against what a person can attend to.
  private var alarmPace: String {
    let count = state.fleet.alarmPace.inTenMinutes(at: state.now.wall)
    let target = "target under \(AlarmPace.target)"
    return "\(count > AlarmPace.target ? "FLOOD: " : "")\(count) raised in 10 min, \(target)"
  }

  private var emptyAlarms: [String] {
    if state.hiddenAlarms > 0 { return ["none shown; \(state.hiddenAlarms) hidden"] }
    guard state.fleet.knowsAlarms else { return ["no record and no fuel heard yet"] }
    let hasRecords = state.fleet.traffic.newestEnrichedAt != nil
    return [hasRecords ? "none" : "none by raw fuel, no enriched record yet"]
  }

  private mutating func draw(_ alarm: Alarm, in line: Rect) {
    let row = FleetRow(alarm.generator, state)
    let body = margin(line)
    drawMark(row.generator.conditions, of: alarm, in: body.split(left: 3).left)
    let isWide = body.width >= 76
    let (time, rest) = body.split(left: 4).rest.split(left: isWide ? 10 : 7)
    canvas.write(state.moment(alarm.sinceWall, seconds: isWide), in: time, role: .label)
    let parts = alarmParts(alarm, row, isWide: isWide)
    let wanted = parts.reduce(2 * parts.count) { $0 + $1.width }
    let (right, names) = rest.split(right: min(wanted, max(0, rest.width - 8)))
    draw([], parts, in: right)
    drawNames(row, in: names)
  }

  /// How many columns the ids of a list take that is `width` wide.
  func idWidth(in width: Int) -> Int {
    min(max(6, state.widestID), width >= 60 ? 20 : width >= 24 ? 14 : 10, max(0, width))
  }

  /// Id, name and region, as far as there is room.
  mutating func drawNames(_ generator: FleetRow, in row: Rect) {
    let idWidth = idWidth(in: row.width)
    canvas.writeTruncated(generator.id, in: row.split(left: idWidth).left)
    drawSite(generator, in: row.split(left: idWidth + 2).rest)
  }

  /// Name and region; one alone where there is no room for both.
  mutating func drawSite(_ generator: FleetRow, in row: Rect) {
    guard row.width >= 5 else { return }
    let nameWidth = state.widestName > 0 ? min(max(8, state.widestName), 20, row.width) : 0
    let rest = row.split(left: nameWidth == 0 ? 0 : nameWidth + 2).rest
    let hasRoom = rest.width >= 8
    guard let name = generator.name else {
      return _ = canvas.writeTruncated(generator.region, in: hasRoom ? rest : row, role: .label)
    }
    let area = hasRoom ? row.split(left: nameWidth).left : row
    canvas.writeTruncated(name, in: area, role: .label)
    if hasRoom { canvas.writeTruncated(generator.region, in: rest, role: .label) }
  }

  /// What it is, the raw value that it must agree with, and the time that is left.
  private func alarmParts(_ alarm: Alarm, _ row: FleetRow, isWide: Bool) -> [Piece] {
    let kind = alarm.kind.row
    let value = value(of: alarm)
    let isDoubtful = isContradicted(alarm, row)
    let label = state.fleet.policy.hasRawFeed ? "raw" : kind.metric.row.label
    let raw = Piece("\(label) ", .label)
      .adding(pad(value.map { Figures.exact($0) } ?? "?", 6), value == nil ? .label : row.role)
      .adding(" ", .label)
      .adding(isDoubtful ? "?" : " ", isDoubtful ? .notice : .label)
    let empty = figure(row.empty, width: 6, rank: 1)
    return (isWide ? [Piece(kind.name, .label, rank: 2)] : []) + [raw, empty]
  }

  /// What an alarm is about, as the generator says it, or the record where it says nothing to us.
  func value(of alarm: Alarm) -> Double? {
    let fleet = state.fleet
    let reading =
      fleet.policy.hasRawFeed
      ? fleet.rawReading(of: alarm.generator) : fleet.enrichedReading(of: alarm.generator)
    return reading[alarm.kind.row.metric]
  }

  /// Whether a live raw value says that there is no cause for an alarm.
  func isContradicted(_ alarm: Alarm, _ row: FleetRow) -> Bool {
    guard state.fleet.policy.hasRawFeed, row.isCurrent, let value = value(of: alarm) else {
      return false
    }
    return alarm.kind.row.isContradicted(value, row.generator)
  }

  func pad(_ text: String, _ width: Int) -> String { padding(text, width) + text }

  private func padding(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - TextWidth.of(text)))
  }

  /// A figure at the right edge of its width; before it nothing is underlined where the figure is.
  func figure(_ cell: CellText, width: Int, rank: Int = 0) -> Piece {
    Piece(padding(cell.text, width), rank: rank).adding(cell.text, cell.role)
  }
}
