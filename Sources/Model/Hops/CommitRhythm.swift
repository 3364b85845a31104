/// How long a group takes from one commit to the next, learned by watching: Kafka Connect commits once a minute.
struct CommitRhythm: Sendable {
  /// The last ten distances of one kind.
  private struct Distances {
    private static let most = 10
    private var values: [Float] = []
    private var next = 0

    mutating func add(_ distance: Double) {
      if values.count < Self.most {
        values.append(Float(distance))
      } else {
        values[next] = Float(distance)
        next = (next + 1) % Self.most
      }
    }

    /// Seconds within which the next one is to be expected, and whether they are alike; nil for fewer than two.
    var estimate: (seconds: Double, isRegular: Bool)? {
      guard values.count >= 2 else { return nil }
      let sorted = values.sorted()
      let count = sorted.count
      // All but one of ten: a stall that is over is no rhythm.
      let most = Double(sorted[min(count - 1, count * 4 / 5)])
      let isRegular = most - Double(sorted[count / 5]) <= most / 4 + 4
      // Few that differ tell little.
      return (isRegular ? most : most * Double(count + 2) / Double(count), isRegular)
    }
  }

  /// From commit to commit.
  private var whole = Distances()
  /// From when there was something to commit: of a time between two commits the whole, or a part of any length.
  private var parts = Distances()
  /// Seconds within which the next commit is to be expected; nil before two distances were seen.
  private(set) var seconds: Double?
  /// Whether ``seconds`` is of whole distances.
  private(set) var isWhole = false
  /// Whether the distances are whole and alike, so that ``seconds`` is what they are.
  private(set) var isRegular = false

  /// Adds the distance between two commits.
  ///
  /// - Parameters:
  ///   - distance: In seconds.
  ///   - rest: For how many of them there was nothing to commit. If that is less than half, no commit in between can
  ///     have had nothing to do.
  mutating func add(_ distance: Double, rest: Double) {
    if rest < distance / 2 { whole.add(distance) }
    parts.add(distance - rest)
    let estimate = whole.estimate
    isWhole = estimate != nil
    isRegular = estimate?.isRegular ?? false
    seconds = estimate?.seconds ?? parts.estimate?.seconds
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
