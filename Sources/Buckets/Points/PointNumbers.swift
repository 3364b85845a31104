internal import Model

/// A number as it was written: integers stay integers.
public enum PointNumber: Equatable, Sendable {
  case integer(Int64)
  case decimal(Double)

  /// For comparisons.
  public var value: Double {
    switch self {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    }
  }
}

/// The numbers of a point by their metric, without an allocation for each point.
struct PointNumbers: Sendable {
  /// The bits of integers and decimals, by metric.
  private var bits = SIMD16<Int64>()
  /// The same of metrics that the user has named, by their places among those; nil before there is one.
  private var namedBits: [Int64]?
  /// One bit for each metric that has a number.
  private var present: UInt32 = 0
  /// One bit for each whose number is an integer.
  private var integers: UInt32 = 0

  /// For how many metrics of the program there is room.
  static let capacity = SIMD16<Int64>.scalarCount

  /// Whether there is none.
  var isEmpty: Bool { present == 0 }

  subscript(metric: Metric) -> PointNumber? {
    get {
      let bit = Self.bit(metric)
      guard present & bit != 0 else { return nil }
      let value = self[bitsOf: metric]
      if integers & bit != 0 { return .integer(value) }
      return .decimal(Double(bitPattern: UInt64(bitPattern: value)))
    }
    set {
      let bit = Self.bit(metric)
      present = newValue == nil ? present & ~bit : present | bit
      switch newValue {
      case .integer(let value):
        integers |= bit
        self[bitsOf: metric] = value
      case .decimal(let value):
        integers &= ~bit
        self[bitsOf: metric] = Int64(bitPattern: value.bitPattern)
      case nil: break
      }
    }
  }

  private subscript(bitsOf metric: Metric) -> Int64 {
    get {
      guard metric.isNamed else { return bits[Int(metric.rawValue)] }
      return namedBits?[Int(metric.rawValue) - Metric.builtIn.count] ?? 0
    }
    set {
      guard metric.isNamed else {
        bits[Int(metric.rawValue)] = newValue
        return
      }
      if namedBits == nil { namedBits = Array(repeating: 0, count: NamedMetric.most) }
      namedBits?[Int(metric.rawValue) - Metric.builtIn.count] = newValue
    }
  }

  private static func bit(_ metric: Metric) -> UInt32 { 1 << UInt32(metric.rawValue) }
}

extension PointNumbers: Equatable {
  /// Compares as numbers do: 0 and -0 are one.
  static func == (left: PointNumbers, right: PointNumbers) -> Bool {
    left.present == right.present && Metric.allCases.allSatisfy { left[$0] == right[$0] }
  }
}
