/// From the enriched topic to us, measured by how far its end is from what we have read.
extension HopRow {
  static let enriched = HopRow(
    name: "enriched",
    path: "\(Convention.enrichedPrefix) topic to us",
    secondsWord: "behind",
    trend: .records,
    feed: .kafka,
    station: Convention.enrichedPrefix
  )
}

extension Fleet {
  func enrichedHop(_ now: Int64) -> HopFigures {
    let status = traffic.status(.kafka)
    guard status != .off else {
      return HopFigures(id: .enriched, state: .unknown, reason: "no Kafka configured")
    }
    var hop = HopFigures(id: .enriched, state: .ok)
    hop.ratePerSecond = traffic.enrichedRate.perSecond(at: now)
    hop.recordsBehind = traffic.enrichedProgress?.recordsBehind
    if traffic.enrichedProgress?.hasReadHistory == false { hop.detail = "reading the past" }
    if hop.recordsBehind == 0 { hop.secondsBehind = 0 }
    if !status.isConnected {
      hop.state = stateWhenAway(.kafka)
      hop.reason = status.reason ?? "connecting"
    } else if let reason = status.reason {
      hop.state = .warning
      hop.reason = reason
    } else if let behind = hop.recordsBehind, behind > 0, let rate = hop.ratePerSecond, rate > 0 {
      hop.secondsBehind = Double(behind) / rate
      hop.isEstimated = true
      hop.state = state(secondsBehind: hop.secondsBehind)
      if hop.state > .ok { hop.reason = "we do not keep up" }
    } else if let silent = silence(since: traffic.newestEnrichedAt, connected: .kafka, at: now),
      hop.recordsBehind ?? 0 > 0 || Double(silent) > 2 * policy.window + 15
    {
      hop.state = .warning
      hop.reason = "nothing for \(silent) s"
    }
    return hop
  }
}
