internal import Wording

/// Reads the times of records: RFC 3339, or a number since 1970 whose size tells its unit.
///
/// All results are wall nanoseconds. A time before the year 2000 or more than a day after `now` is
/// none: it is a counter, a clock never set, or a unit that nobody uses.
public enum RecordTime {
  private static let earliest: Int64 = 946_684_800_000_000_000

  /// Kafka's timestamp of a record, in milliseconds; a negative one means that it has none.
  public static func nanoseconds(milliseconds: Int64, now: Int64) -> Int64? {
    let (nanoseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? nil : plausible(nanoseconds, now: now)
  }

  /// A number of seconds, milliseconds, microseconds or nanoseconds, told apart by its size.
  public static func nanoseconds(number: Int64, now: Int64) -> Int64? {
    let factor = nanosecondsInUnit(of: Double(number))
    let (nanoseconds, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : plausible(nanoseconds, now: now)
  }

  /// The same for a number with decimals.
  public static func nanoseconds(number: Double, now: Int64) -> Int64? {
    let product = number * Double(nanosecondsInUnit(of: number))
    guard number >= 0, let nanoseconds = Int64(exactly: product.rounded()) else { return nil }
    return plausible(nanoseconds, now: now)
  }

  private static func nanosecondsInUnit(of number: Double) -> Int64 {
    switch number {
    case ..<1e11: 1_000_000_000
    case ..<1e14: 1_000_000
    case ..<1e17: 1_000
    default: 1
    }
  }

  /// RFC 3339 with up to nine decimals and `Z` or an offset, or an integer in digits.
  public static func nanoseconds(text: Span<UInt8>, now: Int64) -> Int64? {
    var scanner = Scanner(position: 0)
    if let number = scanner.integer(text), scanner.position == text.count {
      return nanoseconds(number: number, now: now)
    }
    scanner.position = 0
    guard let nanoseconds = scanner.dateTime(text), scanner.position == text.count else {
      return nil
    }
    return plausible(nanoseconds, now: now)
  }

  private static func plausible(_ nanoseconds: Int64, now: Int64) -> Int64? {
    let (latest, overflow) = now.addingReportingOverflow(TimeUnit.day.nanoseconds)
    return nanoseconds >= earliest && (overflow || nanoseconds <= latest) ? nanoseconds : nil
  }
}

/// A place in a text that is read from left to right.
private struct Scanner {
  var position: Int

  /// Digits to the end of them, at most 18.
  mutating func integer(_ text: Span<UInt8>) -> Int64? {
    var value: Int64 = 0
    let start = position
    while position < text.count, let digit = digit(text) {
      guard position - start < 19 else { return nil }
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, sumOverflow) = shifted.addingReportingOverflow(digit)
      guard !overflow, !sumOverflow else { return nil }
      value = sum
      position += 1
    }
    return position > start ? value : nil
  }

  /// Such as `2020-01-10T13:48:37.0833919Z`.
  mutating func dateTime(_ text: Span<UInt8>) -> Int64? {
    guard let year = digits(4, text), skip("-", text), let month = digits(2, text),
      skip("-", text), let day = digits(2, text),
      (1...12).contains(month), day >= 1, day <= CivilTime.days(in: month, of: year),
      skip("T", text) || skip("t", text) || skip(" ", text),
      let hour = digits(2, text), skip(":", text), let minute = digits(2, text), skip(":", text),
      let second = digits(2, text), hour < 24, minute < 60, second <= 60,
      let fraction = fraction(text), let offset = offset(text)
    else { return nil }
    let days = CivilTime.daysSince1970(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
    let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, sumOverflow) = nanoseconds.addingReportingOverflow(fraction)
    return overflow || sumOverflow ? nil : sum
  }

  /// Nanoseconds from decimals, 0 without them; nil for a point with no digit after it.
  private mutating func fraction(_ text: Span<UInt8>) -> Int64? {
    guard skip(".", text) || skip(",", text) else { return 0 }
    var value: Int64 = 0
    var unit: Int64 = 100_000_000
    let start = position
    while position < text.count, let digit = digit(text) {
      value += digit * unit
      unit /= 10
      position += 1
    }
    return position > start ? value : nil
  }

  /// Seconds east of UTC.
  private mutating func offset(_ text: Span<UInt8>) -> Int64? {
    if skip("Z", text) || skip("z", text) { return 0 }
    let isEast = skip("+", text)
    guard isEast || skip("-", text), let hours = digits(2, text), hours < 24 else { return nil }
    _ = skip(":", text)
    guard let minutes = digits(2, text), minutes < 60 else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    return isEast ? seconds : -seconds
  }

  private mutating func digits(_ count: Int, _ text: Span<UInt8>) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<count {
      guard position < text.count, let digit = digit(text) else { return nil }
      value = value * 10 + digit
      position += 1
    }
    return value
  }

  private func digit(_ text: Span<UInt8>) -> Int64? {
    let byte = text[position]
    return (0x30...0x39).contains(byte) ? Int64(byte - 0x30) : nil
  }

  private mutating func skip(_ character: Unicode.Scalar, _ text: Span<UInt8>) -> Bool {
    guard position < text.count, UInt32(text[position]) == character.value else { return false }
    position += 1
    return true
  }
}
