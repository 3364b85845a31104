import Terminal
import TestSupport
import Testing

@testable import Curses

extension ScreenTests {
  /// What is drawn on the normal screen, below what the shell had there.
  struct InlineTests {
    private static let shell = (1...7).map { "line \($0)\r\n" }.joined()

    private func canvas(_ bench: Bench, _ text: String) -> Canvas {
      var canvas = bench.canvas
      canvas.box(canvas.bounds, title: text)
      canvas.write(text, x: 2, y: 1, role: .warning)
      return canvas
    }

    @Test(arguments: [20, 9, 8])
    func drawsOnTheLastRowsAndKeepsWhatIsAbove(height: Int) throws {
      let bench = try Bench(height: height, inlineRows: 6, before: Self.shell)
      #expect(bench.screen.size == (80, 6))
      let canvas = canvas(bench, "inline")
      bench.screen.show(canvas)
      bench.receive()
      #expect(!bench.terminal.isAlternate && bench.terminal.unknown == [])
      #expect(bench.terminal.text.suffix(6) == canvas.text[...])
      let above = bench.terminal.text.dropLast(6).filter { !$0.allSatisfy { $0 == " " } }
      let expected = (1...7).map { "line \($0)" }.suffix(height - 6)
      #expect(above.map { $0.prefix(6) } == expected.map { $0.prefix(6) })
    }

    @Test func theLastFrameStaysAndTheShellGoesOnBelowIt() throws {
      let bench = try Bench(height: 20, inlineRows: 6, before: Self.shell)
      let canvas = canvas(bench, "last")
      bench.screen.show(canvas)
      bench.screen.close()
      bench.receive()
      #expect(bench.pty.isCooked && bench.terminal.isCursorVisible)
      #expect(bench.terminal.text[13..<19] == canvas.text[...])
      bench.terminal.feed(Array("$".utf8))
      #expect(bench.terminal.text[19].hasPrefix("$ "))
      #expect(bench.terminal.unknown == [])
    }

    @Test func aScreenThatIsLowerThanAskedForIsUsedWhole() throws {
      let bench = try Bench(height: 5, inlineRows: 24, before: Self.shell)
      let canvas = canvas(bench, "low")
      bench.screen.show(canvas)
      bench.receive()
      #expect(bench.terminal.text == canvas.text)
    }

    @Test(arguments: [(60, 30), (100, 12), (30, 4)])
    func followsTheSizeOfTheTerminal(width: Int, height: Int) throws {
      let bench = try Bench(height: 20, inlineRows: 6, before: Self.shell)
      bench.screen.show(canvas(bench, "before"))
      bench.receive()
      bench.pty.resize(width: width, height: height)
      bench.terminal.resize(width: width, height: height)
      #expect(bench.screen.updateSize() && !bench.screen.updateSize())
      #expect(bench.screen.size == (width, min(6, height)))
      for text in ["first", "second"] {
        let canvas = canvas(bench, text)
        bench.screen.show(canvas)
        bench.receive()
        #expect(bench.terminal.text.suffix(min(6, height)) == canvas.text[...])
      }
      #expect(bench.terminal.unknown == [])
    }

    @Test func suspendsBelowItsFrameAndComesBackBelowTheShell() throws {
      let bench = try Bench(height: 20, inlineRows: 6, before: Self.shell)
      let canvas = canvas(bench, "inline")
      bench.screen.show(canvas)
      bench.screen.suspend()
      bench.receive()
      bench.terminal.feed(Array("[1]+ Stopped\r\n".utf8))
      #expect(bench.screen.resume())
      bench.receive()
      #expect(bench.terminal.text.suffix(6) == canvas.text[...])
      #expect(bench.terminal.text[13].hasPrefix("[1]+ Stopped"))
      #expect(bench.terminal.text[12] == canvas.text[5])
      #expect(!bench.terminal.isAlternate && bench.terminal.unknown == [])
    }

    @Test func redrawLeavesTheRowsAboveAlone() throws {
      let bench = try Bench(height: 20, inlineRows: 6, before: Self.shell)
      let canvas = canvas(bench, "inline")
      bench.screen.show(canvas)
      bench.receive()
      let before = bench.terminal.text
      bench.terminal.feed(Array("\u{1B}[17;1Hjunk".utf8))
      bench.screen.redraw()
      bench.receive()
      #expect(bench.terminal.text == before)
    }

    @Test func aScreenOfItsOwnCanLeaveItsFrameBehind() throws {
      let bench = try Bench(height: 20, before: Self.shell)
      let canvas = canvas(bench, "for a ticket")
      bench.screen.show(canvas)
      bench.receive()
      #expect(bench.terminal.isAlternate)
      bench.screen.closeLeavingFrame()
      bench.receive()
      #expect(!bench.terminal.isAlternate && bench.terminal.isCursorVisible && bench.pty.isCooked)
      // One row went up for the line that the shell goes on with.
      #expect(bench.terminal.text.dropLast() == canvas.text.dropFirst())
      #expect(bench.terminal.styles[0][2] == "38;5;220")
      #expect(bench.terminal.unknown == [])
      bench.screen.closeLeavingFrame()
      #expect(bench.receive() == [])
    }
  }
}
