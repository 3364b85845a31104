import Wording
import Model
import Terminal

/// A column of the overview, in the order in which they stand.
enum OverviewColumn: CaseIterable {
  case mark, region, total, critical, soon, lost, stale
  case onlineGauge, online, fuelGauge, fuel, held, lowest, lowestID, running, power
  case soonest, soonestAt, soonestID

  var heading: String {
    switch self {
    case .mark, .online, .fuel: ""
    case .region: "REGION"
    case .total: "GENS"
    case .critical, .soon, .lost, .stale: severity?.mark ?? ""
    case .onlineGauge: "ONLINE"
    case .fuelGauge: "MEAN FUEL"
    case .held: "UNITS"
    case .lowest: "LOWEST"
    case .lowestID: ""
    case .running: "RUN"
    case .power: "POWER"
    case .soonest: "EMPTY"
    case .soonestAt: "AT"
    case .soonestID: "FIRST"
    }
  }

  /// What a column of counts counts; nil for any other.
  var severity: Severity? {
    switch self {
    case .critical: .critical
    case .soon: .alarm
    case .lost: .lost
    case .stale: .stale
    default: nil
    }
  }

  /// Columns it takes, the gap before it included; the name of the region takes what is left.
  var width: Int {
    switch self {
    case .mark: 3
    case .region: 11
    case .total, .running: 6
    case .critical, .soon, .lost, .stale: 4
    case .onlineGauge: 10
    case .fuelGauge: 12
    case .online: 6
    case .fuel: 7
    case .held: 8
    case .lowest: 8
    case .lowestID, .soonestID: 11
    case .power: 8
    case .soonest: 8
    case .soonestAt: 10
    }
  }

  /// What is left out first where there is no room: the highest.
  var rank: Int {
    switch self {
    case .mark, .region: 0
    case .critical: 1
    case .soon: 2
    case .lost: 3
    case .total: 4
    case .soonest: 5
    case .stale: 6
    case .fuel: 7
    case .online: 8
    case .soonestID: 9
    case .fuelGauge: 10
    case .onlineGauge: 11
    case .lowest: 12
    case .running: 13
    case .power: 14
    case .held: 15
    case .lowestID: 16
    case .soonestAt: 17
    }
  }

  var isNumber: Bool {
    switch self {
    case .mark, .region, .onlineGauge, .fuelGauge, .lowestID, .soonestID: false
    default: true
    }
  }
}

/// Where the columns of the overview are: those that have room.
struct OverviewColumns {
  struct Place {
    var column: OverviewColumn
    var x: Int
    /// Columns it may be drawn in, without the gap before it.
    var width: Int
  }

  let places: [Place]

  /// - Parameters:
  ///   - row: The columns there are.
  ///   - counts: The counts of the fleet, which need the most digits.
  ///   - names: Columns of the widest name of a region.
  ///   - ids: Columns of the widest id.
  ///   - hidden: Columns that have nothing to show.
  init(
    _ row: Rect,
    counts: ConditionCounts,
    names: Int,
    ids: Int,
    hidden: Set<OverviewColumn>
  ) {
    let nameWidth = min(max(names, 6), 24)
    let idWidth = min(max(ids, 6), 16)
    func width(_ column: OverviewColumn) -> Int {
      switch column {
      case .region: min(nameWidth, row.width >= 60 ? 18 : column.width)
      case .total, .running: max(column.width, 2 + Figures.grouped(counts.total).count)
      case .critical: max(column.width, 2 + "\(counts.critical)".count)
      case .soon: max(column.width, 2 + "\(counts.alarm)".count)
      case .lost: max(column.width, 2 + "\(counts.lost)".count)
      case .stale: max(column.width, 2 + "\(counts.stale)".count)
      case .lowestID, .soonestID: idWidth + 2
      default: column.width
      }
    }
    var chosen = OverviewColumn.allCases.filter { !hidden.contains($0) }
    while chosen.count > 1, chosen.reduce(0, { $0 + width($1) }) > row.width {
      guard let worst = chosen.indices.max(by: { chosen[$0].rank < chosen[$1].rank }) else { break }
      chosen.remove(at: worst)
    }
    var spare = max(0, row.width - chosen.reduce(0) { $0 + width($1) })
    var x = row.x
    var places: [Place] = []
    for column in chosen {
      let gap = column == .mark || column == .region ? 0 : 2
      var columns = width(column)
      if column == .region {
        let added = min(spare, nameWidth - columns)
        columns += added
        spare -= added
      } else if column == .fuelGauge {
        let added = min(spare / 2, 12)
        columns += added
        spare -= added
      }
      places.append(Place(column: column, x: x + gap, width: max(0, columns - gap)))
      x += columns
    }
    self.places = places
  }
}
