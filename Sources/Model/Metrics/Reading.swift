/// What one generator said of itself at one moment; a missing value is absent, not zero.
///
/// A trivial value: reading it costs nothing and copies nothing. The article's payloads give no
/// units (see the README); fuel counts in units of the tank, load in percent.
public struct Reading: Equatable, Hashable, Sendable {
  private var present: UInt8 = 0
  private var values = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

  public init() {}

  /// The value of `metric`; nil if the message did not have it, and for anything not finite.
  public subscript(metric: Metric) -> Double? {
    get {
      guard present & (1 << metric.rawValue) != 0 else { return nil }
      return switch metric {
      case .fuel: values.0
      case .load: values.1
      case .power: values.2
      case .temperature: values.3
      case .latitude: values.4
      case .longitude: values.5
      }
    }
    set {
      let bit: UInt8 = 1 << metric.rawValue
      guard let value = newValue, value.isFinite else {
        present &= ~bit
        return
      }
      present |= bit
      switch metric {
      case .fuel: values.0 = value
      case .load: values.1 = value
      case .power: values.2 = value
      case .temperature: values.3 = value
      case .latitude: values.4 = value
      case .longitude: values.5 = value
      }
    }
  }

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
  public mutating func merge(_ newer: Reading) {
    if newer.present == 0b11_1111 {
      self = newer
      return
    }
    for metric in Metric.allCases {
      if let value = newer[metric] { self[metric] = value }
    }
  }

  /// A number made of fuel, load, power and temperature, equal for equal values.
  ///
  /// A sample and the record that the pipeline made of it are matched by it: neither carries a
  /// number of its own. Places are left out, since not every stage passes them on.
  public var fingerprint: UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for metric in [Metric.fuel, .load, .power, .temperature] {
      // Adding 0 makes -0 and 0, which are equal, the same bits.
      hash = (hash ^ ((self[metric] ?? -.pi) + 0).bitPattern) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 29
    }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }

  public static func == (left: Reading, right: Reading) -> Bool {
    left.present == right.present && Metric.allCases.allSatisfy { left[$0] == right[$0] }
  }

  public func hash(into hasher: inout Hasher) {
    for metric in Metric.allCases { hasher.combine(self[metric]) }
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

  /// An array of six, in the order of ``Metric``, null for what is absent.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for metric in Metric.allCases {
      if let value = self[metric] {
        try container.encode(value)
      } else {
        try container.encodeNil()
      }
    }
  }
}
