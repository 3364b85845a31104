internal import JSON
internal import Model

/// A number as people and programs write it in a text, with or without a unit: `5.20 kW`, `61%`, `1 234,5`.
struct NumberText {
  enum Outcome {
    case number(Double)
    /// What the text says instead of a number that is not known: nothing, or `null`, `nan`, `unknown` and the like.
    case unknown
    case flaw(ValueFlaw)
  }

  private var digits: [UInt8] = []
  /// Where the unit stands in the text read last; empty if there is none.
  private(set) var unit = 0..<0

  /// Reads a text.
  ///
  /// Groups of three digits may be set apart. What could be read in two ways is no number.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - hasComma: Whether decimals have a comma.
  /// - Returns: The number, or why there is none.
  mutating func read(_ text: Span<UInt8>, hasComma: Bool) -> Outcome {
    let all = Blank.trimmed(text)
    unit = 0..<0
    if all.isEmpty || UnknownWord.matches(text, in: all) { return .unknown }
    digits.removeAll(keepingCapacity: true)
    var place = sign(text, all)
    let marks = Marks(text, from: place, to: all.upperBound)
    let decimal: Int
    switch marks.decimal(hasComma: hasComma) {
    case .place(let place): decimal = place
    case .none: decimal = -1
    case .flaw(let flaw): return .flaw(flaw)
    }
    while place < marks.end {
      if isDigit(text[place]) {
        digits.append(text[place])
      } else if place == decimal {
        digits.append(UInt8(ascii: "."))
      }
      place += 1
    }
    place = exponent(text, from: place, to: all.upperBound)
    guard digits.count <= 64, let number = jsonNumber(digits.span) else { return .flaw(.notFinite) }
    while let blank = Blank.length(text, at: place, to: all.upperBound) { place += blank }
    unit = place..<all.upperBound
    return .number(number)
  }

  /// Takes a sign over, if there is one; where the digits begin.
  private mutating func sign(_ text: Span<UInt8>, _ all: Range<Int>) -> Int {
    var place = all.lowerBound
    let isMinus = text[place] == UInt8(ascii: "-")
    // U+2212, as typesetters have it.
    let isLong =
      all.count > 3 && text[place] == 0xE2 && text[place + 1] == 0x88 && text[place + 2] == 0x92
    if isMinus || isLong { digits.append(UInt8(ascii: "-")) }
    if isMinus || text[place] == UInt8(ascii: "+") { place += 1 }
    return isLong ? place + 3 : place
  }

  /// Takes over what follows an `e` if it is an exponent.
  private mutating func exponent(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
    guard start < end, text[start] | 0x20 == UInt8(ascii: "e") else { return start }
    var place = start + 1
    if place < end, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(text[place]) { place += 1 }
    guard place < end, isDigit(text[place]) else { return start }
    while place < end, isDigit(text[place]) { place += 1 }
    for index in start..<place where text[index] != UInt8(ascii: "+") { digits.append(text[index]) }
    return place
  }
}

/// What stands between the digits of a number: points, commas, and what sets groups apart.
private struct Marks {
  enum Decimal {
    case none, place(Int), flaw(ValueFlaw)
  }

  /// Where the number ends.
  private(set) var end: Int
  private var count = 0
  /// A point, a comma, or a blank for anything that only sets groups apart.
  private var first: UInt8 = 0
  private var last: UInt8 = 0
  private var lastPlace = 0
  /// Whether all marks but the last are the same.
  private var areAlike = true
  /// Whether there are three digits between each two marks.
  private var areThree = true
  /// How many digits stand before the first mark and behind the last.
  private var (before, behind) = (0, 0)

  init(_ text: Span<UInt8>, from start: Int, to limit: Int) {
    end = start
    while end < limit {
      if isDigit(text[end]) {
        behind += 1
        end += 1
      } else if let length = Self.length(text, at: end, to: limit) {
        let isDecimal = text[end] == point || text[end] == comma
        add(isDecimal ? text[end] : blank, at: end)
        end += length
      } else {
        break
      }
    }
  }

  private mutating func add(_ mark: UInt8, at place: Int) {
    if count == 0 {
      (first, before) = (mark, behind)
    } else {
      areThree = areThree && behind == 3
      areAlike = areAlike && last == first
    }
    (last, lastPlace, behind) = (mark, place, 0)
    count += 1
  }

  /// Which mark is that of the decimals.
  func decimal(hasComma: Bool) -> Decimal {
    if count == 0 { return behind > 0 ? .none : .flaw(.noNumber) }
    if count == 1 {
      if last == blank { return .none }
      if last == comma { return hasComma ? .place(lastPlace) : .flaw(.decimalComma) }
      // `1.234` of a program that has decimal commas may be either.
      return hasComma && behind == 3 && before > 0 ? .flaw(.noNumber) : .place(lastPlace)
    }
    guard areAlike, areThree, (1...3).contains(before) else { return .flaw(.noNumber) }
    if last == first { return behind == 3 ? .none : .flaw(.noNumber) }
    if last == blank { return .flaw(.noNumber) }
    return last == comma && first == blank && !hasComma ? .flaw(.decimalComma) : .place(lastPlace)
  }

  /// How long a mark is that begins here; nil if it is none.
  ///
  /// Behind it stands a digit, behind a blank three of them.
  private static func length(_ text: Span<UInt8>, at place: Int, to limit: Int) -> Int? {
    if text[place] == point || text[place] == comma {
      return place + 1 < limit && isDigit(text[place + 1]) ? 1 : nil
    }
    let length =
      text[place] == UInt8(ascii: "'") ? 1 : Blank.length(text, at: place, to: limit)
    guard let length, place + length + 3 <= limit else { return nil }
    let isGroup = (0..<3).allSatisfy { isDigit(text[place + length + $0]) }
    let next = place + length + 3
    return isGroup && (next == limit || !isDigit(text[next])) ? length : nil
  }
}

/// Blanks as they stand around and in numbers.
enum Blank {
  /// How many bytes the blank has that begins here; nil if there is none: ASCII's, U+00A0, U+2009 and U+202F.
  static func length(_ text: Span<UInt8>, at place: Int, to limit: Int) -> Int? {
    guard place < limit else { return nil }
    switch text[place] {
    case 0x20, 0x09...0x0D: return 1
    case 0xC2: return place + 1 < limit && text[place + 1] == 0xA0 ? 2 : nil
    case 0xE2:
      guard place + 2 < limit, text[place + 1] == 0x80 else { return nil }
      return text[place + 2] == 0x89 || text[place + 2] == 0xAF ? 3 : nil
    default: return nil
    }
  }

  /// Where a text is without the blanks around it.
  static func trimmed(_ text: Span<UInt8>) -> Range<Int> {
    var (start, end) = (0, text.count)
    while let blank = length(text, at: start, to: end) { start += blank }
    trimming: while end > start {
      for size in 1...min(3, end - start) where length(text, at: end - size, to: end) == size {
        end -= size
        continue trimming
      }
      break
    }
    return start..<end
  }
}

/// Words that programs write where a value is not known.
enum UnknownWord {
  private static let words = ["null", "nan", "none", "unknown", "unavailable", "n/a", "---", "-"]
    .map { Array($0.utf8) }

  static func matches(_ text: Span<UInt8>, in range: Range<Int>) -> Bool {
    // All begin with a letter or `-`, numbers mostly do not.
    guard range.count <= 11, !isDigit(text[range.lowerBound]) else { return false }
    let words = words
    return words.contains { isSameWord(text.extracting(range), $0) }
  }
}

/// Whether a text is a word in lower case, whatever case it has itself.
func isSameWord(_ text: Span<UInt8>, _ word: [UInt8]) -> Bool {
  guard text.count == word.count else { return false }
  for index in text.indices where lowered(text[index]) != word[index] { return false }
  return true
}

private func lowered(_ byte: UInt8) -> UInt8 {
  (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
}

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private let (point, comma, blank) = (UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: " "))
