/// From MQTT to the raw topic, measured by samples that were seen on both sides.
extension HopRow {
  static let bridge = HopRow(
    name: "bridge",
    path: "MQTT to raw topic",
    secondsWord: "delay",
    recordsWord: "waiting",
    trend: .seconds,
    ownStation: "raw"
  )
}

extension Fleet {
  func bridgeHop(_ now: Int64) -> HopFigures {
    guard policy.tailsRawTopic, !policy.rawFeedIsKafka else {
      let reason = policy.rawFeedIsKafka ? "no MQTT feed to compare with" : "raw topic not read"
      return HopFigures(.bridge, .unknown, reason)
    }
    var hop = HopFigures(.bridge, .unknown, "Kafka is away")
    guard traffic.status(.kafka).isConnected else { return hop }
    hop.ratePerSecond = traffic.rawTopicRate.perSecond(at: now)
    let waiting = bridgeWait(now)
    let delay = traffic.bridgeDelay.quantile(0.5, at: now, within: 120)
    if !traffic.bridged.isEmpty { hop.recordsBehind = traffic.bridgePending }
    hop.detail = traffic.clockAhead.map { "clock +\(Self.clock($0))" }
    if let waiting {
      hop.secondsBehind = waiting
      hop.set(max(.warning, state(secondsBehind: waiting)), "samples are not getting through")
    } else if let delay {
      hop.secondsBehind = delay
      hop.isEstimated = traffic.bridgeDelay.isByClock(at: now, within: 120)
      let state = state(secondsBehind: delay)
      hop.set(state, state > .ok ? "samples come through late" : nil)
    } else if let progress = traffic.rawProgress {
      hop.reason =
        progress.names.isEmpty
        ? "raw topic not found"
        : traffic.bridged.isEmpty
          ? "no sample seen on both sides yet" : "equal samples do not say how late they are"
    } else {
      hop.reason = "looking for the raw topic"
    }
    return hop
  }

  /// How long nothing has come out of the bridge since a sample went in, in seconds; nil below 8.
  private func bridgeWait(_ now: Int64) -> Double? {
    guard traffic.rawProgress?.names.isEmpty == false, traffic.status(.mqtt).isConnected,
      let unbridged = traffic.unbridgedSince
    else { return nil }
    let both = max(traffic.connectedAt(.mqtt), traffic.connectedAt(.kafka))
    let seconds = now.seconds(since: max(unbridged, both))
    return seconds > 8 ? seconds : nil
  }
}
