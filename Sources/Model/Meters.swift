/// Events a second, over the last ten whole seconds.
public struct RateMeter: Sendable {
  private var counts = InlineArray<16, Int>(repeating: 0)
  private var second: Int64 = -1
  private var firstSecond: Int64 = -1

  /// All that were counted.
  public private(set) var total = 0

  public init() {}

  public mutating func add(_ count: Int, at time: Int64) {
    advance(to: time / 1_000_000_000)
    counts[Int(second & 15)] += count
    total += count
  }

  /// The rate at the monotonic time `now`; nil before anything came.
  public func perSecond(at now: Int64) -> Double? {
    guard firstSecond >= 0 else { return nil }
    let current = now / 1_000_000_000
    var sum = 0
    var seconds = 0
    for back in 1...10 {
      let wanted = current - Int64(back)
      guard wanted >= firstSecond else { break }
      seconds += 1
      if wanted <= second, wanted > second - 16 { sum += counts[Int(wanted & 15)] }
    }
    guard seconds > 0 else { return Double(counts[Int(second & 15)]) }
    return Double(sum) / Double(seconds)
  }

  private mutating func advance(to wanted: Int64) {
    if firstSecond < 0 {
      firstSecond = wanted
      second = wanted
    }
    guard wanted > second else { return }
    if wanted - second >= 16 {
      counts = InlineArray(repeating: 0)
    } else {
      var cleared = second + 1
      while cleared <= wanted {
        counts[Int(cleared & 15)] = 0
        cleared += 1
      }
    }
    second = wanted
  }
}

/// The last 64 delays of a hop.
public struct DelayMeter: Sendable {
  private var delays = InlineArray<64, Float>(repeating: 0)
  private var count = 0
  /// When the last one was added: monotonic nanoseconds.
  public private(set) var lastAt: Int64?

  public init() {}

  public mutating func add(_ delay: Int64, at time: Int64) {
    delays[count & 63] = Float(max(0, delay.seconds))
    count += 1
    lastAt = time
  }

  /// The delay in seconds that `share` (0 to 1) of them do not exceed; nil before the first.
  public func quantile(_ share: Double) -> Double? {
    let used = min(count, 64)
    guard used > 0 else { return nil }
    var sorted: [Float] = []
    for index in 0..<used { sorted.append(delays[index]) }
    sorted.sort()
    return Double(sorted[min(used - 1, Int(Double(used) * share))])
  }
}
