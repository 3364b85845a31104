/// A moment as calendars and clocks write it.
public struct CivilTime: Equatable, Sendable {
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int
  /// 0 to 999,999,999.
  public var nanosecond: Int
  /// Days since Thursday 1970-01-01 in the zone.
  private var dayNumber: Int

  /// The moment `wall` (nanoseconds since 1970 UTC) in a zone `offset` seconds east of UTC.
  public init(wall: Int64, offset: Int = 0) {
    let billion: Int64 = 1_000_000_000
    var seconds = wall / billion
    var rest = wall % billion
    if rest < 0 {
      rest += billion
      seconds -= 1
    }
    let local = Int(seconds) + min(max(offset, -86_400), 86_400)
    var days = local / 86_400
    var ofDay = local % 86_400
    if ofDay < 0 {
      ofDay += 86_400
      days -= 1
    }
    dayNumber = days
    nanosecond = Int(rest)
    hour = ofDay / 3_600
    minute = ofDay / 60 % 60
    second = ofDay % 60
    // Days to civil date, counted in years that begin in March (Howard Hinnant's public algorithm).
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `14:03`.
  public var hourAndMinute: String { "\(Self.two(hour)):\(Self.two(minute))" }

  /// `14:03:27`.
  public var timeOfDay: String { "\(hourAndMinute):\(Self.two(second))" }

  /// `Tue`.
  public var weekday: String {
    ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((dayNumber % 7) + 7) % 7]
  }

  /// `14:03:27.191`.
  public var preciseTimeOfDay: String {
    "\(timeOfDay).\(Figures.digits(nanosecond / 1_000_000, count: 3))"
  }

  /// `2026-11-22`.
  public var date: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }

  /// RFC 3339 in UTC to milliseconds, `2026-11-22T14:03:27.191Z`; right only if the offset was 0.
  public var rfc3339: String { "\(date)T\(preciseTimeOfDay)Z" }

  /// As names of files have it, `20261122-140327Z`; right only if the offset was 0.
  public var fileStamp: String {
    let parts = [month, day].map(Self.two).joined()
    return "\(year)\(parts)-" + [hour, minute, second].map(Self.two).joined() + "Z"
  }

  /// Whether two moments of one zone have the same date.
  public func isSameDay(as other: CivilTime) -> Bool { dayNumber == other.dayNumber }

  private static func two(_ number: Int) -> String { Figures.digits(number, count: 2) }
}

extension CivilTime {
  /// How many days a month (1 to 12) has.
  public static func days(in month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 to a date (Howard Hinnant's `days_from_civil`), for years from 0 on.
  public static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
