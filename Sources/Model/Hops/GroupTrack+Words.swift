/// What a group's state is about, in words.
extension GroupTrack {
  /// Of a group: what is worst first, then what else is critical.
  func reason(
    _ figures: GroupFigures,
    _ verdicts: [Verdict],
    _ worst: [Int],
    at now: Stamp
  ) -> String? {
    let seconds = worst.compactMap { verdicts[$0].forSeconds }.max().map { Int($0) }
    let on =
      worst.count < partitions.count ? " on \(worst.count) of \(partitions.count) partitions" : ""
    var words: String?
    switch figures.state {
    case .idle, .ok: break
    case .unknown: words = unknownWords(worst)
    case .rebalancing: words = "rebalancing for \(seconds ?? 0) s"
    case .warn: words = "the group does not keep up" + on
    case .neverCommitted:
      let all = partitions.allSatisfy { $0.look?.committed == nil }
      words =
        (all ? "the group has never committed" : "no commit yet" + on)
        + ", \(Self.records(figures.recordsUncommitted)) from the start"
    case .rewind: words = "the group went back" + on
    case .transaction: words = heldWords(worst, verdicts, seconds ?? 0)
    case .lost, .reset: words = lossWords(of: worst, figures.state, at: now)
    case .stall: words = "stalled: same offset for \(seconds ?? 0) s" + on
    case .stop: words = "stopped: no commit for \(seconds ?? 0) s" + on
    case .noMembers: words = "no members: nobody reads, no commit for \(seconds ?? 0) s"
    }
    let lost = losses.keys.sorted().filter { verdicts[$0].state > .lost || figures.state > .lost }
    if figures.state > .reset, !lost.isEmpty {
      words = [words, lossWords(of: lost, .lost, at: now)].compactMap { $0 }.joined(separator: "; ")
    }
    return words
  }

  private static func records(_ count: Int) -> String {
    count == 1 ? "1 record" : "\(count) records"
  }

  private func unknownWords(_ worst: [Int]) -> String {
    let failed = worst.filter { partitions[$0].failure != nil }
    guard let first = failed.first, let failure = partitions[first].failure else {
      return "too few commits seen to judge it"
    }
    return failed.count == partitions.count
      ? failure : "\(failure) on \(failed.count) of \(partitions.count) partitions"
  }

  private func heldWords(_ worst: [Int], _ verdicts: [Verdict], _ seconds: Int) -> String {
    var (all, stable) = (0, 0)
    for place in worst {
      guard let behind = verdicts[place].behind, let look = partitions[place].look else { continue }
      all &+= behind
      stable &+= max(0, behind &- Int(look.end &- look.stable))
    }
    return TransactionWords.reason(all, toStable: stable, seconds)
  }

  func lossWords(of places: [Int], _ state: LagState, at now: Stamp) -> String? {
    guard state >= .lost else { return nil }
    let all = places.flatMap { losses[$0] ?? [] }
    let lost = all.filter { $0.kind == .lost }
    guard let newest = all.map(\.since).max() else {
      return state == .reset ? "commits beyond the end: the topic was made anew" : nil
    }
    let minutes = Int(max(0, now.wall.seconds(since: newest)) / 60)
    let ago =
      minutes == 0 ? "" : minutes < 120 ? ", \(minutes) min ago" : ", \(minutes / 60) h ago"
    guard !lost.isEmpty, state != .reset else {
      return "commits beyond the end: the topic was made anew\(ago)"
    }
    return "\(Self.records(lost.reduce(0) { $0 &+ $1.records })) deleted unread\(ago)"
  }
}

/// How an open transaction that is in the way is told of, wherever it is.
enum TransactionWords {
  static func reason(_ records: Int, toStable stable: Int, _ seconds: Int) -> String {
    "held up by an open transaction for \(seconds) s: \(records) to the end, "
      + "\(stable) to the last stable offset"
  }
}
