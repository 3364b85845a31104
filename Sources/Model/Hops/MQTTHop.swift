/// From the generators to us through the broker, measured by the samples that come: how old the newest is.
extension HopRow {
  static let mqtt = HopRow(
    name: "mqtt",
    path: "generators to us",
    secondsWord: "newest",
    trend: .seconds,
    feed: .mqtt,
    isDelay: false
  )
}

extension Fleet {
  func mqttHop(_ now: Int64) -> HopFigures {
    guard traffic.status(.mqtt) != .off else {
      return HopFigures(.mqtt, .unknown, "no broker configured: no last wills")
    }
    var hop = HopFigures(.mqtt, .ok)
    hop.ratePerSecond = traffic.mqttRate.perSecond(at: now)
    hop.secondsBehind = traffic.newestSampleAt.map { max(0, now.seconds(since: $0)) }
    if traffic.overdue > 0 { hop.detail = "overdue \(traffic.overdue)" }
    if lacksRetainedPresence(at: now) {
      hop.detail = (hop.detail.map { "\($0), " } ?? "") + "no retained presence"
    }
    if let (state, reason) = trouble(of: .mqtt) {
      hop.set(state, reason)
    } else if let silent = silence(since: traffic.newestSampleAt, connected: .mqtt, at: now) {
      hop.set(.warning, "subscribed, nothing for \(silent) s")
    } else if let silence = fleetSilence(at: now), silence.seconds >= 5 {
      hop.set(.warning, "no generator heard for \(Int(silence.seconds) / 5 * 5) s")
    }
    return hop
  }
}
