/// Where a hop is going, if it is going anywhere.
public enum HopForecast: Equatable, Sendable {
  /// Its backlog or delay grows by this much a minute: it will not catch up alone.
  case rising(perMinute: Double)
  /// It shrinks by this much a minute, and is gone in that many seconds if it goes on so.
  case falling(perMinute: Double, seconds: Double)

  /// A line through the values, one each slot of a ``HopHistory``, oldest first; nil if there are too
  /// few, or if what the line says drowns in their scatter.
  ///
  /// A group that commits once a minute makes a saw of its backlog: the line has to rise three times as
  /// far as the values scatter about it, so that no tooth is taken for a trend.
  init?(_ values: [Double?], _ measure: HopHistory.Measure) {
    let known = values.enumerated().compactMap { place, value in
      value.map { (time: Double(place), value: $0) }
    }
    // Two minutes at the least, and still going on.
    guard known.count >= 24, let last = known.last, last.time > Double(values.count - 4),
      let line = TrendLine(known)
    else { return nil }
    let rise = line.slope * (last.time - known[0].time)
    let least = measure == .records ? 50.0 : 5.0
    guard abs(rise) >= max(least, 3 * line.scatter, abs(line.mean) / 10) else { return nil }
    let perMinute = line.slope * 60e9 / Double(HopHistory.slotLength)
    if perMinute > 0 {
      self = .rising(perMinute: perMinute)
    } else if last.value > 0 {
      self = .falling(perMinute: -perMinute, seconds: last.value / -perMinute * 60)
    } else {
      return nil
    }
  }
}

/// The straight line of least squares.
private struct TrendLine {
  let slope: Double
  let mean: Double
  /// How far the values lie from the line, on the average (root of the mean square).
  let scatter: Double

  /// Nil if all values are of one time.
  init?(_ values: [(time: Double, value: Double)]) {
    let count = Double(values.count)
    guard count > 0 else { return nil }
    let middle = values.reduce(0) { $0 + $1.time } / count
    let mean = values.reduce(0) { $0 + $1.value } / count
    var (square, product) = (0.0, 0.0)
    for (time, value) in values {
      square += (time - middle) * (time - middle)
      product += (time - middle) * (value - mean)
    }
    guard square > 0 else { return nil }
    let slope = product / square
    let rest = values.reduce(0) { sum, point in
      let distance = point.value - mean - slope * (point.time - middle)
      return sum + distance * distance
    }
    self.slope = slope
    self.mean = mean
    scatter = (rest / count).squareRoot()
  }
}
