/// Letters looked for in their order, with others between them: `rib` is in `Royal Infirmary B`.
public struct FuzzyMatch: Equatable, Sendable {
  /// The letters, folded.
  let wanted: [UInt8]

  init(_ text: String) { wanted = NameIndex.folded(text) }

  var isEmpty: Bool { wanted.isEmpty }

  /// How well the letters fit a text of `bytes`: the higher the better; nil if a letter is missing.
  ///
  /// Best is the whole text, then its beginning, the beginning of a word, anywhere in one piece, and
  /// last in pieces: the fewer the better. A short text wins over a long one.
  func score(_ bytes: [UInt8], _ text: Range<Int>) -> Int? {
    // The last byte ends the text.
    let text = text.lowerBound..<max(text.lowerBound, text.upperBound - 1)
    guard let span = tightest(bytes, text) else { return nil }
    let length = min(text.count, 200)
    if span.count == wanted.count {
      if span == text { return 10_000 }
      if span.lowerBound == text.lowerBound { return 8_000 - length }
      let isWordStart = !Self.isLetter(bytes[span.lowerBound - 1])
      return (isWordStart ? 6_000 : 4_000) - length
    }
    let gap = min(span.count - wanted.count, 200)
    let starts = beginnings(bytes, span, of: text)
    return 1_000 + 100 * min(starts, 20) - 4 * gap - length
  }

  /// The smallest part of the text, from its first match on, that has the letters in order.
  private func tightest(_ bytes: [UInt8], _ text: Range<Int>) -> Range<Int>? {
    guard !wanted.isEmpty, wanted.count <= text.count else { return nil }
    if let whole = whole(bytes, text) { return whole }
    var count = 0
    var place = text.lowerBound
    while place < text.upperBound, count < wanted.count {
      if bytes[place] == wanted[count] { count += 1 }
      place += 1
    }
    guard count == wanted.count else { return nil }
    let end = place
    while count > 0 {
      place -= 1
      if bytes[place] == wanted[count - 1] { count -= 1 }
    }
    return place..<end
  }

  /// Where the letters stand together, at the beginning of a word if they do so anywhere.
  private func whole(_ bytes: [UInt8], _ text: Range<Int>) -> Range<Int>? {
    var found: Range<Int>?
    for start in text.lowerBound...(text.upperBound - wanted.count) {
      guard bytes[start] == wanted[0],
        wanted.indices.allSatisfy({ bytes[start + $0] == wanted[$0] })
      else { continue }
      let range = start..<(start + wanted.count)
      if start == text.lowerBound || !Self.isLetter(bytes[start - 1]) { return range }
      if found == nil { found = range }
    }
    return found
  }

  /// How many of the letters begin a word.
  private func beginnings(_ bytes: [UInt8], _ span: Range<Int>, of text: Range<Int>) -> Int {
    var starts = 0
    var count = 0
    for place in span where count < wanted.count && bytes[place] == wanted[count] {
      count += 1
      if place == text.lowerBound || !Self.isLetter(bytes[place - 1]) { starts += 1 }
    }
    return starts
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (97...122).contains(byte) || (48...57).contains(byte)
  }

  /// Whether the letters abbreviate a text of `bytes`: each of them begins a word there or follows
  /// the one before it, as in `royinf` for `Royal Infirmary B` and `eg17` for `EG-17`.
  ///
  /// Of fewer than three letters nothing is an abbreviation: two begin words nearly everywhere. Only
  /// the first 64 bytes of the text are looked at.
  func abbreviates(_ bytes: [UInt8], _ text: Range<Int>) -> Bool {
    guard wanted.count >= 3, text.count > wanted.count else { return false }
    // The last byte ends the text. Bit 0 stands for its first.
    let text = text.lowerBound..<min(text.upperBound - 1, text.lowerBound + 64)
    var starts: UInt64 = 0
    let first = text.lowerBound
    for (bit, place) in text.enumerated() where Self.beginsWord(bytes, at: place, from: first) {
      starts |= 1 << UInt64(bit)
    }
    // Where the letter before may stand; the first has to begin a word.
    var allowed = starts
    for letter in wanted {
      var found: UInt64 = 0
      for (bit, place) in text.enumerated() where bytes[place] == letter {
        found |= 1 << UInt64(bit)
      }
      found &= allowed
      guard found != 0 else { return false }
      let lowest = found & (~found &+ 1)
      allowed = found << 1 | starts & ~(lowest | (lowest &- 1))
    }
    return true
  }

  /// Behind what is no letter, and where digits begin behind letters.
  private static func beginsWord(_ bytes: [UInt8], at place: Int, from first: Int) -> Bool {
    guard isLetter(bytes[place]) else { return false }
    guard place > first, isLetter(bytes[place - 1]) else { return true }
    return isDigit(bytes[place]) && !isDigit(bytes[place - 1])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// Which scalars of `text` are the letters of `wanted`, from 0; none if it does not fit.
  public static func places(of wanted: String, in text: String) -> [Int] {
    let match = FuzzyMatch(wanted)
    var bytes: [UInt8] = []
    var scalars: [Int] = []
    for (place, scalar) in text.unicodeScalars.enumerated() {
      let folded = NameIndex.folded(scalar)
      bytes += folded
      scalars += folded.map { _ in place }
    }
    guard let span = match.tightest(bytes, bytes.indices) else { return [] }
    var found: [Int] = []
    var count = 0
    for place in span where count < match.wanted.count && bytes[place] == match.wanted[count] {
      count += 1
      if found.last != scalars[place] { found.append(scalars[place]) }
    }
    return found
  }
}
