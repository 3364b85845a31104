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
    hop.ratePerSecond = mqttRate(at: now)
    hop.secondsBehind = traffic.newestSampleAt.map { max(0, now.seconds(since: $0)) }
    if counts.overdue > 0 { hop.detail = "overdue \(counts.overdue)" }
    if lacksRetainedPresence(at: now) {
      hop.detail = (hop.detail.map { "\($0), " } ?? "") + "no retained presence"
    }
    if let (state, reason) = trouble(of: .mqtt) {
      hop.set(state, reason)
    } else if let foreign = notUnderstood(.mqtt) {
      hop.set(.warning, foreign)
    } else if !isQuietByNature,
      let silent = silence(since: traffic.newestSampleAt, connected: .mqtt, at: now)
    {
      hop.set(.warning, "subscribed, nothing for \(silent) s")
    } else if let silence = fleetSilence(at: now), silence.seconds >= 5 {
      hop.set(.warning, "no generator heard for \(Int(silence.seconds) / 5 * 5) s")
    }
    return hop
  }

  /// Samples a second from MQTT; where no message is understood, messages a second.
  public func mqttRate(at now: Int64) -> Double? {
    let isForeign = notUnderstood(.mqtt) != nil
    return (isForeign ? traffic.messageRate : traffic.mqttRate).perSecond(at: now)
  }

  /// Why nothing is known though messages come, with the newest of them; nil if there is none, or any was understood.
  ///
  /// What was understood longer than a minute before the newest that was not does not count.
  public func notUnderstood(_ feed: FeedKind) -> String? {
    guard let counters = traffic.counters[feed], counters.ignored + counters.rejected > 0,
      let example = [traffic.foreign[feed], traffic.rejected.last { $0.feed == feed }]
        .compactMap({ $0 }).filter({
          $0.isReadInPart != true && ($0.kind != .presence || counters.presence == 0)
        })
        .max(by: { $0.receivedAt < $1.receivedAt })
    else { return nil }
    let understoodAt = feed == .mqtt ? traffic.newestSampleAt : nil
    let isOld = understoodAt.map { example.receivedAt.seconds(since: $0) >= 60 } ?? false
    guard counters.samples == 0 || isOld else { return nil }
    let payload =
      example.payload.count > 80 ? example.payload.prefix(79) + "…" : example.payload[...]
    return "none understood: \(example.reason), e.g. \(example.topic) \(payload)"
  }

  /// Why a feed is not simply live, or brings nothing that is understood; nil if all is well.
  public func trouble(with feed: FeedKind) -> String? {
    traffic.status(feed).reason ?? notUnderstood(feed)
  }
}
