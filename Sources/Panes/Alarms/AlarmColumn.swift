import Model

/// A column of the alarm list where it has room for a table, in the order in which they stand.
enum AlarmColumn: CaseIterable {
  case mark, kind, since, lasting, id, name, region, gauge, percent, value, record, empty, clock

  func heading(hasRaw: Bool) -> String {
    switch self {
    case .mark: ""
    case .kind: "ALARM"
    case .since: "SINCE"
    case .lasting: "FOR"
    case .id: "GENERATOR"
    case .name: "NAME"
    case .region: "REGION"
    case .gauge: "FUEL"
    case .percent: "%"
    case .value: hasRaw ? "RAW" : AlarmKind.commonMetric?.row.heading ?? "VALUE"
    case .record: "RECORD"
    case .empty: "EMPTY"
    case .clock: "AT"
    }
  }

  /// Columns it takes, the gap before it included.
  var width: Int {
    switch self {
    case .mark: 4
    case .kind: 10
    case .since: 9
    case .lasting: 6
    case .id, .name, .region: 12
    case .gauge: 14
    case .percent: 8
    case .value: 10
    case .record, .empty: 8
    case .clock: 11
    }
  }

  /// What is left out first where there is no room: the highest.
  var rank: Int {
    switch self {
    case .mark: 0
    case .id, .kind: 1
    case .empty: 2
    case .value: 3
    case .region: 4
    case .since: 5
    case .gauge: 6
    case .clock: 7
    case .name: 8
    case .percent: 9
    case .lasting: 10
    case .record: 11
    }
  }

  var isNumber: Bool {
    switch self {
    case .mark, .kind, .since, .id, .name, .region, .gauge: false
    case .lasting, .percent, .value, .record, .empty, .clock: true
    }
  }
}
