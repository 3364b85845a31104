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
  /// Whether the sums are of what is sent now; they are not once the feed is away.
  let isCurrent: Bool

  init(_ region: RegionIndex?, _ state: DashboardState) {
    isFleet = region == nil
    name = region.map { state.fleet.regions[Int($0)] } ?? "All"
    counts = region.map { state.fleet.regionCounts[Int($0)] } ?? state.fleet.counts
    figures = region.map { state.fleetSummary.figures(of: $0) } ?? state.fleetSummary.fleet
    isCurrent = state.outage(of: state.rawFeed) == nil
  }

  /// The gauge of a column that is one; nil for the others, and where there is nothing to gauge.
  func gauge(_ column: OverviewColumn, _ state: DashboardState) -> Gauge? {
    let role: Role = isCurrent ? .gaugeFill : .stale
    switch column {
    case .onlineGauge:
      guard counts.total > 0 else { return nil }
      return Gauge(fraction: Double(counts.online) / Double(counts.total), role: role)
    case .fuelGauge:
      guard let percent = figures.meanPercent else { return nil }
      let policy = state.fleet.policy
      let mark = policy.tank > 0 ? policy.refuelMark / policy.tank : nil
      return Gauge(fraction: percent / 100, mark: mark, role: role)
    default:
      return nil
    }
  }

  func figure(_ column: OverviewColumn, _ state: DashboardState) -> (text: String, role: Role) {
    let role: Role = isCurrent ? .text : .stale
    switch column {
    case .mark: return (counts.worst.mark, counts.worst.role)
    case .region: return (name, isFleet ? .header : .text)
    case .total: return (Figures.grouped(counts.total), .text)
    case .critical, .soon, .lost, .stale: return column.severity.map(count) ?? ("", .label)
    case .online: return (share, role)
    case .fuel: return known(figures.meanPercent.map(Figures.percent), role)
    case .held: return known(figures.fuelled > 0 ? Figures.compact(figures.fuel) : nil, role)
    case .running: return known(figures.loaded > 0 ? "\(figures.running)" : nil, role)
    case .power: return known(figures.powered > 0 ? Figures.compact(figures.power) : nil, role)
    case .onlineGauge, .fuelGauge: return ("?", .label)
    case .lowest, .lowestID: return lowest(column, state, role)
    case .soonest, .soonestAt, .soonestID: return soonest(column, state, role)
    }
  }

  /// What nobody tells is a question mark and never 0.
  private func known(_ text: String?, _ role: Role) -> (String, Role) {
    text.map { ($0, role) } ?? ("?", .label)
  }

  /// How many of a condition; none is not drawn.
  private func count(_ severity: Severity) -> (String, Role) {
    counts[severity] > 0 ? ("\(counts[severity])", severity.countRole) : ("", .label)
  }

  private var share: String {
    guard counts.total > 0 else { return "?" }
    let percent = Double(counts.online) / Double(counts.total) * 100
    // Not all of them is never 100.
    return "\(counts.online == counts.total ? 100 : min(99, Int(percent.rounded())))%"
  }

  private func lowest(
    _ column: OverviewColumn,
    _ state: DashboardState,
    _ role: Role
  ) -> (String, Role) {
    guard let index = figures.lowest, state.fleet.generators.indices.contains(Int(index)) else {
      return column == .lowest ? ("?", .label) : ("", .label)
    }
    guard column == .lowest else { return (state.fleet.ids[Int(index)], .label) }
    let alarm = state.fleet.generators[Int(index)].conditions.alarmRole(about: .fuel)
    return (Figures.percent(figures.lowestPercent), isCurrent ? alarm ?? role : role)
  }

  private func soonest(
    _ column: OverviewColumn,
    _ state: DashboardState,
    _ role: Role
  ) -> (String, Role) {
    guard let index = figures.soonest?.generator,
      state.fleet.generators.indices.contains(Int(index))
    else { return (column == .soonest ? "--" : "", .label) }
    let seconds = state.fleet.generators[Int(index)].timeToEmpty(at: state.now.monotonic)
    switch column {
    case .soonest: return (Figures.timeToEmpty(seconds), role)
    case .soonestAt: return (seconds.map(state.clock(in:)) ?? "", .label)
    default: return (state.fleet.ids[Int(index)], .label)
    }
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
