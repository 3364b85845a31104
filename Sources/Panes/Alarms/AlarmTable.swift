import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The alarms `shown` under the names of their columns: since when and how long, where, the fuel as
  /// the generator and as the record has it, and when the tank is empty.
  func drawAlarmTable(_ shown: Range<Int>, in inside: Rect, on canvas: inout Canvas) {
    let (heading, list) = inside.split(top: 1)
    let body = inside.inset(columns: 1, rows: 0)
    let places = alarmPlaces(in: body)
    let hasRaw = state.fleet.policy.hasRawFeed
    for (column, area) in places {
      let text = column.heading(hasRaw: hasRaw)
      // A mark may stand behind the fuel.
      let width = column == .value ? area.width - 2 : area.width
      let cell = Rect(x: area.x, y: heading.y, width: width, height: 1)
      write(text, column, in: cell, .header, on: &canvas)
    }
    for (row, place) in shown.enumerated() {
      let line = list.row(row)
      guard !line.isEmpty, state.alarms.indices.contains(place) else { continue }
      for (column, area) in places {
        let cell = Rect(x: area.x, y: line.y, width: area.width, height: 1)
        draw(state.alarms[place], column, in: cell, on: &canvas)
      }
      highlight(.alarms, line: place, row: line, on: &canvas)
    }
  }

  /// Where the columns are; names take what is left.
  private func alarmPlaces(in body: Rect) -> [(column: AlarmColumn, area: Rect)] {
    var columns = AlarmColumn.allCases
    if AlarmKind.allCases.count == 1 { columns.removeAll { $0 == .kind } }
    if state.widestName == 0 { columns.removeAll { $0 == .name } }
    func width(_ column: AlarmColumn) -> Int {
      column == .id ? min(max(9, state.widestID), body.width >= 140 ? 20 : 14) + 2 : column.width
    }
    while columns.count > 1, columns.reduce(0, { $0 + width($1) }) > body.width {
      guard let worst = columns.indices.max(by: { columns[$0].rank < columns[$1].rank }) else {
        break
      }
      columns.remove(at: worst)
    }
    var widths = columns.map(width)
    var spare = max(0, body.width - widths.reduce(0, +))
    for (place, column) in columns.enumerated() {
      let wanted: Int =
        switch column {
        case .name: min(max(8, state.widestName), 28) + 2
        case .region: 22
        case .gauge: 30
        default: 0
        }
      let added = min(spare, max(0, wanted - widths[place]))
      widths[place] += added
      spare -= added
    }
    var x = body.x
    return zip(columns, widths).map { column, width in
      defer { x += width }
      let gap = [.mark, .kind, .since].contains(column) ? 0 : 2
      return (column, Rect(x: x + gap, y: body.y, width: width - gap, height: 1))
    }
  }

  private func write(
    _ text: String,
    _ column: AlarmColumn,
    in cell: Rect,
    _ role: Role,
    on canvas: inout Canvas
  ) {
    let shown = TextWidth.truncate(text, to: cell.width, ellipsis: glyphs.ellipsis)
    if column.isNumber {
      canvas.writeRight(shown, right: cell.right, y: cell.y, in: cell, role: role)
    } else {
      canvas.write(shown, x: cell.x, y: cell.y, in: cell, role: role)
    }
  }

  private func draw(
    _ alarm: Alarm,
    _ column: AlarmColumn,
    in cell: Rect,
    on canvas: inout Canvas
  ) {
    let index = Int(alarm.generator)
    let generator = state.fleet.generators[index]
    switch column {
    case .mark:
      drawMark(
        of: alarm,
        generator,
        in: Rect(x: cell.x, y: cell.y, width: 3, height: 1),
        on: &canvas
      )
    case .gauge:
      drawFuelGauge(of: alarm.generator, in: cell, on: &canvas)
    default:
      let (text, role) = figure(column, alarm, generator)
      write(text, column, in: cell, role, on: &canvas)
    }
  }

  private func figure(
    _ column: AlarmColumn,
    _ alarm: Alarm,
    _ generator: Generator
  ) -> (String, Role) {
    let fleet = state.fleet
    let index = Int(alarm.generator)
    let isCurrent = state.isCurrent(generator)
    let role: Role = isCurrent ? .text : .stale
    switch column {
    case .mark, .gauge: return ("", role)
    case .since: return (state.moment(alarm.sinceWall, seconds: false), .label)
    case .lasting:
      let isKnown = alarm.sinceWall > 0
      return (isKnown ? Figures.age((state.now.wall &- alarm.sinceWall).seconds) : "?", .label)
    case .kind: return (alarm.kind.row.name, .text)
    case .id: return (fleet.ids[index], .text)
    case .name: return (fleet.names[index] ?? "", .label)
    case .region: return (fleet.regions[Int(generator.region)], .label)
    case .percent:
      guard let percent = generator.fuelPercent else { return ("?", .label) }
      let role = generator.conditions.alarmRole(about: .fuel) ?? .text
      return (Figures.percent(percent), isCurrent ? role : .stale)
    case .value:
      let metric = alarm.kind.row.metric
      let value = fleet.policy.hasRawFeed ? generator.raw[metric] : generator.enriched[metric]
      guard let value else { return ("?", .label) }
      // A live value that contradicts its alarm is marked.
      let isDoubtful = isContradicted(alarm, generator)
      return (Figures.exact(value) + (isDoubtful ? " ?" : "  "), isDoubtful ? .notice : role)
    case .record:
      guard let value = generator.enriched[alarm.kind.row.metric] else { return ("?", .label) }
      return (Figures.exact(value), .label)
    case .empty:
      let seconds = generator.timeToEmpty(at: state.now.monotonic)
      return (Figures.timeToEmpty(seconds), seconds == nil ? .label : role)
    case .clock:
      let seconds = generator.timeToEmpty(at: state.now.monotonic)
      return (seconds.map(state.clock(in:)) ?? "", .label)
    }
  }
}
