/// The pace of a generator: the median of its last 16 gaps between samples.
public struct IntervalEstimate: Sendable {
  private var gaps = InlineArray<16, Float>(repeating: 0)
  private var count = 0
  private var median: Float = 0

  public init() {}

  /// Seconds between samples; nil before there were three gaps.
  public var seconds: Double? { count >= 3 ? Double(median) : nil }

  /// Adds a gap in nanoseconds.
  public mutating func add(_ gap: Int64) {
    guard gap >= 0 else { return }
    gaps[count & 15] = Float(gap.seconds)
    count += 1
    // Once the ring is full the median moves slowly: looking at every fourth gap is enough.
    if count <= 16 || count & 3 == 0 { median = currentMedian() }
  }

  private func currentMedian() -> Float {
    var sorted = gaps
    let used = min(count, 16)
    for index in 1..<max(used, 1) {
      var place = index
      while place > 0, sorted[place - 1] > sorted[place] {
        sorted.swapAt(place, place - 1)
        place -= 1
      }
    }
    return sorted[used / 2]
  }
}
