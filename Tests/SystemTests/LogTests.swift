import Synchronization
import Testing

@testable import System

@Suite struct LogTests {
  /// A clock that the test turns.
  final class Hands: Sendable {
    let now = Mutex<Int64>(0)

    var clock: Log.Clock {
      Log.Clock(monotonic: { self.now.withLock { $0 } }, wall: { 0 })
    }
  }

  private func lines(of path: String) throws -> [String] {
    String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
      .split(separator: "\n")
      .map(String.init)
  }

  @Test func writesOneLineOfPairs() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-log")
    defer { removeFlatDirectory(folder) }
    let log = try Log(to: .file("\(folder)/log"), level: .info, clock: Hands().clock)
    log.write(.debug, "not shown") { [:] }
    log.info("connected", ["host": "broker", "user": "two words", "empty": "", "quote": "a\"b"])
    #expect(
      try lines(of: "\(folder)/log") == [
        "time=1970-01-01T00:00:00.000Z level=info message=connected host=broker "
          + "user=\"two words\" empty=\"\" quote=\"a\\\"b\""
      ]
    )
    #expect(try !isOpenToOthers("\(folder)/log"))
  }

  @Test func tellsHowManyLinesOfAMessageItDropped() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-log")
    defer { removeFlatDirectory(folder) }
    let hands = Hands()
    let log = try Log(to: .file("\(folder)/log"), clock: hands.clock)
    for _ in 0..<25 { log.warning("bad message") }
    log.warning("another")
    hands.now.withLock { $0 = 10_000_000_000 }
    log.warning("bad message")
    log.warning("bad message")
    let written = try lines(of: "\(folder)/log")
    #expect(written.count == 13)
    #expect(written[10].hasSuffix("message=another"))
    #expect(written[11].hasSuffix("message=\"bad message\" suppressed=15"))
    #expect(written[12].hasSuffix("message=\"bad message\""))
  }

  @Test(arguments: [
    ("plain", "plain"),
    ("a\nb", "\"a\\nb\""),
    ("\u{1B}[2J", "\"\\u{1b}[2J\""),
    ("\u{9B}2J", "\"\\u{9b}2J\""),
    ("\u{202E}x", "\"\\u{202e}x\""),
    ("a\u{200B}b", "\"a\\u{200b}b\""),
    ("\u{E000}\u{378}", "\"\\u{e000}\\u{378}\""),
    ("x=1", "\"x=1\""),
    ("c:\\d", "\"c:\\\\d\""),
    ("über", "über"),
  ])
  func valuesCannotBreakALineOrATerminal(_ value: String, _ expected: String) {
    #expect(logValue(value) == expected)
  }

  @Test func cutsEndlessValues() {
    #expect(logValue(String(repeating: "x", count: 5000)).unicodeScalars.count == 1025)
  }
}
