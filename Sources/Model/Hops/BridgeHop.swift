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
    let delay = traffic.bridgeDelay.quantile(0.5)
    if delay != nil { hop.recordsBehind = traffic.bridgePending }
    if let seconds = waiting ?? delay {
      hop.secondsBehind = seconds
      let state = state(secondsBehind: seconds)
      hop.set(state, state > .ok ? "samples are not getting through" : nil)
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
}
