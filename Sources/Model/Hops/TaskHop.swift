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
    hop.secondsBehind = traffic.taskDelay.quantile(0.5, at: now, within: taskSpan)
    hop.isEstimated = traffic.taskDelay.isByClock(at: now, within: taskSpan)
    let missing = traffic.differences[.notEnriched]
    // The hops above it have ten seconds more to tell that it is their fault.
    if missing > 0, let since = traffic.missingSince, now.seconds(since: since) >= 10 {
      let share = Double(missing) / Double(max(1, count))
      hop.set(share > 0.2 ? .critical : .warning, "generators send but are not enriched")
      // When most are missing, what came last says less than how long nothing has come since.
      if share > 0.2, let last = traffic.newestNewRecordAt {
        hop.secondsBehind = max(hop.secondsBehind ?? 0, now.seconds(since: last))
      }
      hop.detail = "missing \(missing)"
      starve(&hop, at: now)
    } else if let delay = hop.secondsBehind {
      let isLate = delay > HopRow.task.lateAfter(policy)
      hop.set(isLate ? .warning : .ok, isLate ? "records come late" : nil)
      if isLate { starve(&hop, at: now) }
    } else {
      hop.reason = "no record matched to a sample yet"
    }
    if traffic.differences[.disagrees] > 0 {
      let disagree = "disagree \(traffic.differences[.disagrees])"
      hop.detail = hop.detail.map { "\($0), \(disagree)" } ?? disagree
    }
    return hop
  }

  /// Up to when enriched records tell how things are, while they come late or not at all: monotonic nanoseconds; nil
  /// while they come as they should, or none ever came.
  public func recordsAsOf(at now: Int64) -> Int64? {
    guard policy.hasEnrichedFeed, let newest = traffic.newestNewRecordAt else { return nil }
    let delay = traffic.taskDelay.quantile(0.5, at: now, within: taskSpan) ?? 0
    let isLate = delay > HopRow.task.lateAfter(policy)
    let isMissing = !isQuietByNature && now.seconds(since: newest) > recordPatience
    guard isLate || isMissing else { return nil }
    return newest.nanoseconds(since: Int64(seconds: delay))
  }

  /// The delays of how many seconds tell how late records come: those of the last three windows.
  public var taskSpan: Double { max(120, 3 * policy.window) }
}
