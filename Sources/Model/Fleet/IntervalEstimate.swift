/// The pace of a generator: the median of its last 16 gaps between samples.
public struct IntervalEstimate: Sendable {
  private var median: Float = 0
  private var count = 0
  private var gaps = InlineArray<16, Float>(repeating: 0)

  public init() {}

  /// Seconds between samples; nil before there were three gaps.
  public var seconds: Double? { count >= 3 ? Double(median) : nil }

  /// Adds the nanoseconds that `count` gaps took together: each counts as their mean.
  ///
  /// A negative time is left out.
  public mutating func add(_ total: Int64, over count: Int = 1) {
    guard total >= 0, count > 0 else { return }
    let gap = count == 1 ? total : total / Int64(count)
    for _ in 0..<min(count, 16) { store(gap) }
    // Once the ring is full the median moves slowly: looking at every fourth gap is enough.
    if count > 1 || self.count <= 16 || self.count & 3 == 0 { median = currentMedian() }
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
