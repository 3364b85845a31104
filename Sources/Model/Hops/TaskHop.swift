/// From a window's last sample to its enriched record, measured by records that were matched with their samples.
///
/// Task and source cannot be told apart from outside.
extension HopRow {
  static let task = HopRow(
    name: "task",
    path: "sample to record",
    secondsWord: "delay",
    trend: .seconds,
    lateAfter: { $0.window + 75 }
  )
}

extension Fleet {
  func taskHop(_ now: Int64) -> HopFigures {
    guard policy.hasEnrichedFeed, policy.hasRawFeed else {
      let reason =
        policy.hasEnrichedFeed ? "no raw feed to compare with" : "no Kafka configured"
      return HopFigures(.task, .unknown, reason)
    }
    var hop = HopFigures(.task, .unknown, "Kafka is away")
    guard traffic.status(.kafka).isConnected else { return hop }
    hop.secondsBehind = traffic.taskDelay.quantile(0.5)
    if traffic.missingWindows > 0 {
      let share = Double(traffic.missingWindows) / Double(max(1, count))
      hop.set(share > 0.2 ? .critical : .warning, "generators send but are not enriched")
      // When most are missing, what came last says less than how long nothing has come since.
      if share > 0.2, let last = traffic.taskDelay.lastAt {
        hop.secondsBehind = max(hop.secondsBehind ?? 0, now.seconds(since: last))
      }
      hop.detail = "missing \(traffic.missingWindows)"
    } else if let delay = hop.secondsBehind {
      let isLate = delay > HopRow.task.lateAfter(policy)
      hop.set(isLate ? .warning : .ok, isLate ? "records come late" : nil)
    } else {
      hop.reason = "no record matched to a sample yet"
    }
    return hop
  }
}
