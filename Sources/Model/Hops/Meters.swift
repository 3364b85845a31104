/// Events a second, over the last ten whole seconds.
public struct RateMeter: Sendable {
  private var counts = InlineArray<16, UInt32>(repeating: 0)
  /// The newest second that was counted in.
  private var second: Int64 = 0
  /// The second counting began in; nil before anything came.
  private var firstSecond: Int64?

  /// All that were counted.
  public private(set) var total = 0

  public init() {}

  public mutating func add(_ count: Int, at time: Int64) {
    advance(to: time / 1_000_000_000)
    counts[Int(second & 15)] &+= UInt32(truncatingIfNeeded: count)
    total &+= count
  }

  /// The rate at the monotonic time `now`; nil before anything came.
  public func perSecond(at now: Int64) -> Double? {
    guard let firstSecond else { return nil }
    let current = now / 1_000_000_000
    var sum = 0
    var seconds = 0
    for back in 1...10 {
      let wanted = current - Int64(back)
      guard wanted >= firstSecond else { break }
      seconds += 1
      if wanted <= second, wanted > second - 16 { sum &+= Int(counts[Int(wanted & 15)]) }
    }
    guard seconds > 0 else { return Double(counts[Int(second & 15)]) }
    return Double(sum) / Double(seconds)
  }

  private mutating func advance(to wanted: Int64) {
    if firstSecond == nil {
      firstSecond = wanted
      second = wanted
    }
    guard wanted > second else { return }
    // All of them once, if it is that long ago.
    for cleared in max(second + 1, wanted - 15)...wanted { counts[Int(cleared & 15)] = 0 }
    second = wanted
  }
}

/// The last 64 delays of a hop.
public struct DelayMeter: Sendable {
  /// On the heap: a state is handed on often, and a delay comes seldom.
  private var delays = [Float](repeating: 0, count: 64)
  private var count = 0
  /// When the last one was added: monotonic nanoseconds.
  public private(set) var lastAt: Int64?

  public init() {}

  /// Adds a delay in nanoseconds; a negative one counts as none.
  public mutating func add(_ delay: Int64, at time: Int64) {
    delays[count & 63] = Float(max(0, delay).seconds)
    count += 1
    lastAt = time
  }

  /// The delay in seconds that `share` (0 to 1) of them do not exceed; nil before the first.
  public func quantile(_ share: Double) -> Double? {
    let used = min(count, 64)
    guard used > 0 else { return nil }
    let sorted = (0..<used).map { delays[$0] }.sorted()
    let place = share > 0 ? Int(Double(used) * min(share, 1)) : 0
    return Double(sorted[min(used - 1, place)])
  }
}

/// The smallest of the values of the last ten to twenty minutes.
///
/// Of the age that records have when they reach us, it is the part that is always there: the
/// distance of the clocks and the shortest way.
struct MinimumMeter: Sendable {
  private static let span: Int64 = 600_000_000_000
  private var current: Int64?
  private var previous: Int64?
  private var began: Int64 = 0

  /// The minimum; nil if nothing was added for long.
  var value: Int64? { current.map { min($0, previous ?? $0) } ?? previous }

  mutating func add(_ value: Int64, at time: Int64) {
    advance(to: time)
    if current == nil, previous == nil { began = time }
    current = min(current ?? value, value)
  }

  mutating func advance(to time: Int64) {
    let age = time.nanoseconds(since: began)
    guard age >= Self.span else { return }
    previous = age >= 2 * Self.span ? nil : current
    current = nil
    began = time
  }
}
