import Model

/// A column of the alarm list where it has room for a table, in the order in which they stand.
enum AlarmColumn: TableColumn, CaseIterable {
  case mark, kind, since, lasting, id, name, region, gauge, percent, value, record, empty, clock

  private static let valueHeading = AlarmKind.commonMetric?.row.heading ?? "VALUE"

  var row: ColumnRow {
    switch self {
    case .mark: ColumnRow(width: 4, rank: 0)
    case .kind: ColumnRow(heading: "ALARM", width: 12, rank: 1)
    case .since: ColumnRow(heading: "SINCE", width: 9, rank: 5)
    case .lasting: ColumnRow(heading: "FOR", width: 6, rank: 10, isNumber: true)
    case .id: ColumnRow(heading: "GENERATOR", width: 12, rank: 1)
    case .name: ColumnRow(heading: "NAME", width: 12, rank: 8)
    case .region: ColumnRow(heading: "REGION", width: 12, rank: 4)
    case .gauge: ColumnRow(heading: "FUEL", width: 14, rank: 6)
    case .percent: ColumnRow(heading: "%", width: 8, rank: 9, isNumber: true)
    case .value: ColumnRow(heading: Self.valueHeading, width: 10, rank: 3, isNumber: true)
    case .record: ColumnRow(heading: "RECORD", width: 8, rank: 11, isNumber: true)
    case .empty: ColumnRow(heading: "EMPTY", width: 8, rank: 2, isNumber: true)
    case .clock: ColumnRow(heading: "AT", width: 11, rank: 7, isNumber: true)
    }
  }

  var isFirst: Bool { self == .mark || self == .kind || self == .since }
}
