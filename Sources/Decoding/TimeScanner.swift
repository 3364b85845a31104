internal import Wording

/// A place in a text that is read from left to right.
struct TimeScanner {
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
    return decimals(text)
  }

  /// Nanoseconds from the digits behind a point; nil if there is none.
  mutating func decimals(_ text: Span<UInt8>) -> Int64? {
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
  mutating func offset(_ text: Span<UInt8>) -> Int64? {
    if skip("Z", text) || skip("z", text) { return 0 }
    let isEast = skip("+", text)
    guard isEast || skip("-", text), let hours = digits(2, text), hours < 24 else { return nil }
    _ = skip(":", text)
    guard let minutes = digits(2, text), minutes < 60 else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    return isEast ? seconds : -seconds
  }

  // MARK: Looser times

  /// Such as `2026/01/05 13:20`, `2026-01-05T13:20:11.5`, `2026-01-05 13:20:11 +0100`.
  mutating func looseTime(_ text: Span<UInt8>) -> LocalTime? {
    guard let year = digits(4, text), position < text.count,
      [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains(text[position])
    else { return nil }
    let mark = text[position]
    guard skip(mark, text), let month = number(text, most: 2), skip(mark, text),
      let day = number(text, most: 2)
    else { return nil }
    var time = LocalTime(year: year, month: month, day: day)
    if !skip("T", text), !skip("t", text) { skipBlanks(text) }
    guard let hour = number(text, most: 2), skip(":", text), let minute = digits(2, text) else {
      return nil
    }
    (time.hour, time.minute) = (hour, minute)
    if skip(":", text) {
      guard let second = digits(2, text), let fraction = fraction(text) else { return nil }
      (time.second, time.nanosecond) = (second, fraction)
    }
    skipBlanks(text)
    if position == text.count { return time }
    time.offset = word(text, of: ["utc", "gmt"]) != nil ? 0 : offset(text)
    return time.offset != nil && position == text.count ? time : nil
  }

  mutating func skipBlanks(_ text: Span<UInt8>) {
    while let blank = Blank.length(text, at: position, to: text.count) { position += blank }
  }

  /// A number of at most so many digits.
  mutating func number(_ text: Span<UInt8>, most: Int) -> Int64? {
    var value: Int64 = 0
    let start = position
    while position < text.count, position - start < most, let digit = digit(text) {
      value = value * 10 + digit
      position += 1
    }
    return position > start ? value : nil
  }

  /// Which of some words in lower case stands here, in any case, in full or by its first three letters.
  mutating func word(_ text: Span<UInt8>, of words: [String]) -> Int64? {
    let start = position
    var end = start
    while end < text.count, (0x61...0x7A).contains(text[end] | 0x20) { end += 1 }
    let word = text.extracting(start..<end)
    for (index, known) in words.enumerated() {
      let full = Array(known.utf8)
      if isSameWord(word, full) || (word.count == 3 && isSameWord(word, Array(full.prefix(3)))) {
        position = end
        return Int64(index)
      }
    }
    return nil
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
    skip(UInt8(ascii: character), text)
  }

  mutating func skip(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    guard position < text.count, text[position] == byte else { return false }
    position += 1
    return true
  }
}
