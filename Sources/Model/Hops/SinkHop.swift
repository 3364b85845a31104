/// From the raw topic to the bucket, measured by what consumer groups have committed.
extension HopRow {
  static let sink = HopRow(
    name: "sink",
    path: "raw topic to bucket",
    secondsWord: "behind",
    trend: .records
  )
}

extension Fleet {
  /// Whether consumer groups were looked at as often as it takes to judge them, where there is Kafka.
  public var hasLookedAtGroups: Bool {
    guard traffic.status(.kafka).isConnected else { return true }
    return traffic.groupLag.map { $0.isSettled ?? true } ?? false
  }

  func sinkHop(_ now: Int64) -> HopFigures {
    guard let lag = traffic.groupLag else {
      let reason = policy.sinkGroup.map { "asking for group \($0)" } ?? "no group configured"
      return HopFigures(.sink, .unknown, reason)
    }
    guard traffic.status(.kafka).isConnected else {
      return HopFigures(.sink, .unknown, "Kafka is away")
    }
    // It is told each two seconds.
    let silence = traffic.groupLagAt.map { now.seconds(since: $0) } ?? 0
    guard silence < 30 else {
      return HopFigures(.sink, .unknown, "not told for \(Int(silence) / 10 * 10) s")
    }
    var hop = HopFigures(.sink, .unknown, lag.reason)
    hop.recordsBehind = lag.recordsBehind
    hop.secondsBehind = lag.secondsBehind
    hop.isEstimated = lag.isEstimated
    if lag.committed != nil { hop.ratePerSecond = traffic.sinkRate.perSecond(at: now) }
    if let groups = lag.groups {
      judge(groups, of: &hop)
    } else if lag.recordsBehind == 0 || lag.secondsBehind != nil {
      hop.state = state(secondsBehind: lag.secondsBehind)
      if hop.state > .ok, hop.reason == nil { hop.reason = "the group does not keep up" }
    } else if hop.reason == nil {
      hop.reason = "unknown how far behind in time"
    }
    return hop
  }

  /// The worst group is the hop's.
  private func judge(_ groups: [GroupFigures], of hop: inout HopFigures) {
    guard let group = groups.first else { return }
    let late = state(secondsBehind: group.lateSeconds)
    hop.state = max(group.state.severity, late)
    if hop.reason == nil, late > .ok { hop.reason = "the group does not keep up" }
    if let dead = groups.first(where: \.isMostlyDead), let letters = dead.deadLetters {
      hop.state = max(hop.state, .warning)
      hop.reason = hop.reason ?? "dead letters: \(letters) of \(dead.recordsRead ?? 0) records"
    }
    var details: [String] = []
    let letters = groups.reduce(0) { $0 + ($1.isMostlyDead ? 0 : $1.deadLetters ?? 0) }
    if letters > 0 { details.append("dead letters \(letters)") }
    if groups.count > 1 { details.append("\(group.name), of \(groups.count) groups") }
    if let each = group.commitsEach, CommitRhythm.saw(each) > 0 {
      // To five seconds, which is as well as a look each two seconds can tell.
      let rhythm = (each / 5).rounded() * 5
      hop.upTo = rhythm + (group.lateSeconds ?? 0).rounded()
      details.append("commits each \(Int(rhythm)) s")
    }
    if let ahead = group.clockAhead { details.append("clock +\(Self.clock(ahead))") }
    if !details.isEmpty { hop.detail = details.joined(separator: ", ") }
  }

  /// `8 s`, `10 min`, `3 h`.
  static func clock(_ seconds: Double) -> String {
    let seconds = Int(seconds.rounded())
    return seconds < 120
      ? "\(seconds) s" : seconds < 7200 ? "\((seconds + 30) / 60) min" : "\(seconds / 3600) h"
  }
}
