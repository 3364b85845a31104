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
  public var hourAndMinute: String { "\(two(hour)):\(two(minute))" }

  /// `14:03:27`.
  public var timeOfDay: String { "\(hourAndMinute):\(two(second))" }

  /// `Tue`.
  public var weekday: String {
    ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((dayNumber % 7) + 7) % 7]
  }

  /// `2026-11-22`.
  public var date: String { "\(year)-\(two(month))-\(two(day))" }

  /// RFC 3339 in UTC to milliseconds, `2026-11-22T14:03:27.191Z`; right only if the offset was 0.
  public var rfc3339: String {
    let milliseconds = nanosecond / 1_000_000
    let padding = milliseconds < 10 ? "00" : milliseconds < 100 ? "0" : ""
    return "\(date)T\(timeOfDay).\(padding)\(milliseconds)Z"
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
