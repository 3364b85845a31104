/// How much readings of the fuel stray from what is true, and in which steps they count.
struct FuelNoise: Sendable {
  private var variance: Float = 0
  private var count: UInt8 = 0
  /// The least by which two readings differed.
  private(set) var step = Float.infinity
  /// Units a second from the reading before the last to the last.
  private var pace: Float = 0
  private var pause: Float = 0

  /// Whether there were enough readings.
  var isKnown: Bool { count >= 8 }
  /// The standard deviation of a reading; 0 until there were three.
  var deviation: Float { variance.squareRoot() }

  /// The same, but 0 until there were eight.
  var knownDeviation: Float { isKnown ? deviation : 0 }

  /// Adds a reading some seconds after the last.
  ///
  /// What it differs from the line through the two before has the variances of all three: of 6 readings, if they have
  /// equal distances.
  mutating func add(_ fuel: Float, after seconds: Float, last: Float) {
    let change = fuel - last
    if change != 0 { step = min(step, abs(change)) }
    defer { (pace, pause) = (change / seconds, seconds) }
    guard pause > 0, seconds < 4 * pause else { return }
    let share = seconds / pause
    let off = change - pace * seconds
    var square = off * off / (1 + (1 + share) * (1 + share) + share * share)
    if isKnown { square = min(square, 16 * variance) }
    if count < 40 { count += 1 }
    variance += (square - variance) / Float(count)
  }
}
