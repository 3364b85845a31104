import Wording
import Dashboard
import Model
import Terminal

/// One generator, with what its row and the panes of its detail are drawn from.
struct FleetRow {
  let index: GeneratorIndex
  let id: String
  let name: String?
  let region: String
  let generator: Generator
  let reading: Reading
  /// Whether its values may be taken as current; others are drawn as stale.
  let isCurrent: Bool
  /// Seconds until its tank is empty; nil if that cannot be foreseen.
  let emptyIn: Double?

  init(_ index: GeneratorIndex, _ state: borrowing DashboardState) {
    self.index = index
    generator = state.fleet.generators[Int(index)]
    id = state.fleet.ids[Int(index)]
    name = state.fleet.names[Int(index)]
    region = state.fleet.regions[Int(generator.region)]
    reading = state.fleet.reading(of: index)
    isCurrent = state.isCurrent(generator)
    emptyIn = generator.timeToEmpty(at: state.now.monotonic)
  }

  /// Nil for a generator that the fleet does not have.
  init?(known index: GeneratorIndex?, _ state: borrowing DashboardState) {
    guard let index, state.fleet.generators.indices.contains(Int(index)) else { return nil }
    self.init(index, state)
  }

  /// The roles of its values and of charts of them.
  var role: Role { isCurrent ? .text : .stale }
  var chartRole: Role { isCurrent ? .chartFill : .stale }

  /// The role of what is told or drawn of a value: `calm` while there is no alarm about it.
  func role(of metric: Metric, calm: Role = .text) -> Role {
    isCurrent ? generator.conditions.alarmRole(about: metric) ?? calm : .stale
  }

  /// The fuel in percent of the tank; `?` if it is not known.
  var percent: CellText {
    guard let percent = generator.fuelPercent else { return ("?", .label) }
    return (Figures.percent(percent) + (generator.isDoubted ? "?" : ""), role(of: .fuel))
  }

  /// How long the fuel lasts, with `~` if that is by what is known of such engines.
  var empty: CellText {
    guard emptyIn != nil else { return (Figures.timeToEmpty(nil), .label) }
    let sign = generator.trend.isByModel ? "~" : ""
    let isSoon = generator.conditions.contains(.drySoon)
    return (sign + Figures.timeToEmpty(emptyIn), isSoon && isCurrent ? Severity.drySoon.role : role)
  }
}

/// How many decimals the shown values of a column have: the same in every row, so that they align.
struct Places {
  /// By the numbers of the metrics.
  private let decimals: [Int]

  init(_ readings: [Reading]) {
    decimals = Metric.allCases.map { metric in
      let most = metric.row.decimals
      return readings.contains { $0[metric].map { Figures.hasDecimals($0, most: most) } ?? false }
        ? most : 0
    }
  }

  subscript(metric: Metric) -> Int { decimals[Int(metric.rawValue)] }
}

extension Picture {
  mutating func draw(_ row: FleetRow, _ decimals: Places, _ columns: FleetColumns, in line: Rect) {
    for place in columns.places {
      let area = place.cell(in: line)
      switch place.column {
      case .mark:
        drawMark(row.generator.conditions, in: area)
        drawTag(row.index, x: place.x + place.width, in: line)
      case .gauge:
        if row.generator.fuelPercent == nil { canvas.write("?", in: area, role: .label) }
        drawFuelGauge(of: row, in: area)
      case .trend: drawTrend(row, in: area)
      case .id, .name, .region, .percent, .timeToEmpty, .age, .metric:
        let (text, role) = figure(place.column, row, decimals)
        canvas.write(text, in: area, isNumber: place.isNumber, role: role)
      }
    }
  }

  /// The priority of the alarm, in a list of alarms that of one of them, and beside it what the session
  /// and the silence say.
  mutating func drawMark(_ conditions: Conditions, of alarm: Alarm? = nil, in area: Rect) {
    let role = alarm?.look.tone.role ?? conditions.role
    canvas.write(alarm?.look.mark ?? conditions.mark, in: area, role: role)
    guard conditions.worst <= .alarm else { return }
    let absence = conditions.absence
    canvas.write(absence.mark, in: area.split(left: 2).rest, role: absence.role)
  }

  /// How full the tank of a generator is, with the mark of refuelling.
  mutating func drawFuelGauge(of row: FleetRow, in area: Rect) {
    guard let percent = row.generator.fuelPercent else { return }
    let mark = row.generator.refuelMark / row.generator.tank
    let role = row.role(of: .fuel, calm: .gaugeFill)
    canvas.draw(Gauge(fraction: percent / 100, mark: mark, role: role), in: area)
  }

  /// The fuel of the last hour; each column stands for the same quarter minutes until it moves on.
  private mutating func drawTrend(_ row: FleetRow, in area: Rect) {
    let widths = [60, 48, 40, 30, 24, 20, 16, 15, 12]
    guard let width = widths.first(where: { $0 <= area.width }) else { return }
    let slots = History.slots / (width * glyphs.valuesPerColumn)
    let step = History.slotLength * Int64(max(1, slots))
    // Whole steps, so that the picture stands still while a column fills.
    let end = (state.now.monotonic / step + 1) * step - 1
    let shown = state.fleet.history
      .values(.fuel, of: row.index, count: History.slots, step: slots, until: end)
    let place = area.split(left: width).left
    canvas.chart(shown, range: 0...max(1, row.generator.tank), in: place, role: row.chartRole)
  }

  private func figure(_ column: FleetColumn, _ row: FleetRow, _ decimals: Places) -> CellText {
    switch column {
    case .id: return (row.id, .text)
    case .name: return (row.name ?? "", .label)
    case .region: return (row.region, .label)
    case .percent: return row.percent
    case .timeToEmpty: return row.empty
    case .metric(let metric):
      guard let value = row.reading[metric] else { return ("?", .label) }
      let unit = metric == .fuel && row.generator.countsPercent ? "%" : ""
      return (Figures.number(value, places: decimals[metric]) + unit, row.role)
    case .age:
      // Shown only where it is abnormal.
      if row.isCurrent, row.generator.freshness == .live { return ("", .label) }
      guard let at = row.generator.readingAt else {
        if let wall = state.fleet.rememberedSince(row.index) {
          return (Figures.age((state.now.wall &- wall).seconds), row.role)
        }
        return (row.reading.isEmpty ? "" : "?", .label)
      }
      return (Figures.age((state.now.monotonic &- at).seconds), row.role)
    case .mark, .gauge, .trend: return ("", row.role)
    }
  }
}
