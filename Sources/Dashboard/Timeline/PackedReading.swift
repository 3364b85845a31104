import Model

/// A reading told by what is different from one that is known, without loss.
///
/// Places rarely change, and sensors send a few decimals: then a value takes no byte, or two or
/// three.
struct PackedReading {
  /// How a value is told; two bits for each metric.
  private enum Mode {
    static let absent: UInt16 = 0
    static let same: UInt16 = 1
    static let decimal: UInt16 = 2
    static let bits: UInt16 = 3
  }

  /// The twelve low bits tell how the values are told.
  private(set) var modes: UInt16 = 0
  private var numbers = InlineArray<6, UInt64>(repeating: 0)
  private var count = 0

  init(_ reading: Reading, after known: Reading) {
    for metric in Metric.allCases {
      guard let value = reading[metric] else { continue }
      let before = known[metric]
      if let before, before.bitPattern == value.bitPattern {
        add(Mode.same, metric)
      } else if let decimal = Self.decimal(value) {
        add(Mode.decimal, metric)
        add(decimal)
      } else {
        add(Mode.bits, metric)
        add(value.bitPattern ^ (before ?? 0).bitPattern)
      }
    }
  }

  private mutating func add(_ mode: UInt16, _ metric: Metric) {
    modes |= mode << (2 * UInt16(metric.rawValue))
  }

  private mutating func add(_ number: UInt64) {
    numbers[count] = number
    count += 1
  }

  /// Puts the values; the modes are put by whoever puts the reading's head.
  func put(to bytes: inout PackedNumbers) {
    for place in 0..<count { bytes.put(numbers[place]) }
  }

  static func reading(
    _ modes: UInt16,
    after known: Reading,
    from bytes: PackedNumbers,
    _ offset: inout Int
  ) -> Reading {
    var reading = Reading()
    for metric in Metric.allCases {
      switch modes >> (2 * UInt16(metric.rawValue)) & 3 {
      case Mode.absent: break
      case Mode.same: reading[metric] = known[metric]
      case Mode.decimal: reading[metric] = value(decimal: bytes.number(&offset))
      default:
        let bits = bytes.number(&offset) ^ (known[metric] ?? 0).bitPattern
        reading[metric] = Double(bitPattern: bits)
      }
    }
    return reading
  }

  private static let scales: InlineArray<5, Double> = [1, 10, 100, 1_000, 10_000]

  /// A value of at most four decimals as its digits and how many of them are decimals; nil for others.
  private static func decimal(_ value: Double) -> UInt64? {
    let scaled = value * 10_000
    guard abs(scaled) < 1e12, value.bitPattern != (-0.0).bitPattern else { return nil }
    var digits = Int64(scaled + (value < 0 ? -0.5 : 0.5))
    guard (Double(digits) / 10_000).bitPattern == value.bitPattern else { return nil }
    var places: UInt64 = 4
    while places > 0, digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    return PackedNumbers.folded(digits) << 3 | places
  }

  private static func value(decimal: UInt64) -> Double {
    Double(PackedNumbers.unfolded(decimal >> 3)) / scales[min(4, Int(decimal & 7))]
  }
}
