import Wording
import Dashboard
import Model

extension DashboardState {
  /// Whether every feed there is has come, and the past has been read.
  var isPictureWhole: Bool {
    fleet.policy.feeds.allSatisfy { fleet.hasCome($0) }
  }

  /// A line with the time of day before it.
  func timed(_ line: String) -> String {
    let time = CivilTime(wall: now.wall, offset: times == .utc ? 0 : options.utcOffset)
    return "\(time.timeOfDay) \(line)"
  }

  /// What stands in the way of all being well.
  var summaryLines: [String] {
    var lines = ["summary: " + summary(self)]
    if hiddenGenerators > 0 {
      lines.append(
        "hidden: \(Phrases.count(hiddenGenerators, "generator")), \(hiddenInAlarm) of them in alarm"
      )
    }
    var met: Set<GeneratorIndex> = []
    let critical = alarms.filter { $0.priority == 1 && met.insert($0.generator).inserted }
    if let names = names(of: critical.map(\.generator)) { lines.append("critical: " + names) }
    if let hop = worstHop, let seconds = hop.secondsBehind {
      lines.append("slow: \(hop.id.name), \(Figures.spokenSpan(seconds)) behind")
    }
    return lines
  }

  /// At most ten of them; nil if there are none.
  private func names(of generators: [GeneratorIndex]) -> String? {
    guard !generators.isEmpty else { return nil }
    let names = generators.prefix(10).map { fleet.ids[Int($0)] }
    return Phrases.list(first: names, of: generators.count)
  }

  func words(of alarm: Alarm, before: Int?) -> String {
    let generator = fleet.generators[Int(alarm.generator)]
    let (words, metric) = (alarm.kind.row.words, alarm.kind.row.metric)
    let word =
      switch (alarm.priority, before) {
      case (1, nil): words.raisedUrgent
      case (1, _): words.becameUrgent
      case (_, nil): words.raised
      default: words.becameLess
      }
    var parts = ["\(word): \(place(alarm.generator))"]
    if let value = fleet.value(of: metric, alarm.generator) {
      let unit = fleet.unit(of: metric, alarm.generator)
      parts.append(
        "\(metric.row.title) \(Figures.spoken(value))" + (unit.isEmpty ? "" : " \(unit)")
      )
    }
    guard metric == .fuel else { return parts.joined(separator: ", ") }
    if let percent = generator.fuelPercent { parts.append("\(Figures.spoken(percent)) percent") }
    if let seconds = generator.timeToEmpty(at: now.monotonic) {
      parts.append(
        "empty in \(generator.trend.isByModel ? "about " : "")\(Figures.spokenSpan(seconds))"
      )
    }
    return parts.joined(separator: ", ")
  }

  func wordsOfEnd(_ alarm: AlarmKey) -> String {
    // A filter or a region may have put it out of sight instead.
    let isOver = fleet.alarm(alarm.kind, of: alarm.generator) == nil
    return "\(isOver ? alarm.kind.row.words.over : "no longer shown"): \(place(alarm.generator))"
  }

  func words(of event: FleetEvent) -> String {
    let place = place(event.generator)
    switch event.kind {
    case .lastWill: return "lost: \(place), by its last will"
    case .disconnected: return "disconnected: \(place)"
    case .online:
      return "back: \(place)" + (event.amount.map { ", after \(Figures.spokenSpan($0))" } ?? "")
    case .stale:
      return "stale: \(place)"
        + (event.amount.map { ", silent for \(Figures.spokenSpan($0))" } ?? "")
    case .refuelled:
      let unit = fleet.unit(of: event.generator)
      let added = event.amount.map { ", by \(Figures.spoken($0))\(unit.isEmpty ? "" : " " + unit)" }
      return "refuelled: \(place)" + (added ?? "")
    case .alarmRaised(let kind): return "\(kind.row.words.raised): \(place)"
    case .alarmCleared(let kind): return "\(kind.row.words.cleared): \(place)"
    }
  }

  private func place(_ generator: GeneratorIndex) -> String {
    let region = fleet.regions[Int(fleet.generators[Int(generator)].region)]
    let name = fleet.names[Int(generator)].map { ", \($0)," } ?? ""
    return "\(fleet.ids[Int(generator)])\(name) in \(region)"
  }
}
