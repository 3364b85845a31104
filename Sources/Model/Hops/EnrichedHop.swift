/// From the enriched topic to us, measured by how far its end is from what we have read.
extension HopRow {
  static let enriched = HopRow(
    name: "enriched",
    path: "\(Convention.enrichedPrefix) topic to us",
    secondsWord: "behind",
    trend: .records,
    feed: .kafka,
    ownStation: Convention.enrichedPrefix
  )
}

extension Fleet {
  func enrichedHop(_ now: Int64) -> HopFigures {
    guard traffic.status(.kafka) != .off else {
      return HopFigures(.enriched, .unknown, "no Kafka configured")
    }
    var hop = HopFigures(.enriched, .ok)
    hop.ratePerSecond = traffic.enrichedRate.perSecond(at: now)
    hop.recordsBehind = traffic.enrichedProgress?.recordsBehind
    if traffic.enrichedProgress?.hasReadHistory == false { hop.detail = "reading history" }
    if hop.recordsBehind == 0 { hop.secondsBehind = 0 }
    let held = traffic.groupLag?.held ?? []
    if let (state, reason) = trouble(of: .kafka) {
      hop.set(state, reason)
    } else if !held.isEmpty {
      let records = held.reduce(0) { $0 &+ ($1.recordsBehind ?? 0) }
      let seconds = held.compactMap(\.forSeconds).max() ?? 0
      let unread = max(0, (hop.recordsBehind ?? 0) &- records)
      hop.recordsBehind = max(hop.recordsBehind ?? 0, records)
      hop.secondsBehind = seconds
      hop.set(
        .warning,
        TransactionWords.reason(hop.recordsBehind ?? 0, toStable: unread, Int(seconds))
      )
    } else if let behind = hop.recordsBehind, behind > 0, let rate = hop.ratePerSecond, rate > 0 {
      hop.secondsBehind = Double(behind) / rate
      hop.isEstimated = true
      let state = state(secondsBehind: hop.secondsBehind)
      hop.set(state, state > .ok ? "we do not keep up" : nil)
    } else if let silent = silence(since: traffic.newestEnrichedAt, connected: .kafka, at: now),
      hop.recordsBehind ?? 0 > 0 || !isQuietByNature && Double(silent) > recordPatience + 30
    {
      hop.set(.warning, "nothing for \(silent) s")
      if hop.recordsBehind ?? 0 == 0 { starve(&hop, at: now) }
    }
    return hop
  }
}
