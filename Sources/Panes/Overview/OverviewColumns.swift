import Wording
import Dashboard
import Model
import Terminal

/// A column of the overview, in the order in which they stand.
enum OverviewColumn: TableColumn, CaseIterable {
  case mark, region, total, critical, dry, soon, lost, stale
  case onlineGauge, online, fuelGauge, fuel, held, lowest, lowestID, running, power
  case soonest, soonestAt, soonestID

  /// What a column of counts counts.
  static let severities: [OverviewColumn: Severity] = [
    .critical: .critical, .dry: .drySoon, .soon: .alarm, .lost: .lost, .stale: .stale,
  ]

  /// The name of the region takes what is left.
  var row: ColumnRow {
    switch self {
    case .mark: ColumnRow(width: 3, rank: 0)
    case .region: ColumnRow(heading: "REGION", width: 11, rank: 0)
    case .total: ColumnRow(heading: "GENS", width: 6, rank: 4, isNumber: true)
    case .critical: count(rank: 1)
    case .dry: count(rank: 2)
    case .soon: count(rank: 2)
    case .lost: count(rank: 3)
    case .stale: count(rank: 6)
    case .onlineGauge: ColumnRow(heading: "ONLINE", width: 10, rank: 11)
    case .online: ColumnRow(width: 6, rank: 8, isNumber: true)
    case .fuelGauge: ColumnRow(heading: "MEAN FUEL", width: 12, rank: 10)
    case .fuel: ColumnRow(width: 7, rank: 7, isNumber: true)
    case .held: ColumnRow(heading: "UNITS", width: 8, rank: 15, isNumber: true)
    case .lowest: ColumnRow(heading: "LOWEST", width: 8, rank: 12, isNumber: true)
    case .lowestID: ColumnRow(width: 11, rank: 16)
    case .running: ColumnRow(heading: "RUN", width: 6, rank: 13, isNumber: true)
    case .power: ColumnRow(heading: "POWER", width: 8, rank: 14, isNumber: true)
    case .soonest: ColumnRow(heading: "EMPTY", width: 8, rank: 5, isNumber: true)
    case .soonestAt: ColumnRow(heading: "AT", width: 10, rank: 17, isNumber: true)
    case .soonestID: ColumnRow(heading: "FIRST", width: 11, rank: 9)
    }
  }

  private func count(rank: Int) -> ColumnRow {
    ColumnRow(heading: Self.severities[self]?.mark ?? "", width: 4, rank: rank, isNumber: true)
  }

  var isFirst: Bool { self == .mark || self == .region }
}

extension Picture {
  /// Where the columns of the overview are: those that have room.
  func overviewColumns(in row: Rect) -> [ColumnPlace<OverviewColumn>] {
    let figures = state.fleetSummary.fleet
    // What no generator tells, or what cannot be summed up, has no column.
    let columns = OverviewColumn.allCases.filter { column in
      switch column {
      case .running: figures.loaded > 0
      case .power: figures.powered > 0
      case .held: state.fleetSummary.unit != nil
      default: true
      }
    }
    let names = state.rankedRegions.prefix(200).reduce(0) {
      max($0, TextWidth.of(state.fleet.regions[Int($1)]))
    }
    let nameWidth = min(max(names, 6), 24)
    func width(_ column: OverviewColumn) -> Int {
      let usual = column.row.width
      switch column {
      case .region: return min(nameWidth, row.width >= 60 ? 18 : usual)
      case .total, .running: return max(usual, 2 + Figures.grouped(state.fleet.counts.total).count)
      case .lowestID, .soonestID: return min(max(state.widestID, 6), 16) + 2
      default:
        guard let severity = OverviewColumn.severities[column] else { return usual }
        return max(usual, 2 + "\(state.fleet.counts[severity])".count)
      }
    }
    return columns.placed(in: row, width: width) { column, width, spare in
      switch column {
      case .region: min(spare, nameWidth - width)
      case .fuelGauge: min(spare / 2, 12)
      default: 0
      }
    }
  }
}
