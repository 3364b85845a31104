import Wording
import Dashboard
import Model
import Terminal

/// One generator, with what its row is drawn from.
struct FleetRow {
  let index: GeneratorIndex
  let generator: Generator
  let reading: Reading
  /// Whether its values may be taken as current; others are drawn as stale.
  let isCurrent: Bool

  init(_ index: GeneratorIndex, _ state: DashboardState) {
    self.index = index
    generator = state.fleet.generators[Int(index)]
    reading = generator.reading
    isCurrent = state.isCurrent(generator)
  }
}

/// How many decimals the shown values of a column have: the same in every row, so that they align.
struct Places {
  private var decimals: Set<Metric> = []

  init(_ readings: [Reading]) {
    for metric in [Metric.fuel, .load, .power, .temperature] {
      let hasDecimals = readings.contains { $0[metric].map(Figures.hasDecimals) ?? false }
      if hasDecimals { decimals.insert(metric) }
    }
  }

  subscript(metric: Metric) -> Int { decimals.contains(metric) ? 1 : 0 }
}

extension Picture {
  func draw(
    _ row: FleetRow,
    _ decimals: Places,
    _ columns: FleetColumns,
    in line: Rect,
    on canvas: inout Canvas
  ) {
    for place in columns.places {
      let area = Rect(x: place.x, y: line.y, width: place.width, height: 1).intersection(line)
      switch place.column {
      case .mark:
        drawMark(row.generator.conditions, in: area, on: &canvas)
        drawTag(row.index, x: place.x + place.width, in: line, on: &canvas)
      case .gauge: drawGauge(row, in: area, on: &canvas)
      case .trend: drawTrend(row, in: area, on: &canvas)
      case .id, .name, .region: drawName(place.column, row, in: area, on: &canvas)
      default:
        let (text, role) = figure(place.column, row, decimals)
        let shown = TextWidth.truncate(text, to: area.width, ellipsis: glyphs.ellipsis)
        canvas.writeRight(shown, right: area.right, y: area.y, in: area, role: role)
      }
    }
  }

  /// The alarm's priority, and beside it what the session and the silence say.
  func drawMark(_ conditions: Conditions, in area: Rect, on canvas: inout Canvas) {
    drawMark(conditions.mark, conditions.role, conditions, in: area, on: &canvas)
  }

  /// The same in the list of alarms, where each line is of one alarm.
  func drawMark(of alarm: Alarm, _ generator: Generator, in area: Rect, on canvas: inout Canvas) {
    drawMark(alarm.look.mark, alarm.look.tone.role, generator.conditions, in: area, on: &canvas)
  }

  private func drawMark(
    _ mark: String,
    _ role: Role,
    _ conditions: Conditions,
    in area: Rect,
    on canvas: inout Canvas
  ) {
    canvas.write(mark, x: area.x, y: area.y, in: area, role: role)
    guard conditions.contains(.alarm) else { return }
    let absence = conditions.absence
    canvas.write(absence.mark, x: area.x + 2, y: area.y, in: area, role: absence.role)
  }

  private func drawName(
    _ column: FleetColumn,
    _ row: FleetRow,
    in area: Rect,
    on canvas: inout Canvas
  ) {
    let fleet = state.fleet
    let text =
      switch column {
      case .id: fleet.ids[Int(row.index)]
      case .name: fleet.names[Int(row.index)] ?? ""
      default: fleet.regions[Int(row.generator.region)]
      }
    canvas.writeTruncated(
      text,
      x: area.x,
      y: area.y,
      width: area.width,
      in: area,
      glyphs: glyphs,
      role: column == .id ? .text : .label
    )
  }

  private func drawGauge(_ row: FleetRow, in area: Rect, on canvas: inout Canvas) {
    let tank = row.generator.tank
    guard let fuel = row.reading.fuel, tank > 0 else {
      canvas.write("?", x: area.x, y: area.y, in: area, role: .label)
      return
    }
    let alarm = row.generator.conditions.alarmRole(about: .fuel)
    let gauge = Gauge(
      fraction: fuel / tank,
      mark: state.fleet.policy.refuelMark / tank,
      role: row.isCurrent ? alarm ?? .gaugeFill : .stale
    )
    canvas.draw(gauge, in: area, glyphs: glyphs)
  }

  /// The fuel of the last hour; each column stands for the same quarter minutes until it moves on.
  private func drawTrend(_ row: FleetRow, in area: Rect, on canvas: inout Canvas) {
    let perCell = glyphs.usesBraille ? 2 : 1
    let widths = [60, 48, 40, 30, 24, 20, 16, 15, 12]
    guard let width = widths.first(where: { $0 <= area.width }) else { return }
    let slots = History.slots / (width * perCell)
    let step = History.slotLength * Int64(max(1, slots))
    // Whole steps, so that the picture stands still while a column fills.
    let end = (state.now.monotonic / step + 1) * step - 1
    let values = state.fleet.history.values(
      .fuel,
      of: row.index,
      count: History.slots,
      until: end
    )
    let shown = stride(from: 0, to: values.count, by: max(1, slots)).map { start in
      values[start..<min(values.count, start + max(1, slots))].last { $0 != nil } ?? nil
    }
    canvas.chart(
      shown,
      range: 0...max(1, row.generator.tank),
      in: Rect(x: area.x, y: area.y, width: width, height: 1),
      glyphs: glyphs,
      role: row.isCurrent ? .chartFill : .stale
    )
  }

  private func figure(
    _ column: FleetColumn,
    _ row: FleetRow,
    _ decimals: Places
  ) -> (String, Role) {
    let role: Role = row.isCurrent ? .text : .stale
    func value(_ metric: Metric) -> (String, Role) {
      guard let value = row.reading[metric] else { return ("?", .label) }
      return (Figures.number(value, places: decimals[metric]), role)
    }
    switch column {
    case .percent:
      guard let percent = row.generator.fuelPercent else { return ("?", .label) }
      let alarm = row.generator.conditions.alarmRole(about: .fuel)
      return (Figures.percent(percent), row.isCurrent ? alarm ?? role : role)
    case .timeToEmpty:
      let seconds = row.generator.timeToEmpty(at: state.now.monotonic)
      return (Figures.timeToEmpty(seconds), seconds == nil ? .label : role)
    case .fuel: return value(.fuel)
    case .load: return value(.load)
    case .power: return value(.power)
    case .temperature: return value(.temperature)
    case .age: return age(row)
    case .mark, .id, .name, .region, .gauge, .trend: return ("", role)
    }
  }

  /// Shown only where it is abnormal.
  private func age(_ row: FleetRow) -> (String, Role) {
    if row.isCurrent, row.generator.freshness == .live { return ("", .label) }
    guard let at = row.generator.readingAt else {
      return (row.reading.isEmpty ? "" : "?", .label)
    }
    return (Figures.age((state.now.monotonic &- at).seconds), row.isCurrent ? .text : .stale)
  }
}
