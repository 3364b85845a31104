/// From a window's last sample to its enriched record, measured by records that were matched with their samples.
///
/// Task and source cannot be told apart from outside.
extension HopRow {
  static let task = HopRow(
    name: "task",
    path: "sample to record",
    secondsWord: "delay",
    trend: .seconds,
    lateAfter: { $0.window + 75 },
    station: "task"
  )
}

extension Fleet {
  func taskHop(_ now: Int64) -> HopFigures {
    guard policy.hasEnrichedFeed else {
      return HopFigures(id: .task, state: .unknown, reason: "no Kafka configured")
    }
    guard policy.hasRawFeed else {
      return HopFigures(id: .task, state: .unknown, reason: "no raw feed to compare with")
    }
    guard traffic.status(.kafka).isConnected else {
      return HopFigures(id: .task, state: .unknown, reason: "Kafka is away")
    }
    var hop = HopFigures(id: .task, state: .unknown)
    hop.secondsBehind = traffic.taskDelay.quantile(0.5)
    if traffic.missingWindows > 0 {
      let share = Double(traffic.missingWindows) / Double(max(1, count))
      hop.state = share > 0.2 ? .critical : .warning
      // When most are missing, what came last says less than how long nothing has come since.
      if share > 0.2, let last = traffic.taskDelay.lastAt {
        hop.secondsBehind = max(hop.secondsBehind ?? 0, now.seconds(since: last))
      }
      hop.detail = "missing \(traffic.missingWindows)"
      hop.reason = "generators send but are not enriched"
    } else if let delay = hop.secondsBehind {
      hop.state = delay > HopRow.task.lateAfter(policy) ? .warning : .ok
      if hop.state > .ok { hop.reason = "records come late" }
    } else {
      hop.reason = "no record matched with its sample yet"
    }
    return hop
  }
}
