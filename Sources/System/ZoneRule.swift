internal import Wording

/// When a zone changes its clocks each year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Equatable, Sendable {
  private var standard: Int64
  private var summer: (offset: Int64, from: ZoneDay, to: ZoneDay)?

  static func == (left: ZoneRule, right: ZoneRule) -> Bool {
    left.standard == right.standard && left.summer?.offset == right.summer?.offset
      && left.summer?.from == right.summer?.from && left.summer?.to == right.summer?.to
  }

  /// Nil for what is none.
  init?(posix text: String) {
    var reader = PosixReader(text)
    guard reader.skipName(), let west = reader.time() else { return nil }
    standard = -west
    guard !reader.isAtEnd else { return }
    guard reader.skipName() else { return nil }
    var offset = standard + 3_600
    if !reader.isAt(","), let west = reader.time() { offset = -west }
    guard reader.take(","), let from = ZoneDay(&reader), reader.take(","),
      let to = ZoneDay(&reader), reader.isAtEnd
    else { return nil }
    summer = (offset, from, to)
  }

  func offset(at seconds: Int64) -> Int64 {
    guard let summer else { return standard }
    let year = Int64(CivilTime(wall: (seconds + standard) * 1_000_000_000).year)
    let from = summer.from.seconds(in: year) - standard
    let to = summer.to.seconds(in: year) - summer.offset
    let isSummer =
      from < to ? (from..<to).contains(seconds) : !(to..<from).contains(seconds)
    return isSummer ? summer.offset : standard
  }
}

/// The day of a year on which clocks are changed, and when.
private struct ZoneDay: Equatable {
  private enum Day: Equatable {
    /// The so-manieth (5: the last) of a day of the week, 0 for Sunday.
    case weekday(month: Int64, week: Int64, day: Int64)
    /// From 0, with 29 February.
    case ofYear(Int64)
    /// From 1, without 29 February.
    case ofCommonYear(Int64)
  }

  private var day: Day
  private var time: Int64 = 7_200

  init?(_ reader: inout PosixReader) {
    if reader.take("M") {
      guard let month = reader.number(), reader.take("."), let week = reader.number(),
        reader.take("."), let weekday = reader.number(), (1...12).contains(month),
        (1...5).contains(week), (0...6).contains(weekday)
      else { return nil }
      day = .weekday(month: month, week: week, day: weekday)
    } else {
      let isCommon = reader.take("J")
      guard let number = reader.number(), number <= 366 else { return nil }
      day = isCommon ? .ofCommonYear(number) : .ofYear(number)
    }
    if reader.take("/") {
      guard let seconds = reader.time() else { return nil }
      time = seconds
    }
  }

  /// On the zone's clocks, since 1970.
  func seconds(in year: Int64) -> Int64 {
    let newYear = CivilTime.daysSince1970(year: year, month: 1, day: 1)
    let days: Int64
    switch day {
    case .ofYear(let number): days = newYear + number
    case .ofCommonYear(let number):
      let isLeap = CivilTime.days(in: 2, of: year) == 29
      days = newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      let first = CivilTime.daysSince1970(year: year, month: month, day: 1)
      // 1970-01-01 was a Thursday.
      let ahead = (weekday - (first + 4) % 7 + 7) % 7
      let length = CivilTime.days(in: month, of: year)
      let wanted = ahead + (week - 1) * 7
      days = first + (wanted < length ? wanted : wanted - 7)
    }
    return days * 86_400 + time
  }
}

private struct PosixReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  func isAt(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: character) }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    rest.removeFirst()
    return true
  }

  /// `CET`, or `<+03>`.
  mutating func skipName() -> Bool {
    if take("<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[rest.index(after: end)...]
      return true
    }
    let name = rest.prefix { (0x41...0x5A).contains($0 & 0xDF) }
    rest = rest.dropFirst(name.count)
    return name.count >= 3
  }

  mutating func number() -> Int64? {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard (1...4).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  /// `-1`, `3:30`, `+26:00:00`, in seconds.
  mutating func time() -> Int64? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(), hours <= 167 else { return nil }
    var seconds = hours * 3_600
    for unit: Int64 in [60, 1] where take(":") {
      guard let part = number(), part < 60 else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }
}
