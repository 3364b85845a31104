@testable internal import Simulator

/// Inputs of chance: more than half of them are messages of the corpus with a few changes.
struct Mutator {
  private var random: SeededRandom
  private let corpus: [[UInt8]]
  /// Whether nearly all changes are other numbers, for what is understood only as a whole.
  private let changesNumbers: Bool

  /// Longer inputs are cut.
  private static let longest = 64 << 10

  init(seed: UInt64, _ corpus: [[UInt8]], changesNumbers: Bool) {
    random = SeededRandom(seed: seed)
    self.changesNumbers = changesNumbers
    self.corpus = corpus.isEmpty ? [[]] : corpus
  }

  mutating func next() -> [UInt8] {
    if pick(changesNumbers ? 50 : 5) == 0 { return (0..<pick(40)).map { _ in byte() } }
    var input = corpus[pick(corpus.count)]
    for _ in 0...pick(4) { change(&input) }
    if input.count > Self.longest { input.removeLast(input.count - Self.longest) }
    return input
  }

  private mutating func change(_ input: inout [UInt8]) {
    guard !input.isEmpty else { return input.append(byte()) }
    let place = pick(input.count)
    let end = min(input.count, place + 1 + pick(12))
    switch changesNumbers && pick(20) > 0 ? 8 : pick(9) {
    case 0: input[place] = byte()
    case 1: input[place] ^= 1 << UInt8(pick(8))
    case 2: input.removeSubrange(place..<end)
    case 3: input.insert(contentsOf: input[place..<end], at: pick(input.count + 1))
    case 4: input.insert(contentsOf: Self.words[pick(Self.words.count)], at: place)
    case 5: input.replaceSubrange(place..<end, with: Self.words[pick(Self.words.count)])
    case 6: input.removeLast(input.count - place)
    case 7:
      let other = corpus[pick(corpus.count)]
      input.replaceSubrange(place..., with: other.suffix(other.count - pick(other.count + 1)))
    default: replaceNumber(&input, from: place)
    }
  }

  /// Puts another number in place of the next one.
  private mutating func replaceNumber(_ input: inout [UInt8], from place: Int) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let first = input[place...].firstIndex(where: digits.contains) else { return }
    let end = input[first...].firstIndex { !digits.contains($0) } ?? input.count
    input.replaceSubrange(first..<end, with: Self.numbers[pick(Self.numbers.count)])
  }

  private mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(max(1, count))) }

  private mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: random.next()) }

  private static let numbers = [
    "0", "1", "-1", "7", "31", "100", "255", "-0", "1e999", "-1e-999", "2147483648",
    "2899999999999999999", "1000000000000000000", "9223372036854775807", "-9223372036854775808",
    "18446744073709551616", "1.7976931348623157e308", "65535", "4294967296", "253402300799999",
    "012", "1.", ".5", "0x10", "99999999999999999999999999999999",
  ].map { Array($0.utf8) }

  /// What has a meaning in one of the languages.
  private static let words =
    numbers
    + [
      "{", "}", "[", "]", "\"", "\\", "\\u0000", "\\ud800", ":", ",", "null", "true", "nan", "NaN",
      "Infinity", "/", "+", "#", "$share/x/", "*", "(", ")", "|", "?", "\n", "\r\n", "\t", "- ",
      "&a", "*a", "!!", "%", "@", "\u{1B}[", "\u{1B}]0;", "\u{7}", "\u{202E}", "\u{FEFF}", "é", "👩‍🔧",
      "\u{0}", "tags", "payload", "values", "generatorID", "fuel", "time", "=", "<", ">=", "~",
      "\"\"",
    ].map { Array($0.utf8) } + [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ]
}
