import Model

/// A reading told by what is different from one that is known, without loss.
///
/// Places rarely change, and sensors send a few decimals: then a value takes no byte, or two or
/// three.
struct PackedReading {
  /// How a value is told; two bits for each metric.
  fileprivate enum Mode {
    static let absent: UInt64 = 0
    static let same: UInt64 = 1
    static let decimal: UInt64 = 2
    static let bits: UInt64 = 3
  }

  /// How many bits the modes of the first six metrics take; those of the others follow.
  fileprivate static let coreBits = 2 * (Metric.allCases.count - Metric.further.count)

  private var allModes: UInt64 = 0
  private var numbers = InlineArray<32, UInt64>(repeating: 0)
  private var count = 0

  /// The twelve low bits tell how the first six values are told.
  var modes: UInt16 { UInt16(truncatingIfNeeded: allModes & (1 << Self.coreBits - 1)) }

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

  private mutating func add(_ mode: UInt64, _ metric: Metric) {
    allModes |= mode << (2 * UInt64(metric.rawValue))
  }

  private mutating func add(_ number: UInt64) {
    numbers[count] = number
    count += 1
  }

  /// Puts the values; the modes of the first six are put by whoever puts the reading's head, those of the others here if
  /// any reading of the event has one.
  func put(to bytes: inout PackedNumbers, hasFurther: Bool) {
    if hasFurther { bytes.put(allModes >> Self.coreBits) }
    for place in 0..<count { bytes.put(numbers[place]) }
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

  fileprivate static func value(decimal: UInt64) -> Double {
    Double(PackedNumbers.unfolded(decimal >> 3)) / scales[min(4, Int(decimal & 7))]
  }
}

extension PackedEvents {
  /// The reading at the cursor, of whose first six values `modes` tells how they are told.
  func reading(_ modes: UInt16, after known: Reading, _ cursor: inout Cursor) -> Reading {
    var reading = Reading()
    var all = UInt64(modes) & (1 << PackedReading.coreBits - 1)
    if cursor.neighbour.hasFurther { all |= bytes.number(&cursor.offset) << PackedReading.coreBits }
    for metric in Metric.allCases {
      switch all >> (2 * UInt64(metric.rawValue)) & 3 {
      case PackedReading.Mode.absent: break
      case PackedReading.Mode.same: reading[metric] = known[metric]
      case PackedReading.Mode.decimal:
        reading[metric] = PackedReading.value(decimal: bytes.number(&cursor.offset))
      default:
        let bits = bytes.number(&cursor.offset) ^ (known[metric] ?? 0).bitPattern
        reading[metric] = Double(bitPattern: bits)
      }
    }
    return reading
  }
}
