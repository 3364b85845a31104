/// From the raw topic to the bucket, measured by what a consumer group has committed.
extension HopRow {
  static let sink = HopRow(
    name: "sink",
    path: "raw topic to bucket",
    secondsWord: "behind",
    trend: .records,
    station: "sink"
  )
}

extension Fleet {
  func sinkHop(_ now: Int64) -> HopFigures {
    guard let group = policy.sinkGroup else {
      return HopFigures(id: .sink, state: .unknown, reason: "no group named")
    }
    guard let lag = traffic.groupLag else {
      return HopFigures(id: .sink, state: .unknown, reason: "asking for group \(group)")
    }
    var hop = HopFigures(id: .sink, state: .unknown)
    guard traffic.status(.kafka).isConnected else {
      hop.reason = "Kafka is away"
      return hop
    }
    guard let behind = lag.recordsBehind else {
      hop.reason = lag.reason ?? "unknown"
      return hop
    }
    hop.ratePerSecond = traffic.sinkRate.perSecond(at: now)
    hop.recordsBehind = behind
    hop.secondsBehind = lag.secondsBehind
    hop.isEstimated = lag.isEstimated
    hop.reason = lag.reason
    if behind <= 0 || lag.secondsBehind != nil {
      hop.state = state(secondsBehind: lag.secondsBehind)
      if hop.state > .ok, hop.reason == nil { hop.reason = "the group does not keep up" }
    } else if hop.reason == nil {
      hop.reason = "not known how long it is behind"
    }
    // Kafka Connect commits once a minute.
    if behind > 0, let idle = traffic.sinkMovedAt.map({ now.seconds(since: $0) }), idle > 90 {
      hop.state = max(hop.state, idle > 120 ? .critical : .warning)
      hop.reason = "stalled: no commit for \(Int(idle) / 10 * 10) s"
    }
    return hop
  }
}
