internal import Wording

/// How a source writes its times, by the letters of `strptime`.
///
/// `%Y %y %m %b %B %d %e %j %H %I %p %M %S %f %z %s`, `%a` and `%A`, which say nothing, and `%%`. What a time leaves out is
/// that of today.
struct TimeFormat {
  private enum Part {
    case field(Unicode.Scalar)
    case byte(UInt8)
    case blanks
  }

  private let parts: [Part]

  init(_ text: String) {
    var parts: [Part] = []
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "%", let letter = scalars.popFirst(), letter != "%" {
        parts.append(.field(letter))
      } else if scalar.properties.isWhitespace {
        parts.append(.blanks)
      } else {
        parts += String(scalar).utf8.map(Part.byte)
      }
    }
    self.parts = parts
  }

  /// Reads a text that is a time from its first byte to its last; nil if it is not written so.
  func read(_ text: Span<UInt8>, today: CivilTime) -> LocalTime? {
    var scanner = TimeScanner(position: 0)
    var time = LocalTime(
      year: Int64(today.year),
      month: Int64(today.month),
      day: Int64(today.day)
    )
    var half: Int64?
    for part in parts {
      switch part {
      case .blanks: scanner.skipBlanks(text)
      case .byte(let byte):
        guard scanner.skip(byte, text) else { return nil }
      case .field("p"):
        guard let word = scanner.word(text, of: ["am", "pm"]) else { return nil }
        half = word * 12
      case .field(let letter):
        guard read(letter, &scanner, text, &time) else { return nil }
      }
    }
    if let half { time.hour = time.hour % 12 + half }
    return scanner.position == text.count ? time : nil
  }

  private func read(
    _ letter: Unicode.Scalar,
    _ scanner: inout TimeScanner,
    _ text: Span<UInt8>,
    _ time: inout LocalTime
  ) -> Bool {
    func take(_ most: Int, _ field: WritableKeyPath<LocalTime, Int64>) -> Bool {
      guard let number = scanner.number(text, most: most) else { return false }
      time[keyPath: field] = number
      return true
    }
    switch letter {
    case "Y": return take(4, \.year)
    case "m": return take(2, \.month)
    case "d", "e":
      scanner.skipBlanks(text)
      return take(2, \.day)
    case "H", "I", "k", "l":
      scanner.skipBlanks(text)
      return take(2, \.hour)
    case "M": return take(2, \.minute)
    case "S": return take(2, \.second)
    case "y":
      guard take(2, \.year) else { return false }
      time.year += time.year < 69 ? 2_000 : 1_900
    case "j":
      guard take(3, \.day) else { return false }
      // Days of a year are those of a January that does not end.
      let days = CivilTime.daysSince1970(year: time.year, month: 1, day: 1) + time.day - 1
      let date = CivilTime(wall: days * 86_400 * 1_000_000_000)
      (time.month, time.day) = (Int64(date.month), Int64(date.day))
    case "b", "B", "h":
      guard let month = scanner.word(text, of: Self.months) else { return false }
      time.month = month + 1
    case "a", "A": return scanner.word(text, of: Self.days) != nil
    case "f":
      guard let fraction = scanner.decimals(text) else { return false }
      time.nanosecond = fraction
    case "z":
      guard let offset = scanner.offset(text) else { return false }
      time.offset = offset
    case "s":
      guard let seconds = scanner.integer(text) else { return false }
      (time.epoch, time.offset) = (seconds, 0)
    default: return false
    }
    return true
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private static let days = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}
