/// What was filled into a tank, and when that ended.
struct Refuelling: Equatable, Sendable {
  var amount: Double
  var at: Int64
}

/// A rise of the fuel that may be a refuelling, from its beginning to its end.
struct FuelRise: Sendable {
  /// Steps within this many seconds are one refuelling.
  private static let pause: Float = 120

  private var from = Float.nan
  private var peak: Float = 0
  private var peakAt: Float = 0

  /// The least by which fuel has to rise from one value to the next, and above the lowest of late for two values.
  struct Least {
    var sudden: Float
    /// Nil while the noise is not known.
    var gradual: Float?
  }

  var isOpen: Bool { !from.isNaN }

  /// Takes a value; says whether it is the highest of a rise so far: then older points no longer count.
  mutating func rises(
    to fuel: Float,
    at seconds: Float,
    after last: Float,
    lowest: Float,
    _ least: Least
  ) -> Bool {
    if isOpen {
      guard fuel > peak else { return false }
    } else if fuel - last >= least.sudden {
      from = last
    } else if let gradual = least.gradual, min(fuel, last) - lowest >= gradual {
      from = lowest
    } else {
      return false
    }
    (peak, peakAt) = (fuel, seconds)
    return true
  }

  /// Ends a rise when nothing was added for two minutes, or when the fuel has fallen from its highest by `fall`, which is
  /// more than noise; gives what was added and when that ended, if it is as much as a refuelling.
  mutating func ends(
    with fuel: Float,
    at seconds: Float,
    fall: Float,
    _ least: Least
  ) -> (amount: Float, at: Float)? {
    guard isOpen, seconds - peakAt >= Self.pause || peak - fuel >= fall else { return nil }
    defer { from = .nan }
    // What rose and fell back at once was none.
    let stays = min(peak - from, fuel - from + fall)
    return stays >= min(least.sudden, least.gradual ?? .infinity) ? (peak - from, peakAt) : nil
  }

  mutating func move(by seconds: Float) { peakAt -= seconds }
}
