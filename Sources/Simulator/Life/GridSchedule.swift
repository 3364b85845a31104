/// When the grid fails and comes back, in seconds of simulated time; decided ahead, as far as anybody asked.
struct GridSchedule: Sendable {
  private var random: SeededRandom
  private var failures: [ClosedRange<Double>] = []
  private let meanGap: Double
  private let meanLength: Double

  /// Those that are remembered; who asks lags behind the newest by far less.
  private static let remembered = 32

  /// - Parameters:
  ///   - random: a stream of its own.
  ///   - meanGap: seconds that the grid holds.
  ///   - meanLength: seconds that a failure lasts.
  ///   - beginsFailed: whether a failure is under way at the start.
  init(random: SeededRandom, meanGap: Double, meanLength: Double, beginsFailed: Bool) {
    self.random = random
    self.meanGap = meanGap
    self.meanLength = meanLength
    let rest = self.random.number(0.2...1) * meanLength
    let gap = self.random.number(0.1...1.2) * meanGap
    if beginsFailed {
      failures.append(0...rest)
    } else {
      failures.append(gap...gap + self.random.number(0.4...1.6) * meanLength)
    }
  }

  /// Whether the grid is down.
  mutating func isFailed(at second: Double) -> Bool {
    while let last = failures.last, last.upperBound <= second {
      let start = last.upperBound + random.number(0.5...1.5) * meanGap
      append(start...start + random.number(0.4...1.6) * meanLength)
    }
    return failures.contains { $0.contains(second) }
  }

  /// Lets it fail from then on for so many seconds, whatever else is planned.
  mutating func fail(at second: Double, seconds: Double) {
    // The last entry is the one from which the next is planned, so it stays there.
    guard let last = failures.popLast() else { return }
    append(second...second + max(0, seconds))
    append(last)
  }

  private mutating func append(_ failure: ClosedRange<Double>) {
    failures.append(failure)
    if failures.count > Self.remembered { failures.removeFirst() }
  }
}
