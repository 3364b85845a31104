/// How long a group takes from one commit to the next, learned by watching: Kafka Connect commits once a minute.
struct CommitRhythm: Sendable {
  private static let most = 10
  private var distances: [Float] = []
  private var next = 0

  /// Seconds within which the next commit is to be expected; nil before two distances were seen.
  private(set) var seconds: Double?
  /// Whether the distances are alike, so that ``seconds`` is what they are.
  private(set) var isRegular = false

  var isRegularOrUnknown: Bool { isRegular || seconds == nil }

  /// Adds the seconds from one commit, or from when there was something to commit, to the next.
  mutating func add(_ distance: Double) {
    if distances.count < Self.most {
      distances.append(Float(distance))
    } else {
      distances[next] = Float(distance)
      next = (next + 1) % Self.most
    }
    guard distances.count >= 2 else { return }
    let sorted = distances.sorted()
    let count = sorted.count
    // All but one of ten: a stall that is over is no rhythm.
    let most = Double(sorted[min(count - 1, count * 4 / 5)])
    isRegular = most - Double(sorted[count / 5]) <= most / 4 + 4
    // Where little comes, a record waits for any part of the time between two commits, and few of them tell little.
    seconds = isRegular ? most : most * Double(count + 2) / Double(count)
  }

  /// Seconds without a commit after which a group is taken for dead: the second that should have come did not.
  static func patience(_ rhythm: Double?) -> Double {
    // What is not known is taken for that of Kafka Connect.
    max(15, 2 * (rhythm ?? 63) + 4)
  }

  /// Seconds that a group which is well is behind just before it commits; 0 for those that commit often.
  static func saw(_ rhythm: Double?) -> Double {
    guard let rhythm, rhythm > 10 else { return 0 }
    return rhythm * 1.2 + 4
  }
}
