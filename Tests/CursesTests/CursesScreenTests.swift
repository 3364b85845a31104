import Glibc
import System
import Terminal
import TestSupport
import Testing
import Themes

@testable import Curses

extension ScreenTests {
  struct CursesScreenTests {
    @Test func showsACanvas() throws {
      let bench = try Bench()
      var canvas = bench.canvas
      canvas.box(canvas.bounds, title: "FLEET", note: "12")
      canvas.write("Hexham 中文 ⣿ 12 kW", x: 2, y: 2, role: .warning)
      canvas.write("corner", x: 74, y: 23)
      #expect(bench.screen.show(canvas) == .sent)
      bench.receive()
      #expect(bench.terminal.text == canvas.text)
      #expect(bench.terminal.styles[2][2] == "38;5;220")
      #expect(bench.terminal.unknown == [])
      #expect(bench.terminal.isAlternate)
      #expect(!bench.terminal.isCursorVisible)
    }

    @Test func aFrameIsOneWriteWithinAnUpdate() throws {
      let bench = try Bench(width: 120, height: 40)
      var random = SplitMix(state: 3)
      for round in 1...20 {
        var canvas = bench.canvas
        for y in 0..<40 { canvas.write("row \(random.next())", x: y % 7, y: y, role: .text) }
        #expect(bench.screen.show(canvas) == .sent)
        let bytes = bench.receive()
        #expect(bench.screen.figures.writes == round)
        #expect(bench.screen.figures.frames == round)
        #expect(bench.screen.figures.lastFrameBytes == bytes.count)
        #expect(bytes.starts(with: Array("\u{1B}[?2026h".utf8)))
        #expect(bytes.suffix(8) == Array("\u{1B}[?2026l".utf8)[...])
        #expect(bench.terminal.text == canvas.text)
      }
      #expect(bench.terminal.unknown == [])
    }

    @Test func anUnchangedCanvasSendsNothing() throws {
      let bench = try Bench()
      bench.screen.show(bench.canvas)
      bench.receive()
      bench.screen.show(bench.canvas)
      #expect(bench.receive() == [])
      #expect(bench.screen.figures.frames == 1)
    }

    /// ncurses would ignore it during each frame, and so throw away what the run loop has not read yet.
    @Test func aStopThatWaitsOutlivesAFrame() throws {
      let bench = try Bench()
      var stop = sigset_t()
      var before = sigset_t()
      sigemptyset(&stop)
      sigaddset(&stop, SIGTSTP)
      pthread_sigmask(SIG_BLOCK, &stop, &before)
      // To this thread, which the signal waits for.
      pthread_kill(pthread_self(), SIGTSTP)
      bench.screen.show(bench.canvas)
      var moment = timespec(tv_sec: 0, tv_nsec: 0)
      let taken = sigtimedwait(&stop, nil, &moment)
      pthread_sigmask(SIG_SETMASK, &before, nil)
      #expect(taken == SIGTSTP)
    }

    @Test func aSmallChangeIsFewBytes() throws {
      let bench = try Bench()
      var canvas = bench.canvas
      for y in 0..<24 { canvas.write(String(repeating: "gauge ", count: 13), x: 0, y: y) }
      bench.screen.show(canvas)
      bench.receive()
      canvas.write("G", x: 40, y: 12, role: .critical)
      bench.screen.show(canvas)
      let bytes = bench.receive()
      #expect(bytes.count < 80)
      #expect(bench.terminal.text == canvas.text)
      #expect(bench.terminal.styles[12][40] == "1;38;5;231;48;5;160")
    }

    @Test(arguments: Theme.names)
    func randomCanvasesArriveCellForCell(theme: String) throws {
      let bench = try Bench(width: 40, height: 12, theme: theme)
      var random = SplitMix(state: 11)
      let texts = ["中文", "abc", "─│╭", "⣿⣀", " ", "   ", "é", "한", "x文y", "aaaaaaaaaaaaaaaaaaaa"]
      var canvas = bench.canvas
      for _ in 0..<300 {
        for _ in 0..<Int(random.next() % 12) {
          let role = Role.allCases[Int(random.next() % UInt64(Role.allCases.count))]
          canvas.write(
            texts[Int(random.next() % UInt64(texts.count))],
            x: Int(random.next() % 44) - 3,
            y: Int(random.next() % 12),
            role: role,
            flags: CellFlags(rawValue: UInt8(random.next() % 16)),
          )
        }
        if random.next() % 20 == 0 { canvas.fill(canvas.bounds) }
        bench.screen.show(canvas)
        bench.receive()
        #expect(bench.terminal.text == canvas.text)
      }
      #expect(bench.terminal.unknown == [])
    }

    @Test func aReaderThatStopsNeverBlocksUsAndThenSeesTheNewestFrame() throws {
      let bench = try Bench(width: 200, height: 60)
      var canvas = bench.canvas
      var random = SplitMix(state: 5)
      for _ in 0..<50 {
        for y in 0..<60 {
          let numbers = (0..<9).map { _ in String(random.next()) }
          canvas.write(numbers.joined(separator: " "), x: 0, y: y)
        }
        bench.screen.show(canvas)
      }
      #expect(bench.screen.figures.pendingBytes > 0)
      #expect(bench.screen.figures.skippedFrames > 30)
      #expect(bench.screen.wantsWrite)
      // The reader is back: everything drains, and the newest canvas is what is seen.
      for _ in 0..<10_000 {
        bench.receive()
        if !bench.screen.wantsWrite { break }
        bench.screen.flush()
      }
      bench.receive()
      #expect(bench.screen.figures.pendingBytes == 0)
      #expect(bench.terminal.text == canvas.text)
      #expect(bench.terminal.unknown == [])
      #expect(bench.terminal.openUpdates == 0)
    }

    @Test func closingGivesTheTerminalBack() throws {
      let bench = try Bench()
      #expect(!bench.pty.isCooked)
      bench.screen.show(bench.canvas)
      bench.screen.close()
      bench.receive()
      #expect(bench.pty.isCooked)
      #expect(!bench.terminal.isAlternate)
      #expect(bench.terminal.isCursorVisible)
      #expect(bench.terminal.unknown == [])
      bench.screen.close()
      #expect(bench.receive() == [])
      #expect(bench.screen.show(bench.canvas) == .pending)
      #expect(bench.receive() == [])
    }

    @Test func closingWithUnsentBytesStillRestores() throws {
      let bench = try Bench(width: 200, height: 60)
      var canvas = bench.canvas
      for round in 0..<40 {
        canvas.fill(canvas.bounds, with: Unicode.Scalar(UInt8(65 + round % 26)))
        for y in 0..<60 {
          canvas.write("\(round * y) é\(round)", x: (round * 7) % 190, y: y, role: .lost)
        }
        bench.screen.show(canvas)
        if bench.screen.wantsWrite { break }
      }
      // A reader that takes what is there once, so that there is room for the end.
      bench.receive()
      bench.screen.close()
      bench.receive()
      #expect(bench.pty.isCooked)
      #expect(!bench.terminal.isAlternate)
      #expect(bench.terminal.openUpdates == 0)
    }

    @Test func suspendsAndComesBackWithEverythingDrawn() throws {
      let bench = try Bench()
      var canvas = bench.canvas
      canvas.write("here", x: 3, y: 3)
      bench.screen.show(canvas)
      bench.screen.suspend()
      bench.receive()
      #expect(bench.pty.isCooked)
      #expect(!bench.terminal.isAlternate)
      bench.pty.resize(width: 90, height: 30)
      bench.terminal.resize(width: 90, height: 30)
      #expect(bench.screen.resume())
      #expect(bench.screen.size == (90, 30))
      bench.receive()
      #expect(!bench.pty.isCooked)
      #expect(bench.terminal.isAlternate)
      #expect(bench.terminal.text[3].contains("here"))
      #expect(!bench.terminal.isCursorVisible)
      #expect(bench.terminal.unknown == [])
    }

    @Test func followsTheSizeOfTheTerminal() throws {
      let bench = try Bench()
      bench.screen.show(bench.canvas)
      #expect(!bench.screen.updateSize())
      for (width, height) in [(120, 40), (20, 5), (1, 1), (240, 80)] {
        bench.receive()
        bench.pty.resize(width: width, height: height)
        bench.terminal.resize(width: width, height: height)
        #expect(bench.screen.updateSize())
        #expect(bench.screen.size == (width, height))
        var canvas = bench.canvas
        canvas.box(canvas.bounds, title: "size")
        canvas.put("x", x: width - 1, y: height - 1)
        bench.screen.show(canvas)
        bench.receive()
        #expect(bench.terminal.text == canvas.text)
      }
      #expect(bench.terminal.unknown == [])
    }

    @Test func redrawRepairsWhatOthersWrote() throws {
      let bench = try Bench()
      var canvas = bench.canvas
      canvas.write("mine", x: 0, y: 0)
      bench.screen.show(canvas)
      bench.receive()
      bench.terminal.feed(Array("\rBroadcast message".utf8))
      bench.screen.redraw()
      bench.receive()
      #expect(bench.terminal.text == canvas.text)
    }

    @Test func changesItsThemeInPlace() throws {
      let bench = try Bench()
      var canvas = bench.canvas
      canvas.write("warning", x: 0, y: 0, role: .warning)
      bench.screen.show(canvas)
      bench.screen.setTheme(try #require(Theme.named("paper")))
      bench.screen.show(canvas)
      bench.receive()
      #expect(bench.terminal.text == canvas.text)
      #expect(bench.terminal.styles[0][0] == "1;38;5;130;48;5;231")
      #expect(bench.terminal.styles[20][20].contains("48;5;231"))
    }

    @Test func whatIsOldCanBeReadUnderTheCursor() throws {
      let bench = try Bench(theme: "mono")
      var canvas = bench.canvas
      canvas.write("12.5", x: 0, y: 0, role: .stale)
      canvas.write("12.5", x: 0, y: 1, role: .stale, flags: .reverse)
      bench.screen.show(canvas)
      bench.receive()
      #expect(bench.terminal.styles[0][0] == "2" && bench.terminal.styles[1][0] == "7")
    }

    @Test func coloursThatAreOnlyAlikeForThePaletteChangeToo() throws {
      let bench = try Bench(theme: "night", color: .trueColor)
      var canvas = bench.canvas
      canvas.write("warning", x: 0, y: 0, role: .warning)
      bench.screen.show(canvas)
      bench.receive()
      #expect(bench.terminal.styles[0][0] == "38;2;224;161;58;48;2;14;11;9")
      let text = "base: night\nroles: {warning: {foreground: \"#e0a13b\"}}"
      bench.screen.setTheme(try Theme.parse(text, named: "other"))
      bench.screen.show(canvas)
      bench.receive()
      #expect(bench.terminal.styles[0][0] == "38;2;224;161;59;48;2;14;11;9")
      #expect(bench.terminal.text == canvas.text)
      #expect(bench.terminal.unknown == [])
      #expect(bench.screen.figures.writes == bench.screen.figures.frames)
    }

    @Test func readsAllKeysAtOnceAndSeesAHangup() throws {
      let bench = try Bench()
      #expect(bench.screen.readKeys() == CursesScreen.Input())
      bench.pty.type("jé\u{1B}OA\u{1B}[6~\u{1B}]11;rgb:0/0/0\u{07}q\u{03}")
      let input = bench.screen.readKeys()
      let expected: [Key] = [
        .character("j"), .character("é"), .up, .pageDown, .character("q"), .control("c"),
      ]
      #expect(input.keys == expected)
      #expect(!input.isHungUp)
      bench.pty.hangUp()
      #expect(bench.screen.readKeys().isHungUp)
    }

    @Test func anEscapeHasADeadline() throws {
      let bench = try Bench()
      bench.pty.type("\u{1B}")
      #expect(bench.screen.readKeys().keys == [])
      let deadline = try #require(bench.screen.inputDeadline)
      while monotonicNanoseconds() < deadline { sched_yield() }
      #expect(bench.screen.readKeys().keys == [.escape])
      #expect(bench.screen.inputDeadline == nil)
    }

    @Test func titleIsASCIIAndSentOnce() throws {
      let bench = try Bench()
      bench.screen.title = "egtop !1 2\u{07}\u{1B}]0;é"
      bench.screen.show(bench.canvas)
      bench.screen.show(bench.canvas)
      let bytes = bench.receive()
      #expect(bytes.count(where: { $0 == 0x07 }) == 1)
      // After the screen was entered, which keeps the old title.
      #expect(bytes.last == 0x07)
      #expect(bench.terminal.title == "egtop !1 2]0;")
      #expect(bench.terminal.unknown == [])
    }
  }
}
