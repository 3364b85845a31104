import Glibc

/// How a value of a metric is kept in 16 bits: in equal steps over its range, and beyond it in steps that grow with the
/// distance, so that no value is taken for another.
///
/// The steps are a round part of the unit, such as 0.1 or 0.005, so that what is sent with few decimals comes back as it
/// was. Beyond the range they are a thousandth of the distance, up to a million times the range.
struct MetricScale: Sendable {
  /// What stands for no value: memory that was just cleared.
  static let nothing: UInt16 = 0

  /// The last code in the range; the first is 1.
  private static let last: UInt16 = 32_767
  /// The first codes above and below the range, and how many there are of each.
  private static let (above, below, outside): (UInt16, UInt16, UInt16) = (32_768, 49_152, 16_384)
  /// How many of those each doubling of the distance takes.
  private static let perDoubling = Double(outside) / 20

  private let stepsPerUnit: Double
  /// The lower end of the range in steps.
  private let lower: Double
  /// The length of the range in steps.
  private static let span = Double(last - 1)

  init(_ range: ClosedRange<Double>) {
    let most = Self.span / max(range.upperBound - range.lowerBound, 1e-9)
    let power = pow(10, log10(most).rounded(.down))
    let steps = [5, 2].map { $0 * power }.first { $0 <= most } ?? power
    stepsPerUnit = steps
    lower = (range.lowerBound * steps).rounded(.down)
  }

  /// The 16 bits that keep a finite value.
  func code(of value: Double) -> UInt16 {
    let steps = (value * stepsPerUnit - lower).rounded()
    if steps >= 0, steps <= Self.span { return 1 + UInt16(steps) }
    let distance = steps < 0 ? Self.span - steps : steps
    let places = (log2(distance / Self.span) * Self.perDoubling).rounded()
    let place = UInt16(min(max(places, 0), Double(Self.outside - 1)))
    return steps < 0 ? Self.below + place : Self.above + place
  }

  /// The value that 16 bits keep; nil for ``nothing``.
  func value(of code: UInt16) -> Double? {
    if code == Self.nothing { return nil }
    if code <= Self.last { return units(Double(code - 1)) }
    let isBelow = code >= Self.below
    let place = Double(code - (isBelow ? Self.below : Self.above))
    let distance = Self.span * exp2(place / Self.perDoubling)
    return units(isBelow ? Self.span - distance : distance)
  }

  /// The value that lies so many steps above the lower end; exact where it is round.
  private func units(_ steps: Double) -> Double {
    stepsPerUnit >= 1
      ? (steps + lower) / stepsPerUnit : (steps + lower) * (1 / stepsPerUnit).rounded()
  }
}
