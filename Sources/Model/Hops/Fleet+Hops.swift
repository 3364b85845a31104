extension Fleet {
  /// The figures of all hops at the monotonic time `now`, in the order of ``HopID``.
  public func hops(at now: Int64) -> [HopFigures] {
    [mqttHop(now), bridgeHop(now), sinkHop(now), taskHop(now), enrichedHop(now), screenHop(now)]
  }

  /// How far behind is too far, in seconds (operations practice: warn at 30 s, critical at 120 s).
  private func state(secondsBehind: Double?) -> HopState {
    guard let seconds = secondsBehind else { return .ok }
    return seconds > 120 ? .critical : seconds > 30 ? .warning : .ok
  }

  /// A feed that is on its way for the first time is not known to be broken.
  private func stateWhenAway(_ feed: FeedKind) -> HopState {
    traffic.status(feed) == .connecting && traffic.awaySince(feed) == nil ? .unknown : .critical
  }

  private func mqttHop(_ now: Int64) -> HopFigures {
    let status = traffic.status(.mqtt)
    guard status != .off else {
      return HopFigures(id: .mqtt, state: .unknown, reason: "no broker configured: no last wills")
    }
    var hop = HopFigures(id: .mqtt, state: .ok)
    hop.ratePerSecond = traffic.mqttRate.perSecond(at: now)
    hop.secondsBehind = traffic.newestSampleAt.map { max(0, now.seconds(since: $0)) }
    if traffic.overdue > 0 { hop.detail = "overdue \(traffic.overdue)" }
    if !status.isConnected {
      hop.state = stateWhenAway(.mqtt)
      hop.reason = status.reason ?? "connecting"
    } else if let reason = status.reason {
      hop.state = .warning
      hop.reason = reason
    } else if let silent = silence(since: traffic.newestSampleAt, connected: .mqtt, at: now) {
      hop.state = .warning
      hop.reason = "subscribed, nothing for \(silent) s"
    } else if let silence = fleetSilence(at: now), silence.seconds >= 5 {
      hop.state = .warning
      hop.reason = "no generator heard for \(Int(silence.seconds) / 5 * 5) s"
    }
    return hop
  }

  /// Whole seconds without data on a connected feed, once they are 60; nil below.
  private func silence(since newest: Int64?, connected feed: FeedKind, at now: Int64) -> Int? {
    let start = max(newest ?? .min, traffic.connectedAt(feed))
    guard start > .min else { return nil }
    let seconds = Int(now.seconds(since: start))
    return seconds >= 60 ? seconds / 10 * 10 : nil
  }

  private func bridgeHop(_ now: Int64) -> HopFigures {
    guard policy.tailsRawTopic, !policy.rawFeedIsKafka else {
      let reason = policy.rawFeedIsKafka ? "no MQTT feed to compare with" : "raw topic not tailed"
      return HopFigures(id: .bridge, state: .unknown, reason: reason)
    }
    guard traffic.status(.kafka).isConnected else {
      return HopFigures(id: .bridge, state: .unknown, reason: "Kafka is away")
    }
    var hop = HopFigures(id: .bridge, state: .unknown)
    hop.ratePerSecond = traffic.rawTopicRate.perSecond(at: now)
    let waiting = bridgeWait(now)
    let delay = traffic.bridgeDelay.quantile(0.5)
    if delay != nil { hop.recordsBehind = traffic.bridgePending }
    if let seconds = waiting ?? delay {
      hop.secondsBehind = seconds
      hop.state = state(secondsBehind: seconds)
      if hop.state > .ok { hop.reason = "samples do not come through" }
    } else if let progress = traffic.rawProgress {
      hop.reason =
        progress.names.isEmpty ? "raw topic not found" : "no sample seen on both sides yet"
    } else {
      hop.reason = "looking for the raw topic"
    }
    return hop
  }

  /// How long nothing has come out of the bridge while samples went in, in seconds; nil below 5.
  private func bridgeWait(_ now: Int64) -> Double? {
    guard traffic.rawProgress?.names.isEmpty == false, traffic.status(.mqtt).isConnected,
      let newest = traffic.newestSampleAt
    else { return nil }
    let both = max(traffic.connectedAt(.mqtt), traffic.connectedAt(.kafka))
    let since = max(traffic.newestRawRecordAt ?? .min, both)
    guard since > .min, newest.seconds(since: since) > 5 else { return nil }
    return now.seconds(since: since)
  }

  private func sinkHop(_ now: Int64) -> HopFigures {
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

  private func taskHop(_ now: Int64) -> HopFigures {
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
      hop.state = delay > policy.window + 75 ? .warning : .ok
      if hop.state > .ok { hop.reason = "records come late" }
    } else {
      hop.reason = "no record matched with its sample yet"
    }
    return hop
  }

  private func enrichedHop(_ now: Int64) -> HopFigures {
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

  private func screenHop(_ now: Int64) -> HopFigures {
    var hop = HopFigures(id: .screen, state: .ok)
    let screen = traffic.screen
    guard screen.frames > 0 else {
      return HopFigures(id: .screen, state: .unknown, reason: "no screen")
    }
    // Whole frames: else the frame that shows the rate would change it, and the screen never rest.
    hop.ratePerSecond = traffic.frameRate.perSecond(at: now)?.rounded()
    hop.secondsBehind = screen.blockedSince.map { max(0, now.seconds(since: $0)) }
    var details: [String] = []
    let folded = traffic.folded + traffic.foldedWords
    if folded > 0 { details.append("folded \(folded)") }
    if screen.folded > 0 { details.append("left out \(screen.folded)") }
    if screen.unsentBytes > 0 { details.append("unsent \(screen.unsentBytes) B") }
    if !details.isEmpty { hop.detail = details.joined(separator: ", ") }
    if let blocked = hop.secondsBehind, blocked > 1 {
      hop.state = .warning
      hop.reason = "the terminal takes nothing"
    }
    return hop
  }
}
