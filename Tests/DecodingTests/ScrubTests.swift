import JSON
import Decoding
import Model
import Testing

struct ScrubTests {
  @Test(arguments: [
    ("generator1", "generator1"), ("", ""), ("Zürich 東京", "Zürich 東京"),
    ("\u{1B}]52;c;AA\u{7}", #"\x1b]52;c;AA\x07"#), ("a\r\nb\tc\u{8}", #"a\x0d\x0ab\x09c\x08"#),
    ("\u{7F}\u{9B}31m\u{0}", #"\x7f\x9b31m\x00"#), ("a\u{202E}b\u{2066}c\u{61C}", "abc"),
    ("a\u{200B}\u{200D}\u{2060}\u{FEFF}\u{AD}b", "ab"), ("\u{E0041}\u{E007F}", "\u{FFFD}\u{FFFD}"),
    ("\u{E000}\u{F8FF}\u{10FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("a\u{2028}b", "a\u{FFFD}b"),
    ("e\u{301}\u{302}\u{303}x", "e\u{301}x"), ("\u{301}a", "\u{FFFD}a"),
    ("\u{2764}\u{FE0F}", "\u{2764}"), ("\u{3164}x\u{115F}", "x"), ("\u{FFFE}", "\u{FFFD}"),
  ])
  func makesTextSafe(text: String, expected: String) {
    #expect(Scrub.text(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test(
    arguments: [
      ([0xFF], 1), ([0xC0, 0x80], 2), ([0xE2, 0x82], 1), ([0xF0, 0x9F, 0x98], 1),
      ([0xED, 0xA0, 0x80], 3), ([0xF5, 0x80], 2), ([0x80, 0xBF], 2), ([0xE0, 0x80, 0x80], 3),
    ] as [([UInt8], Int)]
  )
  func replacesWhatIsNotUTF8(bytes: [UInt8], count: Int) {
    let text = Scrub.text(bytes.span)
    #expect(text == String(repeating: "\u{FFFD}", count: count))
    #expect(text == String(decoding: bytes, as: UTF8.self))
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("ab\u{1B}", 6, #"ab\x1b"#),
    ("abc\u{1B}", 6, "abc…"), ("東京東京東京東", 6, "東京東京東…"), ("x", 0, ""), ("xy", 1, "…"),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("ab\u{200B}", 2, "ab"), ("\u{1B}", 3, "…"),
  ])
  func cutsWithinTheLimit(text: String, limit: Int, expected: String) {
    #expect(Scrub.text(text, limit: limit) == expected)
  }

  @Test func looksAtTheBeginningOfAHugeTextOnly() {
    let invisible = Array(repeating: [0xE2, 0x80, 0x8B] as [UInt8], count: 300_000).flatMap { $0 }
    #expect(Scrub.text(invisible.span) == "…")
  }

  @Test func addsToWhatTheBufferHolds() {
    var buffer = Array("id=".utf8)
    Scrub.append(Array("abcdefgh".utf8).span, limit: 4, to: &buffer)
    #expect(String(decoding: buffer, as: UTF8.self) == "id=abc…")
  }

  @Test(arguments: 0..<40)
  func letsNothingThroughThatATerminalObeys(seed: UInt64) {
    var random = Random(state: seed)
    for _ in 0..<50 {
      let limit = Int.random(in: 1...300, using: &random)
      let input = random.hostileBytes(count: Int.random(in: 0...400, using: &random))
      let text = Scrub.text(input.span, limit: limit)
      #expect(text.unicodeScalars.allSatisfy(isSafe), "\(input)")
      #expect(text.unicodeScalars.filter { !isMark($0) }.count <= limit)
      #expect(hasNoTwoMarks(text))
      #expect(Scrub.text(text, limit: limit) == text, "scrubbing twice changes nothing")
    }
  }

  private func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFE00...0xFE0F, 0xFEFF, 0xE000...0xF8FF, 0xE0000...0xE0FFF, 0xF0000...0x10FFFF:
      false
    default: true
    }
  }

  private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    [.nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
  }

  private func hasNoTwoMarks(_ text: String) -> Bool {
    zip(text.unicodeScalars, text.unicodeScalars.dropFirst()).allSatisfy {
      !isMark($0) || !isMark($1)
    }
  }
}

/// Seeded random numbers: SplitMix64.
struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Random bytes, random scalars and the worst of both.
  mutating func hostileBytes(count: Int) -> [UInt8] {
    let worst = [
      "\u{1B}[2J", "\u{9B}31m", "\u{202E}", "\u{200D}", "\u{FEFF}", "\u{E0041}", "\u{301}", "\r\n",
      "\u{2066}", "\u{FE0F}", "\u{1F468}\u{200D}\u{1F469}", "\u{7F}", "\u{E000}", "ab", "東",
    ]
    var bytes: [UInt8] = []
    while bytes.count < count {
      switch next() % 4 {
      case 0: bytes.append(UInt8(truncatingIfNeeded: next()))
      case 1:
        let value = UInt32(truncatingIfNeeded: next() % 0x11_0000)
        if let scalar = Unicode.Scalar(value) { bytes += Array(String(Character(scalar)).utf8) }
      default: bytes += Array((worst.randomElement(using: &self) ?? "").utf8)
      }
    }
    return bytes
  }
}

struct RejectedMessagesTests {
  private let second: Int64 = 1_000_000_000

  private func add(_ count: Int, at time: Int64, to messages: inout RejectedMessages) {
    let topic = Array("a/\u{1B}b".utf8)
    let payload = Array(repeating: UInt8(ascii: "x"), count: 1_000)
    for _ in 0..<count {
      messages.add(
        topic: topic.span,
        payload: payload.span,
        reason: .json(.invalidJSON),
        receivedAt: time
      )
    }
  }

  @Test func keepsAFewASecond() {
    var messages = RejectedMessages(feed: .mqtt, perSecond: 3)
    #expect(messages.isEmpty)
    add(1_000, at: 5, to: &messages)
    add(1_000, at: 5 + second - 1, to: &messages)
    #expect(messages.take().count == 3)
    add(1_000, at: 5 + second, to: &messages)
    #expect(messages.take().count == 3)
    #expect(messages.take().isEmpty)
  }

  @Test func isBoundedIfNobodyTakes() {
    var messages = RejectedMessages(feed: .mqtt)
    for index in 0..<100 { add(10, at: Int64(index) * second, to: &messages) }
    #expect(messages.take().count == 16)
  }

  @Test func scrubsAndCuts() throws {
    var messages = RejectedMessages(feed: .kafka)
    add(1, at: 7, to: &messages)
    let message = try #require(messages.take().first)
    #expect(message.feed == .kafka)
    #expect(message.topic == #"a/\x1bb"#)
    #expect(message.reason == "not valid JSON")
    #expect(message.payload == String(repeating: "x", count: 127) + "…")
    #expect(message.size == 1_000)
    #expect(message.receivedAt == 7)
  }
}
