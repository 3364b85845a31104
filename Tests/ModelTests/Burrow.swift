/// Burrow's rules for one partition, as its `caching.go` has them; it reads the commits themselves.
struct Burrow {
  enum Status: Int, Comparable {
    case ok, warn, stop, stall, rewind

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  private struct Commit {
    var offset: Int64
    var time: Double
    var lag: Int64
  }

  private static let intervals = 10
  private var commits: [Commit] = []
  /// What the broker said of the end, each ten seconds.
  private var ends: [Int64] = []

  mutating func see(end: Int64) { ends = (ends + [end]).suffix(Self.intervals) }

  /// A commit, also one of the same offset; `end` is the one last seen.
  mutating func see(commit offset: Int64, at time: Double) {
    let lag = max(0, (ends.last ?? offset) - offset)
    // min-distance: 1
    if let last = commits.last, time - last.time < 1 { commits.removeLast() }
    commits = (commits + [Commit(offset: offset, time: time, lag: lag)]).suffix(Self.intervals)
  }

  func status(at now: Double) -> Status {
    guard let first = commits.first, let last = commits.last else { return .ok }
    guard max(0, (ends.last ?? 0) - last.offset) > 0 else { return .ok }
    let hasStopped = now - last.time > last.time - first.time
    if hasStopped, !ends.contains(where: { $0 <= last.offset }) { return .stop }
    let back = commits.indices.dropFirst().first { commits[$0].offset < commits[$0 - 1].offset }
    if let back, !commits[back...].contains(where: { $0.offset >= commits[back - 1].offset }) {
      return .rewind
    }
    if commits.contains(where: { $0.lag == 0 }) { return .ok }
    if commits.allSatisfy({ $0.offset == first.offset }) { return .stall }
    let falls = zip(commits, commits.dropFirst()).contains { $0.lag > $1.lag }
    return falls ? .ok : .warn
  }
}
