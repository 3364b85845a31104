import Terminal
import Testing

@testable import Curses

struct KeyDecoderTests {
  static let cases: [(String, [Key])] = [
    ("q", [.character("q")]), ("é中🚒", [.character("é"), .character("中"), .character("🚒")]),
    ("\t\r\n", [.tab, .enter, .enter]), ("\u{7F}\u{08}", [.backspace, .backspace]),
    ("\u{04}\u{0C}\u{1A}\u{03}", [.control("d"), .control("l"), .control("z"), .control("c")]),
    ("\u{1C}", [.control("\\")]),
    ("\u{1B}[A\u{1B}[B\u{1B}OC\u{1B}OD", [.up, .down, .right, .left]),
    ("\u{1B}[Z", [.backTab]), ("\u{1B}[1;5A", [.up]),
    ("\u{1B}[5~\u{1B}[6~\u{1B}[3~\u{1B}[1~\u{1B}[4~", [.pageUp, .pageDown, .delete, .home, .end]),
    (
      "\u{1B}OP\u{1B}[15~\u{1B}[24~\u{1B}[1;2Q",
      [.function(1), .function(5), .function(12), .function(2)]
    ),
    ("\u{1B}\u{1B}[A", [.escape, .up]), ("\u{1B}x", [.escape, .character("x")]),
    ("\u{1B}[I\u{1B}[O", [.focusIn, .focusOut]), ("\u{1B}[200~\u{1B}[201~", [.paste("")]),
    (
      "a\u{1B}[200~q\r\u{1B}[Aé\u{1B}[201~b",
      [
        .character("a"), .paste("q\r[Aé"), .character("b"),
      ]
    ),
    // Answers and reports of the terminal: colours, device, cursor, version.
    ("\u{1B}]11;rgb:0000/afaf/0000\u{07}a", [.character("a")]),
    ("\u{1B}]11;rgb:0000/afaf/0000\u{1B}\\a", [.character("a")]),
    ("\u{1B}P>|XTerm(370)\u{1B}\\b", [.character("b")]),
    ("\u{1B}[?62;22c\u{1B}[12;40R\u{1B}[?2026;2$yc", [.character("c")]),
    ("\u{1B}[2~\u{1B}[[Be", [.character("e")]),
    ("\u{1B}_Gi=1;OK\u{1B}\\f", [.character("f")]),
  ]

  @Test(arguments: cases)
  func readsKeysAndSwallowsReports(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.decode(text.utf8) == keys)
    #expect(decoder.pending.isEmpty)
  }

  @Test(arguments: cases)
  func readsTheSameByteByByte(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(text.utf8.flatMap { decoder.decode([$0]) } == keys)
  }

  @Test func anEscapeAloneIsTheKeyWhenNothingFollows() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([0x1B]) == [])
    #expect(decoder.patienceMilliseconds == 50)
    #expect(decoder.expire() == [.escape])
    #expect(decoder.patienceMilliseconds == nil)
  }

  @Test func anEscapeAndABracketAreTwoKeysWhenNothingFollows() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}[".utf8) == [])
    #expect(decoder.expire() == [.escape, .character("[")])
  }

  @Test func theEndOfALateAnswerIsSwallowedToo() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}]11;rgb:00".utf8) == [])
    #expect(decoder.patienceMilliseconds == 1000)
    #expect(decoder.decode("00/afaf/0000\u{07}j".utf8) == [.character("j")])
  }

  @Test func anEndlessAnswerIsBounded() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}]".utf8 + Array(repeating: UInt8(ascii: "x"), count: 9000)) == [])
    #expect(decoder.pending.count <= 4096)
    #expect(decoder.decode("\u{07}k".utf8) == [.character("k")])
  }

  @Test func aPasteWithoutAnEndIsTakenAfterAWhile() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}[200~abc".utf8) == [])
    #expect(decoder.patienceMilliseconds == 1000)
    #expect(decoder.expire() == [.paste("abc")])
    #expect(decoder.decode("j".utf8) == [.character("j")])
  }

  @Test func aLongPasteIsCutAndItsRestIsNoKey() {
    var decoder = KeyDecoder()
    let text = String(repeating: "q", count: 100_000)
    let keys = decoder.decode("\u{1B}[200~\(text)\u{1B}[201~j".utf8)
    #expect(keys == [.paste(String(repeating: "q", count: 4096)), .character("j")])
  }

  @Test(arguments: [
    [0xFF], [0xC3, 0x28], [0xE2, 0x82, 0x41], [0xC2, 0x9B], [0xED, 0xA0, 0x80], [0x80],
  ])
  func bytesThatAreNoTextDoNoHarm(bytes: [UInt8]) {
    var decoder = KeyDecoder()
    let keys = decoder.decode(bytes + Array("z".utf8))
    #expect(keys.last == .character("z"))
    #expect(keys.allSatisfy { if case .character(let one) = $0 { one.isASCII } else { false } })
  }

  @Test func theTerminalsDescriptionComesFirst() {
    var decoder = KeyDecoder(sequences: [Array("\u{1B}[[A".utf8): .function(1), [0x1B, 0x41]: .up])
    #expect(decoder.decode("\u{1B}[[A\u{1B}A".utf8) == [.function(1), .up])
  }

  @Test func anyBytesAreTakenWithoutATrap() {
    var random = SplitMix(state: 7)
    var decoder = KeyDecoder()
    for _ in 0..<20_000 {
      let interesting: [UInt8] = [0x1B, 0x5B, 0x5D, 0x4F, 0x3B, 0x4D, 0x07, 0x5C, 0xC3, 0xE2, 0x7E]
      let byte =
        random.next() % 2 == 0 ? UInt8(random.next() % 256) : interesting[Int(random.next() % 11)]
      _ = decoder.decode([byte])
      if random.next() % 50 == 0 { _ = decoder.expire() }
      #expect(decoder.pending.count <= 4096)
    }
  }
}

/// Sebastiano Vigna's SplitMix64: the same numbers each run.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
