extension Fleet {
  /// The figures of all hops at the monotonic time `now`, in the order of ``HopID``.
  public func hops(at now: Int64) -> [HopFigures] {
    HopID.allCases.map { figures(of: $0, at: now) }
  }

  /// The hops that are configured and of which nothing is known at the monotonic time `now`.
  public func unmeasuredHops(at now: Int64) -> [HopFigures] {
    HopID.allCases.filter(isConfigured).map { figures(of: $0, at: now) }
      .filter { $0.state == .unknown }
  }

  /// Whether what a hop is measured by was asked for.
  private func isConfigured(_ hop: HopID) -> Bool {
    switch hop {
    case .mqtt: policy.feeds.contains(.mqtt)
    case .bridge: policy.tailsRawTopic
    case .sink: policy.sinkGroup != nil
    case .task: policy.hasRawFeed && policy.hasEnrichedFeed
    case .enriched: policy.hasEnrichedFeed
    case .screen: traffic.screen.frames > 0
    }
  }

  /// Notes which hops are late, for those below them.
  mutating func noteLateHops(at now: Int64) {
    let isMissing = traffic.differences[.notEnriched] > 0
    traffic.missingSince = isMissing ? traffic.missingSince ?? now : nil
    for hop in [HopID.mqtt, .bridge, .sink, .task] {
      let figures = figures(of: hop, at: now)
      if figures.state >= .warning, figures.starvedBy == nil { traffic.lateAt[hop] = now }
    }
  }

  /// Lets a hop that gets too little say which hop above it keeps that back, if one does, or did so until a window ago:
  /// it is not the one to look at then.
  func starve(_ hop: inout HopFigures, at now: Int64) {
    let above = HopID.allCases.prefix { $0 != hop.id }.reversed().first { above in
      // Who is missed by the task is heard.
      guard hop.id != .task || above != .mqtt else { return false }
      return traffic.lateAt[above].map { now.seconds(since: $0) < policy.window + 30 } ?? false
    }
    guard let above else { return }
    hop.starvedBy = above
    hop.set(.warning, "starved by \(above.name)")
  }

  /// How far behind is too far, in seconds (operations practice: warn at 30 s, critical at 120 s).
  func state(secondsBehind: Double?) -> HopState {
    guard let seconds = secondsBehind else { return .ok }
    return seconds > 120 ? .critical : seconds > 30 ? .warning : .ok
  }

  /// What is wrong with a feed; nil if nothing is.
  ///
  /// One that is on its way for the first time is not known to be broken.
  func trouble(of feed: FeedKind) -> (state: HopState, reason: String)? {
    let status = traffic.status(feed)
    guard !status.isConnected else { return status.reason.map { (.warning, $0) } }
    let isNew = status == .connecting && traffic.awaySince(feed) == nil
    return (isNew ? .unknown : .critical, status.reason ?? "connecting")
  }

  /// Whole seconds without data on a connected feed, once they are 60; nil below.
  func silence(since newest: Int64?, connected feed: FeedKind, at now: Int64) -> Int? {
    let start = max(newest ?? .min, traffic.connectedAt(feed))
    guard start > .min else { return nil }
    let seconds = Int(now.seconds(since: start))
    return seconds >= 60 ? seconds / 10 * 10 : nil
  }
}
