/// How fast a tank empties: the Theil–Sen slope of its fuel since the last refuelling.
///
/// The points are thinned as they grow old, so that 32 of them span anything from half a minute to
/// half an hour: when they are full, those that no longer count are dropped, else every second one,
/// and the spacing doubles.
public struct FuelTrend: Sendable {
  /// How long a point counts, in seconds.
  static let span: Float = 1_800
  /// Slopes are taken again at most this often, in seconds: 496 pairs cost some microseconds.
  private static let pause: Float = 10
  /// Fuel beyond this is held at it, so that no difference of two overflows.
  private static let limit = 1e15

  /// Units of fuel burnt a second; nil if it does not burn or is not known yet.
  public private(set) var burn: Double?

  private var base: Int64 = 0
  private(set) var count = 0
  private var spacing: Float = 0
  private var measuredAt: Float = -.infinity
  /// Points since then.
  private var unmeasured = 0
  /// How much values stray from the one before, apart from the slope: the median, and the most; 0
  /// and nil while too few are known.
  private var noise: Float = 0
  private var widest: Float?
  private var rise: Rise?
  /// Seconds after ``base``, rising; and the fuel then.
  private(set) var times = InlineArray<32, Float>(repeating: 0)
  private(set) var fuels = InlineArray<32, Float>(repeating: 0)

  public init() {}

  /// Adds the fuel at a monotonic time and says how much was refuelled if it shows that.
  ///
  /// A rise of 10 % of the tank from one value to the next is a refuelling at once. One of 2 % above
  /// the lowest of the last eight points is one when it has stopped: when two more values stay up
  /// and go no higher. Both must stand out from the noise, and the small one waits until that is
  /// known. Points older than the newest are left out.
  public mutating func add(
    fuel: Double,
    at time: Int64,
    tank: Double,
    isPast: Bool = false
  ) -> Double? {
    let fuel = min(max(fuel, -Self.limit), Self.limit)
    guard count > 0 else {
      restart(fuel: fuel, at: time)
      return nil
    }
    let seconds = Float(time.seconds(since: base))
    guard seconds > times[count - 1] else { return nil }
    let sudden = fuel - Double(fuels[count - 1])
    if rise == nil, sudden >= suddenLeast(of: tank) {
      restart(fuel: fuel, at: time)
      return sudden
    }
    if let added = follow(fuel, tank: tank) {
      restart(fuel: fuel, at: time)
      return added
    }
    if rise == nil { append(fuel: Float(fuel), at: seconds, isPast: isPast) }
    return nil
  }

  /// What is known of the fuel in several samples that were folded into one.
  struct Fold {
    var first: Double
    var lowest: Double
    var highest: Double

    /// Nil if the first or the last has no fuel.
    init?(_ samples: FoldedSamples) {
      guard let first = samples.first.reading.fuel, let last = samples.last.reading.fuel else {
        return nil
      }
      self.first = first
      lowest = min(samples.lowestFuel ?? first, first, last)
      highest = max(samples.highestFuel ?? first, first, last)
    }
  }

  /// Adds the last of several values of which only the first, which was added before, and the
  /// bounds are known.
  ///
  /// Whatever the order, the fuel rose by at least the larger of what lies between the first and the
  /// highest, and between the lowest and the last.
  mutating func add(fuel: Double, after fold: Fold, at time: Int64, tank: Double) -> Double? {
    let added = max(fold.highest - fold.first, fuel - fold.lowest)
    guard added.isFinite, added >= suddenLeast(of: tank) else {
      return add(fuel: fuel, at: time, tank: tank)
    }
    restart(fuel: min(max(fuel, -Self.limit), Self.limit), at: time)
    return added
  }

  /// Whether fuel has not fallen by more than its noise in the last `seconds` or longer.
  func isFlat(for seconds: Float) -> Bool {
    guard count > 1 else { return false }
    let last = count - 1
    var before = last - 1
    while before > 0, times[last] - times[before] < seconds { before -= 1 }
    guard times[last] - times[before] >= seconds else { return false }
    return fuels[before] - fuels[last] <= noise
  }

  /// Moves all points by nanoseconds: the clock their times were read off was set.
  mutating func move(by step: Int64) { base = base.addingClamped(step) }

  /// The least rise that is a refuelling at once; a quarter of the tank is one despite all noise.
  private func suddenLeast(of tank: Double) -> Double {
    max(tank * 0.1, min(4 * Double(noise), tank * 0.25), .leastNonzeroMagnitude)
  }

  /// The least rise that is one if it stays; nil while the noise is not known.
  private func gradualLeast(of tank: Double) -> Double? {
    widest.map { max(tank * 0.02, min(1.5 * Double($0), tank * 0.25), .leastNonzeroMagnitude) }
  }

  private mutating func restart(fuel: Double, at time: Int64) {
    base = time
    times[0] = 0
    fuels[0] = Float(fuel)
    count = 1
    spacing = 0
    measuredAt = -.infinity
    rise = nil
    burn = nil
  }
}

extension FuelTrend {
  /// A rise that may be a refuelling.
  private struct Rise {
    var from: Double
    var peak: Double
    /// How many values since the highest went no higher.
    var quiet = 0
  }

  /// Watches a rise from its beginning to its end; gives what it added when it has ended.
  private mutating func follow(_ fuel: Double, tank: Double) -> Double? {
    guard let least = gradualLeast(of: tank) else { return nil }
    guard var current = rise else {
      let from = lowestOfLate
      if fuel - from >= least { rise = Rise(from: from, peak: fuel) }
      return nil
    }
    guard fuel - current.from >= least else {
      rise = nil
      return nil
    }
    if fuel > current.peak {
      current.peak = fuel
      current.quiet = 0
    } else {
      current.quiet += 1
    }
    rise = current
    return current.quiet >= 2 ? current.peak - current.from : nil
  }

  /// The lowest fuel of the last eight points.
  private var lowestOfLate: Double {
    var lowest = fuels[count - 1]
    for index in max(0, count - 8)..<count { lowest = min(lowest, fuels[index]) }
    return Double(lowest)
  }

  private mutating func append(fuel: Float, at seconds: Float, isPast: Bool) {
    if count >= 2, seconds - times[count - 2] < spacing {
      // Too close to keep both: the newest stands for the last.
      times[count - 1] = seconds
      fuels[count - 1] = fuel
      return
    }
    let shift = count == 32 ? makeRoom(before: seconds) : 0
    times[count] = seconds - shift
    fuels[count] = fuel
    count += 1
    unmeasured += 1
    // The past comes all at once: there every fourth point is enough.
    let isDue = times[count - 1] - measuredAt >= Self.pause && unmeasured >= (isPast ? 4 : 1)
    if isDue || count <= 8 && !isPast { measure() }
  }

  /// Drops the points that no longer count, or else every second one; gives the seconds by which
  /// the others moved.
  private mutating func makeRoom(before now: Float) -> Float {
    var first = 0
    while first < count - 1, now - times[first] > Self.span { first += 1 }
    let step = first > 0 ? 1 : 2
    let shift = times[first]
    let kept = (count - first + step - 1) / step
    for index in 0..<kept {
      times[index] = times[first + index * step] - shift
      fuels[index] = fuels[first + index * step]
    }
    count = kept
    if step == 2 { spacing = max(spacing * 2, times[count - 1] / Float(count - 1)) }
    base = base.addingClamped(Int64(seconds: Double(shift)))
    measuredAt -= shift
    return shift
  }

  /// The slope is the median of the slopes of all pairs that lie half the points apart; there is none below three points, and while
  /// nothing was burnt that could be told from noise.
  private mutating func measure() {
    let now = times[count - 1]
    measuredAt = now
    unmeasured = 0
    burn = nil
    var first = 0
    while now - times[first] > Self.span { first += 1 }
    guard count - first >= 3 else { return }
    var slopes = InlineArray<496, Float>(repeating: 0)
    var used = 0
    let reach = max(1, (count - first) / 2)
    for early in first..<count - 1 {
      // Pairs far apart say more of the slope, and are a quarter of all.
      for late in early + reach..<max(count, early + reach) {
        slopes[used] = (fuels[late] - fuels[early]) / (times[late] - times[early])
        used += 1
      }
    }
    let slope = median(&slopes, count: used)
    let stray = noteStrays(from: first, slope: slope)
    // A fall that drowns in the noise is none.
    let fall = -slope * (now - times[first])
    if fall > 0, fall >= 2 * stray { burn = Double(-slope) }
  }

  /// Learns how much values stray from the slope; gives the median.
  private mutating func noteStrays(from first: Int, slope: Float) -> Float {
    var strays = InlineArray<496, Float>(repeating: 0)
    var most: Float = 0
    let known = count - first - 1
    for index in 0..<known {
      let (before, after) = (first + index, first + index + 1)
      let expected = slope * (times[after] - times[before])
      strays[index] = abs(fuels[after] - fuels[before] - expected)
      most = max(most, strays[index])
    }
    let stray = median(&strays, count: known)
    if known >= 7 {
      noise = stray
      widest = most
    }
    return stray
  }

  /// The upper median of the first `count` values, which it reorders (Hoare's selection).
  private func median(_ values: inout InlineArray<496, Float>, count: Int) -> Float {
    let wanted = count / 2
    var low = 0
    var high = count - 1
    while low < high {
      let pivot = values[(low + high) / 2]
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if wanted <= right { high = right } else if wanted >= left { low = left } else { break }
    }
    return values[wanted]
  }
}
