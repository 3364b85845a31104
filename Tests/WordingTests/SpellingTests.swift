import Testing
import Wording

struct SpellingTests {
  @Test(
    arguments: [
      ("regoin", "region"), ("REGION", "region"), ("rgion", "region"), ("regionn", "region"),
      ("fil", "filter"), ("kafak", "kafka"), ("x", nil), ("", nil), ("elephant", nil),
    ] as [(String, String?)]
  )
  func findsWhatWasMeant(typed: String, name: String?) {
    #expect(Spelling.nearest(to: typed, in: ["region", "filter", "kafka", "theme"]) == name)
  }

  @Test
  func guessesNothingFromAPrefixOfSeveral() {
    #expect(Spelling.nearest(to: "mqtt", in: ["mqtt-version", "mqtt-user-name"]) == nil)
  }

  @Test
  func textsBeyondTheBoundHaveNoNeighbour() {
    let text = String(repeating: "a", count: 65)
    #expect(Spelling.nearest(to: text, in: [text]) == nil)
  }

  @Test(arguments: [
    ("a\u{1B}]0;x\u{7}b", "a\u{FFFD}]0;x\u{FFFD}b"), ("\u{202E}x\u{200B}", "\u{FFFD}x\u{FFFD}"),
    ("größe 中", "größe 中"),
  ])
  func printableTextSteersNoTerminal(text: String, printable: String) {
    #expect(text.printable == printable)
  }
}

struct DurationTextTests {
  @Test(arguments: [
    ("0", Duration.zero), ("15", .seconds(15)), ("500ms", .milliseconds(500)),
    ("1.5h", .seconds(5400)), ("2m", .seconds(120)), ("1d", .seconds(86400)),
    ("3us", .microseconds(3)),
  ])
  func readsUnits(text: String, duration: Duration) {
    #expect(Duration(text: text) == duration)
  }

  @Test(arguments: [
    "", "s", "-1s", "1 s", "1e3s", ".5s", "5.s", "1.2.3s", "1h30m", "9999999d", "٣s",
  ])
  func refusesTheRest(text: String) {
    #expect(Duration(text: text) == nil)
  }

  @Test(arguments: ["0s", "500ms", "90s", "2m", "1h", "36h", "1d", "1500us", "7ns"])
  func writesTheLongestUnitThatIsExact(text: String) {
    #expect(Duration(text: text)?.shortText == text)
  }
}

struct PrintableTests {
  @Test(arguments: [
    ("plain ä 中", "plain ä 中"), ("\u{1B}[2J\r\n\u{9B}", "\u{FFFD}[2J\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("\u{202E}\u{200B}\u{2028}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("\u{E000}\u{E0041}\u{10FFFF}\u{378}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    (String(repeating: "x", count: 1000), String(repeating: "x", count: 1000)),
    (String(repeating: "x", count: 1001), String(repeating: "x", count: 999) + "…"),
  ])
  func leavesNothingThatActsOnATerminal(text: String, expected: String) {
    #expect(text.printable == expected)
  }

  @Test func boundsCombiningMarksToo() {
    let marks = "a" + String(repeating: "\u{301}", count: 100_000)
    #expect(marks.printable.unicodeScalars.count == 1000)
  }
}
