internal import Model
internal import Sparkplug

/// What a metric of Sparkplug has, once its type is known.
enum SparkplugScalar: Equatable {
  case absent
  /// A data set, a template, an array.
  case nested
  case number(Double)
  /// Milliseconds since 1970.
  case time(UInt64)
  case boolean(Bool)
  case text
  /// A whole number whose sign its type would tell, which nobody has said.
  case unclear

  init(_ value: SparkplugMetric.Value, as datatype: UInt32?) {
    switch value {
    case .none: self = (datatype ?? 0) > 15 ? .nested : .absent
    case .text: self = .text
    case .boolean(let value): self = .boolean(value)
    // What a float is meant to be: 13.8, and not 13.800000190734863.
    case .float(let value): self = .number(Double(value.description) ?? Double(value))
    case .double(let value): self = .number(value)
    case .int(let bits):
      self.init(UInt64(bits), signed: Int64(Int32(bitPattern: bits)), as: datatype)
    case .long(let bits): self.init(bits, signed: Int64(bitPattern: bits), as: datatype)
    }
  }

  /// Whole numbers are sent without their sign, in more bits than their type has.
  private init(_ bits: UInt64, signed: Int64, as datatype: UInt32?) {
    switch datatype ?? 0 {
    case 0: self = signed < 0 ? .unclear : .number(Double(bits))
    case 1: self = .number(Double(Int8(truncatingIfNeeded: bits)))
    case 2: self = .number(Double(Int16(truncatingIfNeeded: bits)))
    case 3: self = .number(Double(Int32(truncatingIfNeeded: bits)))
    case 4: self = .number(Double(signed))
    case 11: self = .boolean(bits != 0)
    case 13: self = .time(bits)
    default: self = .number(Double(bits))
    }
  }
}

extension ValueReader {
  /// Reads the value of a metric of Sparkplug.
  ///
  /// - Parameters:
  ///   - place: The place that its name is meant by.
  ///   - message: The message it is in.
  ///   - index: Which metric of it.
  ///   - scalar: Its value by its type.
  ///   - unit: The unit that its birth named; nil if it named none.
  /// - Returns: The value.
  mutating func read(
    _ place: PlaceReader,
    _ message: borrowing SparkplugMessage,
    at index: Int,
    _ scalar: SparkplugScalar,
    in unit: SourceUnit?
  ) -> PlaceValue {
    switch scalar {
    case .absent: return .absent
    case .nested: return .lost(.nested)
    case .time, .unclear: return .lost(.noNumber)
    case .text: return message.withText(at: index) { text($0, place, in: unit) }
    case .boolean(let value):
      return place.isState
        ? place.state((value ? Self.yes : Self.no).span, nil) : .lost(.noNumber)
    case .number(let number):
      if number.isNaN { return .unknown }
      guard place.isState else { return place.value(number, in: unit) }
      // Words of states are compared as they are written.
      let word = Int64(exactly: number)?.description ?? number.description
      return place.state(Array(word.utf8).span, number)
    }
  }

  private static let yes = Array("true".utf8)
  private static let no = Array("false".utf8)
}
