import System
import Terminal
import TestSupport
import Testing

@testable import Curses

/// The bell, notifications and the clipboard, as bytes.
struct OuterTerminalTests {
  private func outer(
    _ name: String,
    _ alert: ScreenOptions.Alert = .auto,
    _ variables: [String: String] = [:],
  ) -> OuterTerminal {
    OuterTerminal(name: name, alert: alert, environment: Environment(variables))
  }

  private func text(_ bytes: [UInt8]?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("é~ÿ", "w6l+w78="),
  ])
  func encodesAsRFC4648(plain: String, encoded: String) {
    #expect(text(outer("xterm").copy(plain)) == "\u{1B}]52;c;\(encoded)\u{07}")
  }

  @Test(arguments: [
    ("xterm-256color", [:], "\u{1B}]777;notify;egtop;g1\u{1B}\\\u{07}"),
    ("foot", [:], "\u{1B}]777;notify;egtop;g1\u{1B}\\\u{07}"),
    ("xterm-kitty", [:], "\u{1B}]99;;egtop: g1\u{1B}\\\u{07}"),
    ("xterm-256color", ["LC_TERMINAL": "iTerm2"], "\u{1B}]9;g1\u{1B}\\\u{07}"),
    (
      "tmux-256color", ["TMUX": "/tmp/x,1,0"],
      "\u{1B}Ptmux;\u{1B}\u{1B}]777;notify;egtop;g1\u{1B}\u{1B}\\\u{1B}\\\u{07}"
    ),
    ("screen", ["STY": "1.x"], "\u{1B}P\u{1B}]777;notify;egtop;g1\u{07}\u{1B}\\\u{07}"),
    ("linux", [:], ""), ("vt100", [:], ""), ("dumb", [:], ""),
  ])
  func callsTheWayTheTerminalKnows(name: String, variables: [String: String], expected: String) {
    #expect(text(outer(name, .auto, variables).attention("g1", isSeen: false)) == expected)
  }

  @Test
  func whoeverLooksHearsTheBellAlone() {
    #expect(text(outer("xterm").attention("g1", isSeen: true)) == "\u{07}")
    #expect(text(outer("vt100", .bell).attention("g1", isSeen: false)) == "\u{07}")
    #expect(outer("xterm", .off).attention("g1", isSeen: false) == [])
  }

  @Test
  func nothingInANotificationEndsItOrIsLong() {
    let hostile = "a\u{1B}\\b\u{07}c\u{9C}d" + String(repeating: "x", count: 1_000)
    let bytes = outer("xterm", .osc9).attention(hostile, isSeen: false)
    #expect(bytes.dropFirst().dropLast(3).allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    #expect(text(bytes)?.hasPrefix("\u{1B}]9;a\\bcdxxx") == true && bytes.count < 250)
  }

  @Test
  func copiesForTheOutermostTerminal() {
    #expect(text(outer("xterm").copy("g1")) == "\u{1B}]52;c;ZzE=\u{07}")
    #expect(
      text(outer("tmux-256color").copy("g1"))
        == "\u{1B}]52;c;ZzE=\u{07}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;ZzE=\u{07}\u{1B}\\"
    )
    #expect(outer("linux").copy("g1") == nil && outer("dumb").copy("g1") == nil)
  }

  @Test
  func aCopyIsBoundedAndScreenGetsItInParts() throws {
    #expect(outer("xterm").copy(String(repeating: "x", count: 56_244)) != nil)
    #expect(outer("xterm").copy(String(repeating: "x", count: 56_245)) == nil)
    let bytes = try #require(outer("screen").copy(String(repeating: "x", count: 2_000)))
    let parts = try #require(text(bytes)).components("\u{1B}P")
    #expect(parts.count == 4 && parts.allSatisfy { $0.utf8.count <= 768 })
    let joined = parts.map { $0.dropLast(2) }.joined()
    #expect(joined.hasPrefix("\u{1B}]52;c;eHh4") && joined.hasSuffix("\u{07}"))
  }
}

extension String {
  /// What follows each mark.
  fileprivate func components(_ mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: true).map(String.init)
  }
}

extension ScreenTests {
  struct OutsideTests {
    @Test func marksPastesOnlyWhileThatIsWanted() throws {
      let bench = try Bench()
      bench.screen.show(bench.canvas)
      let first = String(decoding: bench.receive(), as: UTF8.self)
      #expect(!first.contains("?2004h") && first.contains("?1004h"))
      bench.screen.marksPaste = true
      bench.screen.show(bench.canvas)
      #expect(bench.receive() == Array("\u{1B}[?2004h".utf8))
      bench.pty.type("\u{1B}[200~ab\rq\u{1B}[201~\u{1B}[I")
      #expect(bench.screen.readKeys().keys == [.paste("ab\rq"), .focusIn])
      bench.screen.marksPaste = false
      bench.screen.show(bench.canvas)
      #expect(bench.receive() == Array("\u{1B}[?2004l".utf8))
    }

    @Test func whoWantsNoCallsIsNotAskedForFocus() throws {
      let bench = try Bench(alert: .off)
      bench.screen.show(bench.canvas)
      #expect(!String(decoding: bench.receive(), as: UTF8.self).contains("?1004h"))
      bench.screen.call("g1", isSeen: false)
      #expect(bench.receive() == [])
    }

    @Test func sendsACallAndACopyBetweenFrames() throws {
      let bench = try Bench()
      bench.screen.show(bench.canvas)
      bench.receive()
      bench.screen.call("g1", isSeen: true)
      #expect(bench.screen.copy("g1"))
      #expect(bench.receive() == [0x07] + Array("\u{1B}]52;c;ZzE=\u{07}".utf8))
    }

    @Test func aTerminalThatTakesNothingIsNotSentWithoutEnd() throws {
      let bench = try Bench()
      let text = String(repeating: "x", count: 50_000)
      let taken = (0..<20).count { _ in bench.screen.copy(text) }
      #expect(taken < 10)
      #expect(bench.screen.figures.pendingBytes < 200_000)
    }
  }
}
