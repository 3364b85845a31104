/// The pace of a generator: the median of its last 16 gaps between samples.
public struct IntervalEstimate: Sendable {
  private var median: Float = 0
  private var count = 0
  private var gaps = InlineArray<16, Float>(repeating: 0)

  public init() {}

  /// Seconds between samples; nil before there were three gaps.
  public var seconds: Double? { count >= 3 ? Double(median) : nil }

  /// Adds a gap in nanoseconds; a negative one is left out.
  public mutating func add(_ gap: Int64) {
    guard gap >= 0 else { return }
    store(gap)
    // Once the ring is full the median moves slowly: looking at every fourth gap is enough.
    if count <= 16 || count & 3 == 0 { median = currentMedian() }
  }

  /// Adds the time that `count` gaps took together: each counts as their mean.
  public mutating func add(_ total: Int64, over count: Int) {
    guard total >= 0, count > 0 else { return }
    for _ in 0..<min(count, 16) { store(total / Int64(count)) }
    median = currentMedian()
  }

  private mutating func store(_ gap: Int64) {
    gaps[count & 15] = Float(gap.seconds)
    count += 1
  }

  private func currentMedian() -> Float {
    var sorted = gaps
    let used = min(count, 16)
    for index in 1..<max(used, 1) {
      let gap = sorted[index]
      var place = index
      while place > 0, sorted[place - 1] > gap {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = gap
    }
    return sorted[used / 2]
  }
}
