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
  /// One bit for each metric that has a number.
  private var present: UInt16 = 0
  /// One bit for each whose number is an integer.
  private var integers: UInt16 = 0

  /// For how many metrics there is room.
  static let capacity = SIMD16<Int64>.scalarCount

  /// Whether there is none.
  var isEmpty: Bool { present == 0 }

  subscript(metric: Metric) -> PointNumber? {
    get {
      let bit = Self.bit(metric)
      guard present & bit != 0 else { return nil }
      let value = bits[Int(metric.rawValue)]
      if integers & bit != 0 { return .integer(value) }
      return .decimal(Double(bitPattern: UInt64(bitPattern: value)))
    }
    set {
      let bit = Self.bit(metric)
      present = newValue == nil ? present & ~bit : present | bit
      switch newValue {
      case .integer(let value):
        integers |= bit
        bits[Int(metric.rawValue)] = value
      case .decimal(let value):
        integers &= ~bit
        bits[Int(metric.rawValue)] = Int64(bitPattern: value.bitPattern)
      case nil: break
      }
    }
  }

  private static func bit(_ metric: Metric) -> UInt16 { 1 << UInt16(metric.rawValue) }
}

extension PointNumbers: Equatable {
  /// Compares as numbers do: 0 and -0 are one.
  static func == (left: PointNumbers, right: PointNumbers) -> Bool {
    left.present == right.present && Metric.allCases.allSatisfy { left[$0] == right[$0] }
  }
}
