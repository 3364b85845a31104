/// What one generator said of itself at one moment: the values of all metrics; a missing one is absent, not zero.
///
/// A flat value, as ``CoreReading`` is, of which it is made, but for the values of metrics that the user has named: those
/// are apart, since hardly any fleet has them, and without any there is nothing but a null here.
public struct Reading: Equatable, Hashable, Sendable {
  /// The first six: what ``Generator`` keeps.
  public private(set) var core: CoreReading
  /// A bit for each of the others that is there, from the first of them on.
  private(set) var furtherPresent: UInt32 = 0
  private var furtherValues = FurtherValues(repeating: 0)
  /// Of metrics that the user has named, by their places among those; nil before there is one.
  private var namedValues: [Double]?

  public init() { core = CoreReading() }

  public init(_ core: CoreReading) { self.core = core }

  /// Of values at the metrics' numbers, of which those with a bit in `present` are there.
  public init(_ values: Span<Double>, present: UInt32) {
    core = CoreReading(values, present: present)
    var rest = present & ~CoreReading.all
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      if let metric = Metric(rawValue: UInt8(place)) { self[metric] = values[place] }
      rest &= rest - 1
    }
  }

  /// The value of `metric`; nil if the message did not have it, and for anything not finite.
  public subscript(metric: Metric) -> Double? {
    get {
      guard metric.isFurther else { return core[metric] }
      let place = Int(metric.rawValue) - CoreReading.count
      guard furtherPresent & 1 << place != 0 else { return nil }
      return metric.isNamed ? namedValues?[place - FurtherValues.count] : furtherValues[place]
    }
    set {
      guard metric.isFurther else {
        core[metric] = newValue
        return
      }
      let place = Int(metric.rawValue) - CoreReading.count
      guard let value = newValue, value.isFinite else {
        furtherPresent &= ~(1 << place)
        return
      }
      furtherPresent |= 1 << place
      if metric.isNamed {
        if namedValues == nil { namedValues = Array(repeating: 0, count: NamedMetric.most) }
        namedValues?[place - FurtherValues.count] = value
      } else {
        furtherValues[place] = value
      }
    }
  }

  /// Fuel in the tank, in the tank's unit; the article's simulator goes below 0.
  public var fuel: Double? { core.fuel }
  /// Load in percent.
  public var load: Double? { core.load }
  public var power: Double? { core.power }
  public var temperature: Double? { core.temperature }
  /// Degrees north.
  public var latitude: Double? { core.latitude }
  /// Degrees east.
  public var longitude: Double? { core.longitude }

  /// The value at a metric's number.
  func value(at place: Int) -> Double? {
    Metric(rawValue: UInt8(truncatingIfNeeded: place)).flatMap { self[$0] }
  }

  /// Whether no value is there at all.
  public var isEmpty: Bool { core.isEmpty && furtherPresent == 0 }

  /// Whether there is a value of a metric beyond the first six.
  public var hasFurther: Bool { furtherPresent != 0 }

  /// A bit for each value that is there, by the metric's number.
  public var present: UInt32 { UInt32(core.present) | furtherPresent << CoreReading.count }

  /// See ``CoreReading/fingerprint``.
  public var fingerprint: UInt32 { core.fingerprint }

  public static func == (left: Reading, right: Reading) -> Bool {
    left.core == right.core && left.furtherPresent == right.furtherPresent
      && Metric.further.allSatisfy { left[$0] == right[$0] }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(core)
    for metric in Metric.further { hasher.combine(self[metric]) }
  }
}

extension Reading: Codable {
  public init(from decoder: any Decoder) throws {
    self.init()
    var container = try decoder.unkeyedContainer()
    for metric in Metric.allCases where !container.isAtEnd {
      if try !container.decodeNil() { self[metric] = try container.decode(Double.self) }
    }
  }

  /// An array in the order of ``Metric``, null for what is absent; it ends with the last value that is there, but not
  /// before the sixth.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    let count = UInt32.bitWidth - present.leadingZeroBitCount
    for metric in Metric.allCases.prefix(max(CoreReading.count, count)) {
      if let value = self[metric] {
        try container.encode(value)
      } else {
        try container.encodeNil()
      }
    }
  }
}
