/// The values of the first six metrics, which most generators send; a missing value is absent, not zero.
///
/// A trivial value: reading it costs nothing and copies nothing. The article's payloads give no
/// units (see the README); fuel counts in units of the tank, load in percent.
public struct CoreReading: Equatable, Hashable, Sendable {
  /// How many metrics these are.
  static let count = 6
  /// A bit for each of them.
  static let all: UInt32 = 0b11_1111

  /// A bit for each value that is there, by the metric's number.
  private(set) var present: UInt8 = 0
  private var values = InlineArray<6, Double>(repeating: 0)

  public init() {}

  /// See ``Reading/init(_:present:)``.
  init(_ values: Span<Double>, present: UInt32) {
    for place in 0..<Self.count where present & 1 << place != 0 && values[place].isFinite {
      self.present |= 1 << place
      self.values[place] = values[place]
    }
  }

  /// The value of `metric`; nil if the message did not have it, for anything not finite, and for a further metric.
  public subscript(metric: Metric) -> Double? {
    get {
      let place = Int(metric.rawValue)
      guard place < Self.count, present & 1 << place != 0 else { return nil }
      return values[place]
    }
    set {
      let place = Int(metric.rawValue)
      guard place < Self.count else { return }
      guard let value = newValue, value.isFinite else {
        present &= ~(1 << place)
        return
      }
      present |= 1 << place
      values[place] = value
    }
  }

  /// The value at a metric's number.
  subscript(place place: Int) -> Double? { present & 1 << place != 0 ? values[place] : nil }

  /// Fuel in the tank, in the tank's unit; the article's simulator goes below 0.
  public var fuel: Double? { self[.fuel] }
  /// Load in percent.
  public var load: Double? { self[.load] }
  public var power: Double? { self[.power] }
  public var temperature: Double? { self[.temperature] }
  /// Degrees north.
  public var latitude: Double? { self[.latitude] }
  /// Degrees east.
  public var longitude: Double? { self[.longitude] }

  /// Whether no value is there at all.
  public var isEmpty: Bool { present == 0 }

  /// Takes over the values that `newer` has and keeps the others.
  public mutating func merge(_ newer: CoreReading) {
    if newer.present == 0b11_1111 {
      self = newer
      return
    }
    for place in 0..<Self.count where newer.present & 1 << place != 0 {
      values[place] = newer.values[place]
    }
    present |= newer.present
  }

  /// Lets go of the values that have no bit in `known`, by the metric's number.
  mutating func keep(only known: UInt32) { present &= UInt8(truncatingIfNeeded: known) }

  /// A number made of fuel, load, power and temperature, equal for equal values.
  ///
  /// A sample and the record that the pipeline made of it are matched by it: neither carries a
  /// number of its own. Places and further values are left out, since not every stage passes them on.
  public var fingerprint: UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for place in 0..<4 {
      let value = present & 1 << place != 0 ? values[place] : -.pi
      // Adding 0 makes -0 and 0, which are equal, the same bits.
      hash = (hash ^ (value + 0).bitPattern) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 29
    }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }

  public static func == (left: CoreReading, right: CoreReading) -> Bool {
    guard left.present == right.present else { return false }
    for place in 0..<count
    where left.present & 1 << place != 0 && left.values[place] != right.values[place] {
      return false
    }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(present)
    for place in 0..<Self.count where present & 1 << place != 0 { hasher.combine(values[place]) }
  }
}
