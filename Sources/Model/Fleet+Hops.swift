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

  private func mqttHop(_ now: Int64) -> HopFigures {
    let status = traffic.status(.mqtt)
    guard status != .off else {
      return HopFigures(id: .mqtt, state: .unknown, reason: "no broker configured: no last wills")
    }
    var hop = HopFigures(id: .mqtt, state: .ok)
    hop.ratePerSecond = traffic.mqttRate.perSecond(at: now)
    hop.secondsBehind = traffic.newestSampleAt.map { (now - $0).seconds }
    if traffic.overdue > 0 { hop.detail = "overdue \(traffic.overdue)" }
    if !status.isConnected {
      hop.state = .critical
      hop.reason = status.reason ?? "connecting"
    } else if let reason = status.reason {
      hop.state = .warning
      hop.reason = reason
    } else if let silent = silence(since: traffic.newestSampleAt, connected: .mqtt, at: now) {
      hop.state = .warning
      hop.reason = "subscribed, nothing for \(silent) s"
    }
    return hop
  }

  /// Whole seconds without data on a connected feed, once they are 60; nil below.
  private func silence(since newest: Int64?, connected feed: FeedKind, at now: Int64) -> Int? {
    let start = max(newest ?? .min, traffic.connectedAt(feed))
    guard start > .min else { return nil }
    let seconds = Int((now - start).seconds)
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
    guard let delay = traffic.bridgeDelay.quantile(0.5), let lastAt = traffic.bridgeDelay.lastAt
    else {
      hop.reason =
        traffic.rawProgress?.names.isEmpty == false
        ? "no sample seen on both sides yet" : "raw topic not found"
      return hop
    }
    hop.recordsBehind = traffic.bridgePending
    // Samples wait and nothing comes out: the wait itself is the delay.
    let waiting = traffic.bridgePending > 0 ? (now - lastAt).seconds : 0
    hop.secondsBehind = max(delay, waiting > 5 ? waiting : 0)
    hop.state = state(secondsBehind: hop.secondsBehind)
    if hop.state > .ok { hop.reason = "samples do not come through" }
    return hop
  }

  private func sinkHop(_ now: Int64) -> HopFigures {
    guard let group = policy.sinkGroup else {
      return HopFigures(id: .sink, state: .unknown, reason: "no group named")
    }
    guard let lag = traffic.groupLag else {
      return HopFigures(id: .sink, state: .unknown, reason: "asking for group \(group)")
    }
    var hop = HopFigures(id: .sink, state: .unknown)
    guard let behind = lag.recordsBehind else {
      hop.reason = lag.reason ?? "unknown"
      return hop
    }
    hop.ratePerSecond = traffic.sinkRate.perSecond(at: now)
    hop.recordsBehind = behind
    hop.secondsBehind = lag.secondsBehind
    hop.isEstimated = lag.isEstimated
    hop.state = state(secondsBehind: lag.secondsBehind)
    hop.reason = lag.reason
    if behind > 0, let movedAt = traffic.sinkMovedAt, (now - movedAt).seconds > 30 {
      hop.state = max(hop.state, .warning)
      hop.reason = "stalled: no commit for \(Int((now - movedAt).seconds) / 10 * 10) s"
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
    var hop = HopFigures(id: .task, state: .unknown)
    hop.secondsBehind = traffic.taskDelay.quantile(0.5)
    if traffic.missingWindows > 0 {
      let share = Double(traffic.missingWindows) / Double(max(1, count))
      hop.state = share > 0.2 ? .critical : .warning
      hop.detail = "missing \(traffic.missingWindows)"
      hop.reason = "generators send but are not enriched"
    } else if let delay = hop.secondsBehind {
      hop.state = delay > policy.window + 75 ? .warning : .ok
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
    if hop.recordsBehind == 0 { hop.secondsBehind = 0 }
    if !status.isConnected {
      hop.state = .critical
      hop.reason = status.reason ?? "connecting"
    } else if let reason = status.reason {
      hop.state = .warning
      hop.reason = reason
    } else if let behind = hop.recordsBehind, behind > 0, let rate = hop.ratePerSecond, rate > 0 {
      hop.secondsBehind = Double(behind) / rate
      hop.isEstimated = true
      hop.state = state(secondsBehind: hop.secondsBehind)
    } else if let silent = silence(since: traffic.newestEnrichedAt, connected: .kafka, at: now),
      Double(silent) > 2 * policy.window + 15
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
    hop.ratePerSecond = traffic.frameRate.perSecond(at: now)
    hop.recordsBehind = traffic.folded
    hop.secondsBehind = screen.blockedSince.map { (now - $0).seconds }
    if screen.unsentBytes > 0 { hop.detail = "unsent \(screen.unsentBytes) B" }
    if let blocked = hop.secondsBehind, blocked > 1 {
      hop.state = .warning
      hop.reason = "the terminal takes nothing"
    }
    return hop
  }
}
