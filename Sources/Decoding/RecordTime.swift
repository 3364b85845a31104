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
    var scanner = TimeScanner(position: 0)
    if let number = scanner.integer(text), scanner.position == text.count {
      return nanoseconds(number: number, now: now)
    }
    scanner.position = 0
    guard let nanoseconds = scanner.dateTime(text), scanner.position == text.count else {
      return nil
    }
    return plausible(nanoseconds, now: now)
  }

  /// The time, unless it is none to believe.
  static func plausible(_ nanoseconds: Int64, now: Int64) -> Int64? {
    let (latest, overflow) = now.addingReportingOverflow(TimeUnit.day.nanoseconds)
    return nanoseconds >= earliest && (overflow || nanoseconds <= latest) ? nanoseconds : nil
  }
}
