import Wording
import Dashboard
import Model
import Terminal

/// A line of the overview: a region, or all of the fleet.
struct OverviewRow {
  let name: String
  let isFleet: Bool
  let counts: ConditionCounts
  let figures: RegionFigures
  /// The generator with the least fuel, and the one that will be empty first, with when that is.
  let lowest: FleetRow?
  let soonest: FleetRow?
  let soonestAt: String
  /// Below this share of the tank fuel is wanted.
  let mark: Double?
  /// The role of the sums: they are not of what is sent now once the feed is away.
  let role: Role

  init(_ region: RegionIndex?, _ state: borrowing DashboardState) {
    isFleet = region == nil
    name = region.map { state.fleet.regions[Int($0)] } ?? "All"
    counts = region.map { state.fleet.regionCounts[Int($0)] } ?? state.fleet.counts
    figures = region.map { state.fleetSummary.figures(of: $0) } ?? state.fleetSummary.fleet
    lowest = FleetRow(known: figures.lowest, state)
    soonest = FleetRow(known: figures.soonest?.generator, state)
    soonestAt = soonest?.emptyIn.map(state.clock(in:)) ?? ""
    let policy = state.fleet.policy
    let hasMark = policy.tank > 0 && state.fleet.hasCommonMark
    mark = hasMark ? policy.refuelMark / policy.tank : nil
    role = state.outage(of: state.rawFeed) == nil ? .text : .stale
  }

  /// The gauge of a column that is one; nil for the others, and where there is nothing to gauge.
  func gauge(_ column: OverviewColumn) -> Gauge? {
    let role: Role = role == .text ? .gaugeFill : .stale
    switch column {
    case .onlineGauge:
      guard counts.total > 0 else { return nil }
      return Gauge(fraction: Double(counts.online) / Double(counts.total), role: role)
    case .fuelGauge:
      return figures.meanPercent.map { Gauge(fraction: $0 / 100, mark: mark, role: role) }
    default: return nil
    }
  }

  func figure(_ column: OverviewColumn) -> CellText {
    switch column {
    case .mark: (counts.worst.mark, counts.worst.role)
    case .region: (name, isFleet ? .header : .text)
    case .total: (Figures.grouped(counts.total), .text)
    case .critical, .dry, .soon, .lost, .stale:
      OverviewColumn.severities[column].map(count) ?? ("", .label)
    case .online: (share, role)
    case .fuel: known(figures.meanPercent.map(Figures.percent))
    case .held: known(figures.fuelled > 0 ? Figures.compact(figures.fuel) : nil)
    case .running: known(figures.loaded > 0 ? "\(figures.running)" : nil)
    case .power: known(figures.powered > 0 ? Figures.compact(figures.power) : nil)
    case .onlineGauge, .fuelGauge: ("?", .label)
    case .lowest:
      lowest.map { lowest in
        let alarm = lowest.generator.conditions.alarmRole(about: .fuel)
        return (Figures.percent(figures.lowestPercent), role == .text ? alarm ?? role : role)
      } ?? ("?", .label)
    case .lowestID: (lowest?.id ?? "", .label)
    case .soonest: soonest.map { (Figures.timeToEmpty($0.emptyIn), role) } ?? ("--", .label)
    case .soonestAt: (soonestAt, .label)
    case .soonestID: (soonest?.id ?? "", .label)
    }
  }

  /// What nobody tells is a question mark and never 0.
  private func known(_ text: String?) -> CellText {
    text.map { ($0, role) } ?? ("?", .label)
  }

  /// How many of a condition; none is not drawn.
  private func count(_ severity: Severity) -> CellText {
    counts[severity] > 0 ? ("\(counts[severity])", severity.countRole) : ("", .label)
  }

  private var share: String {
    guard counts.total > 0 else { return "?" }
    let percent = Double(counts.online) / Double(counts.total) * 100
    // Not all of them is never 100.
    return "\(counts.online == counts.total ? 100 : min(99, Int(percent.rounded())))%"
  }
}

extension DashboardState {
  /// The time of day in this many seconds: `14:24`; with the day of the week if it is another day.
  func clock(in seconds: Double) -> String {
    guard seconds.isFinite, seconds < 6 * 86_400 else { return "" }
    return timeOfDay(now.wall &+ Int64(seconds: max(0, seconds)))
  }

  /// The time of day of a wall time, with the day of the week if it is another day than that shown.
  func timeOfDay(_ wall: Int64, seconds: Bool = false) -> String {
    let then = civil(wall)
    let time = seconds ? then.timeOfDay : then.hourAndMinute
    return then.date == civil(now.wall).date ? time : "\(then.weekday) \(time)"
  }
}
