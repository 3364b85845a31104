public import Dashboard
import FoundationEssentials
public import Model
import Wording

extension FleetReport {
  /// The report as one JSON object on one line, keys in alphabetical order.
  ///
  /// - Throws: `EncodingError`, which only a number that is not finite could cause.
  public func json() throws -> String {
    try sorted(self)
  }
}

/// One generator as `egtop --once --json` has it among `generators`, on one line.
///
/// - Throws: `EncodingError`, which only a number that is not finite could cause.
public func generatorJSON(_ generator: GeneratorIndex, of state: DashboardState) throws -> String {
  let fields = GeneratorField.all(of: state.fleet)
  return try sorted(GeneratorReport(generator, fields, of: state.fleet, at: state.now))
}

private func sorted(_ report: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(report), as: UTF8.self)
}

/// The state as lines of text for people: what `egtop --once` prints.
public func plainReport(_ state: DashboardState) -> String {
  var lines = [summary(state)] + incompleteLines(state.fleet) + [""]
  let metrics = Metric.usual.filter { $0 != .fuel } + chosenFurther(state)
  let heading =
    ["", "GENERATOR", "REGION", Metric.fuel.row.heading, "%", "EMPTY IN"]
    + metrics.map(\.row.heading) + ["DATA"]
  let rows = state.visible.map { row($0, metrics, state) }
  lines += table([heading] + rows)
  if state.hiddenGenerators > 0 {
    lines += [
      "",
      "hidden: \(Phrases.count(state.hiddenGenerators, "generator")), \(state.hiddenInAlarm) in alarm",
    ]
  }
  lines += [""] + state.hops.map(hopLine)
  return lines.joined(separator: "\n")
}

/// That something is missing, and what; nothing where all is there.
private func incompleteLines(_ fleet: Fleet) -> [String] {
  let gaps = fleet.gaps
  guard !gaps.isEmpty else { return [] }
  let names = gaps.generators.prefix(10).map { fleet.ids[Int($0)] }
  let unheard =
    names.isEmpty ? [] : ["not heard: " + Phrases.list(first: names, of: gaps.generators.count)]
  return [
    "incomplete: "
      + (gaps.feeds.map { "waiting for \($0.rawValue)" } + unheard).joined(separator: "; ")
  ]
}

/// Counts and feeds in one line.
func summary(_ state: DashboardState) -> String {
  let counts = state.fleet.counts
  let feeds = FeedKind.allCases.map { feed in
    let reason = state.fleet.trouble(with: feed).map { " (\($0))" }
    return "\(feed.rawValue) \(state.fleet.traffic.status(feed).word)" + (reason ?? "")
  }
  let isEnriched = state.fleet.policy.hasEnrichedFeed
  let alarms =
    state.fleet.knowsAlarms
    ? AlarmKind.allCases.filter { counts[$0] > 0 || isEnriched == ($0.row.recordWord != nil) }
      .map { counts.words(of: $0) }
    : ["alarms unknown"]
  return
    "\(Phrases.count(counts.total, "generator")), \(alarms.joined(separator: ", ")), \(counts.lost) lost, "
    + "\(counts.stale) stale\(counts.disconnected > 0 ? ", \(counts.disconnected) disconnected" : ""); "
    + feeds.joined(separator: ", ")
}

/// The metrics beyond the usual ones whose columns were chosen.
private func chosenFurther(_ state: DashboardState) -> [Metric] {
  Metric.further.filter { $0.row.column != nil && state.shows(.metric($0)) }
}

private func row(_ index: GeneratorIndex, _ metrics: [Metric], _ state: DashboardState) -> [String]
{
  let fleet = state.fleet
  let generator = fleet.generators[Int(index)]
  let empty = generator.timeToEmpty(at: state.now.monotonic)
    .map { (generator.trend.isByModel ? "~" : "") + Figures.hoursAndMinutes($0) }
  return [
    generator.conditions.mark, fleet.ids[Int(index)], fleet.regions[Int(generator.region)],
    text(generator.reading.fuel),
    text(generator.fuelPercent.map { ($0 * 10).rounded() / 10 }), empty ?? "-",
  ] + metrics.map { text(fleet.value(of: $0, index)) } + [
    generator.conditions.presence + origin(of: index, fleet)
  ]
}

/// Where values come from that are no live samples.
private func origin(of index: GeneratorIndex, _ fleet: Fleet) -> String {
  switch fleet.source(of: index) {
  case .retained: ", retained"
  case .record where fleet.policy.hasRawFeed: ", by record"
  case .mqtt, .rawTopic, .record, nil: ""
  }
}

private func text(_ value: Double?) -> String {
  value.map(Figures.plain) ?? "-"
}

private func hopLine(_ hop: HopFigures) -> String {
  var parts = ["\(hop.id.name): \(hop.state.name)"]
  if let rate = hop.ratePerSecond { parts.append("\((rate * 10).rounded() / 10)/s") }
  if let behind = hop.recordsBehind { parts.append("\(behind) behind") }
  if let seconds = hop.secondsBehind { parts.append("\((seconds * 1_000).rounded() / 1_000) s") }
  if let reason = hop.reason { parts.append(reason) }
  return parts.joined(separator: ", ")
}

/// Columns padded to the width of their longest cell.
public func table(_ rows: [[String]]) -> [String] {
  let columns = rows.first?.count ?? 0
  let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    row.enumerated().map { column, cell in
      cell + String(repeating: " ", count: max(0, widths[column] - cell.count))
    }
    .joined(separator: "  ").trimmingEnd()
  }
}

extension LagReport {
  /// The report as one JSON object on one line, keys in alphabetical order.
  ///
  /// - Throws: `EncodingError`, which only a number that is not finite could cause.
  public func json() throws -> String {
    try sorted(self)
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
