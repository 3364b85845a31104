/// How fast a tank empties: the Theil–Sen slope of its fuel since the last refuelling.
///
/// The points are thinned as they grow old, so that 32 of them span anything from half a minute to
/// half an hour: when they are full every second one is dropped and the spacing doubles.
public struct FuelTrend: Sendable {
  /// How long a point counts, in seconds.
  private static let span: Float = 1_800
  /// Slopes are taken anew at most this often, in seconds: 496 pairs cost some microseconds.
  private static let pause: Float = 5

  private var times = InlineArray<32, Float>(repeating: 0)
  private var fuels = InlineArray<32, Float>(repeating: 0)
  private var count = 0
  private var base: Int64 = 0
  private var spacing: Float = 0
  private var measuredAt: Float = -.infinity
  /// The lowest fuel of a rise that one more sample must confirm.
  private var riseFrom: Double?

  /// Units of fuel burnt a second; nil if it does not burn or is not known yet.
  public private(set) var burn: Double?

  public init() {}

  /// Adds the fuel at a monotonic time and says how much was refuelled if it shows that.
  ///
  /// A rise of 2 % of the tank is a refuelling when the next sample confirms it, one of 10 % at
  /// once. Points older than the newest are left out.
  public mutating func add(fuel: Double, at time: Int64, tank: Double) -> Double? {
    guard count > 0 else {
      restart(fuel: fuel, at: time)
      return nil
    }
    let seconds = Float((time - base).seconds)
    guard seconds > times[count - 1] else { return nil }
    let from = riseFrom ?? Double(fuels[count - 1])
    let rise = fuel - from
    if rise >= max(tank * 0.02, .leastNonzeroMagnitude) {
      if riseFrom != nil || rise >= tank * 0.1 {
        restart(fuel: fuel, at: time)
        return rise
      }
      riseFrom = from
      return nil
    }
    riseFrom = nil
    append(fuel: Float(fuel), at: seconds)
    return nil
  }

  private mutating func restart(fuel: Double, at time: Int64) {
    base = time
    times[0] = 0
    fuels[0] = Float(fuel)
    count = 1
    spacing = 0
    measuredAt = -.infinity
    riseFrom = nil
    burn = nil
  }

  private mutating func append(fuel: Float, at seconds: Float) {
    if count >= 2, seconds - times[count - 2] < spacing {
      // Too close to keep both: the newest stands for the last.
      times[count - 1] = seconds
      fuels[count - 1] = fuel
    } else {
      if count == 32 { thin() }
      times[count] = seconds
      fuels[count] = fuel
      count += 1
    }
    if seconds - measuredAt >= Self.pause || count <= 8 {
      measuredAt = seconds
      burn = slope(before: seconds).map { Double(-$0) }
    }
  }

  private mutating func thin() {
    for index in 0..<16 {
      times[index] = times[index * 2]
      fuels[index] = fuels[index * 2]
    }
    count = 16
    spacing = max(spacing * 2, (times[15] - times[0]) / 15)
  }

  /// The median of the slopes of all pairs; nil below three points, and while nothing was burnt.
  private func slope(before now: Float) -> Float? {
    var first = 0
    while first < count, now - times[first] > Self.span { first += 1 }
    guard count - first >= 3 else { return nil }
    var slopes: [Float] = []
    slopes.reserveCapacity((count - first) * (count - first - 1) / 2)
    for early in first..<count {
      for late in (early + 1)..<max(count, early + 1) where times[late] > times[early] {
        slopes.append((fuels[late] - fuels[early]) / (times[late] - times[early]))
      }
    }
    guard !slopes.isEmpty else { return nil }
    slopes.sort()
    let median = slopes[slopes.count / 2]
    return median < 0 ? median : nil
  }
}
