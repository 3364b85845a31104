extension FuelTrend {
  /// Between which rates the burn lies in 19 of 20 cases, in units a second; nil while ``burn`` is not
  /// known, or of too few points to say.
  ///
  /// The slopes of all pairs in order, without those at both ends that Kendall's test leaves out (Sen's
  /// interval). Costs up to 496 pairs: for a generator that is looked at, not for the fleet.
  public var burnRange: ClosedRange<Double>? {
    guard burn != nil, count >= 4 else { return nil }
    let now = times[count - 1]
    var first = 0
    while now - times[first] > Self.span { first += 1 }
    let points = count - first
    guard points >= 4 else { return nil }
    var slopes: [Float] = []
    for early in first..<count - 1 {
      for late in early + 1..<count where times[late] > times[early] {
        slopes.append((fuels[late] - fuels[early]) / (times[late] - times[early]))
      }
    }
    slopes.sort()
    let variance = Double(points * (points - 1) * (2 * points + 5)) / 18
    let out = (Double(slopes.count) - 1.96 * variance.squareRoot()) / 2
    let place = min(max(0, Int(out)), max(0, slopes.count / 2))
    guard slopes.indices.contains(slopes.count - 1 - place) else { return nil }
    let least = max(0, Double(-slopes[slopes.count - 1 - place]))
    let most = max(least, Double(-slopes[place]))
    return least.isFinite && most.isFinite ? least...most : nil
  }
}
