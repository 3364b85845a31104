import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The alarms `shown` under the names of their columns: since when and how long, where, the fuel as
  /// the generator and as the record has it, and when the tank is empty.
  mutating func drawAlarmTable(_ shown: Range<Int>, in inside: Rect) {
    let (heading, list) = inside.split(top: 1)
    let places = alarmPlaces(in: inside.inset(columns: 1, rows: 0))
    for place in places {
      let isRaw = place.column == .value && state.fleet.policy.hasRawFeed
      // A mark may stand behind the fuel.
      let cell = place.cell(in: heading).split(right: place.column == .value ? 2 : 0).rest
      let text = isRaw ? "RAW" : place.column.row.heading
      canvas.write(text, in: cell, isNumber: place.isNumber, role: .header)
    }
    for (row, number) in shown.enumerated() {
      let line = list.row(row)
      guard !line.isEmpty, state.alarms.indices.contains(number) else { continue }
      let alarm = state.alarms[number]
      let subject = FleetRow(alarm.generator, state)
      for place in places {
        let (column, cell) = (place.column, place.cell(in: line))
        switch column {
        case .mark: drawMark(subject.generator.conditions, of: alarm, in: cell.split(left: 3).left)
        case .gauge: drawFuelGauge(of: subject, in: cell)
        default:
          let (text, role) = figure(column, alarm, subject)
          canvas.write(text, in: cell, isNumber: place.isNumber, role: role)
        }
      }
      highlight(.alarms, line: number, row: line)
    }
  }

  /// Where the columns are; names take what is left.
  private func alarmPlaces(in body: Rect) -> [ColumnPlace<AlarmColumn>] {
    var columns = AlarmColumn.allCases
    // Where all are about one thing the mark tells them apart.
    if AlarmKind.commonMetric != nil { columns.removeAll { $0 == .kind } }
    if state.widestName == 0 { columns.removeAll { $0 == .name } }
    let ids = min(max(9, state.widestID), body.width >= 140 ? 20 : 14) + 2
    let most: [AlarmColumn: Int] = [
      .name: min(max(8, state.widestName), 28) + 2, .region: 22, .gauge: 30,
    ]
    return columns.placed(in: body, width: { $0 == .id ? ids : $0.row.width }) {
      min($2, (most[$0] ?? 0) - $1)
    }
  }

  private func figure(_ column: AlarmColumn, _ alarm: Alarm, _ row: FleetRow) -> CellText {
    switch column {
    case .mark, .gauge: return ("", row.role)
    case .since: return (state.moment(alarm.sinceWall, seconds: false), .label)
    case .lasting:
      let isKnown = alarm.sinceWall > 0
      return (isKnown ? Figures.age((state.now.wall &- alarm.sinceWall).seconds) : "?", .label)
    case .kind: return (alarm.kind.row.name, .text)
    case .id: return (row.id, .text)
    case .name: return (row.name ?? "", .label)
    case .region: return (row.region, .label)
    case .percent: return row.percent
    case .value:
      guard let value = value(of: alarm) else { return ("?", .label) }
      // A live value that contradicts its alarm is marked.
      let isDoubtful = isContradicted(alarm, row)
      return (Figures.exact(value) + (isDoubtful ? " ?" : "  "), isDoubtful ? .notice : row.role)
    case .record:
      let reading = state.fleet.enrichedReading(of: alarm.generator)
      return (reading[alarm.kind.row.metric].map { Figures.exact($0) } ?? "?", .label)
    case .empty: return row.empty
    case .clock: return (row.emptyIn.map(state.clock(in:)) ?? "", .label)
    }
  }
}
