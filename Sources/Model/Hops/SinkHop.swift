/// From the raw topic to the bucket, measured by what a consumer group has committed.
extension HopRow {
  static let sink = HopRow(
    name: "sink",
    path: "raw topic to bucket",
    secondsWord: "behind",
    trend: .records
  )
}

extension Fleet {
  func sinkHop(_ now: Int64) -> HopFigures {
    guard let group = policy.sinkGroup else {
      return HopFigures(.sink, .unknown, "no group configured")
    }
    guard let lag = traffic.groupLag else {
      return HopFigures(.sink, .unknown, "asking for group \(group)")
    }
    var hop = HopFigures(.sink, .unknown, "Kafka is away")
    guard traffic.status(.kafka).isConnected else { return hop }
    hop.reason = lag.reason
    guard let behind = lag.recordsBehind else {
      return HopFigures(.sink, .unknown, lag.reason ?? "unknown")
    }
    hop.ratePerSecond = traffic.sinkRate.perSecond(at: now)
    hop.recordsBehind = behind
    hop.secondsBehind = lag.secondsBehind
    hop.isEstimated = lag.isEstimated
    if behind <= 0 || lag.secondsBehind != nil {
      hop.state = state(secondsBehind: lag.secondsBehind)
      if hop.state > .ok, hop.reason == nil { hop.reason = "the group does not keep up" }
    } else if hop.reason == nil {
      hop.reason = "unknown how far behind in time"
    }
    // Kafka Connect commits once a minute.
    if behind > 0, let idle = traffic.sinkMovedAt.map({ now.seconds(since: $0) }), idle > 90 {
      let state = max(hop.state, idle > 120 ? .critical : .warning)
      hop.set(state, "stalled: no commit for \(Int(idle) / 10 * 10) s")
    }
    return hop
  }
}
