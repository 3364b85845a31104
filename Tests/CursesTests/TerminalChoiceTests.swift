import CNcurses
import Glibc
import System
import Terminal
import TestSupport
import Testing
import Themes

@testable import Curses

/// Terminals, locales, colours: everything that may be less than hoped for.
extension ScreenTests {
  struct TerminalChoiceTests {
    @Test(arguments: [
      ("xterm-256color", "xterm-256color"), ("xterm-ghostty-9000", "xterm-256color"),
      ("", "xterm-256color"), ("screen.some-new-thing", "screen-256color"), ("vt100", "vt100"),
      ("nonsense", "xterm-256color"), ("linux-9000", "linux"), ("vt999", "vt220"),
      ("rxvt-9000", "rxvt"), ("tmux-9000", "tmux-256color"),
    ])
    func unknownTerminalsHaveAStandIn(name: String, opened: String) throws {
      let bench = try Bench(term: name)
      #expect(bench.screen.terminalName == opened)
      #expect(
        bench.screen.degradations.contains { $0.contains("treated as") } == (name != opened)
      )
      #expect((bench.screen.standIn != nil) == (name != opened))
    }

    @Test func aDumbTerminalIsRefusedAndLeftAlone() throws {
      #expect(throws: ScreenError.tooSimple("dumb")) { try Bench(term: "dumb") }
    }

    @Test func aFileIsNoTerminal() throws {
      let theme = try #require(Theme.named("iron"))
      let options = ScreenOptions(theme: theme, device: "/dev/null")
      #expect(throws: ScreenError.self) { try CursesScreen(options) }
    }

    @Test(arguments: [
      ("xterm-256color", ScreenOptions.Color.auto, [:], ColorDepth.palette),
      ("xterm-256color", .auto, ["NO_COLOR": "1"], .mono),
      ("xterm-256color", .sixteen, [:], .sixteen),
      ("xterm-256color", .eight, ["NO_COLOR": "1"], .eight), ("xterm-256color", .never, [:], .mono),
      ("xterm", .auto, [:], .eight), ("xterm", .trueColor, [:], .eight),
      ("vt100", .auto, [:], .mono), ("xterm-256color", .trueColor, [:], .trueColor),
      ("xterm-256color", .auto, ["COLORTERM": "truecolor"], .trueColor),
      ("xterm-256color", .auto, ["COLORTERM": "24bit"], .trueColor),
      ("xterm-256color", .auto, ["COLORTERM": "yes"], .palette),
      ("xterm-256color", .palette, ["COLORTERM": "truecolor"], .palette),
      ("xterm-256color", .auto, ["COLORTERM": "truecolor", "NO_COLOR": "1"], .mono),
      ("xterm-256color", .auto, ["COLORTERM": "truecolor", "TMUX": "x"], .palette),
      ("screen-256color", .auto, ["COLORTERM": "truecolor"], .palette),
      ("screen-256color", .trueColor, [:], .trueColor), ("xterm-kitty", .auto, [:], .trueColor),
      ("xterm-direct", .auto, [:], .trueColor), ("alacritty", .auto, [:], .trueColor),
      ("vt100", .auto, ["COLORTERM": "truecolor"], .mono),
    ])
    func coloursAreThoseOfTheTerminal(
      term: String,
      color: ScreenOptions.Color,
      variables: [String: String],
      depth: ColorDepth,
    ) throws {
      let bench = try Bench(
        theme: depth == .trueColor ? "harbour" : "iron",
        term: term,
        color: color,
        variables: variables.merging(["LANG": "C.UTF-8"]) { one, _ in one }
      )
      #expect(bench.screen.depth == depth)
      var canvas = bench.canvas
      for (y, role) in Role.allCases.prefix(24).enumerated() {
        canvas.write(role.name, x: 0, y: y, role: role)
      }
      bench.screen.show(canvas)
      bench.receive()
      let styles = bench.terminal.styles.joined().joined(separator: ";")
      let numbers = styles.split(separator: ";").compactMap { Int($0) }
      #expect(numbers.contains { (30...49).contains($0) } == (depth > .mono))
      #expect(depth != .eight || !numbers.contains { (90...107).contains($0) })
      #expect(styles.contains("38;5;") == (depth == .palette))
      #expect(styles.contains("38;2;") == (depth == .trueColor))
      #expect(bench.terminal.text == canvas.text || term == "vt100")
    }

    @Test(arguments: [
      ("C.UTF-8", ScreenOptions.GlyphSet.auto, true), ("C", .auto, false), ("C", .unicode, true),
      ("xx_YY.UTF-8", .auto, true), ("en_US.ISO-8859-1", .auto, false), ("C.UTF-8", .ascii, true),
    ])
    func glyphsFollowTheLocale(lang: String, set: ScreenOptions.GlyphSet, hasUTF8: Bool) throws {
      let bench = try Bench(glyphs: set, variables: ["LANG": lang])
      let wantsUnicode = hasUTF8 && set != .ascii
      #expect(bench.screen.glyphs == (wantsUnicode ? .unicode : .ascii))
      var canvas = bench.canvas
      canvas.write("Müller 中 x", x: 0, y: 0)
      bench.screen.show(canvas)
      let bytes = bench.receive()
      #expect(bytes.allSatisfy { $0 < 0x80 } == !hasUTF8)
      #expect(bench.terminal.text[0].hasPrefix(hasUTF8 ? "Müller 中 x" : "M?ller ?? x"))
      #expect(bench.screen.degradations.isEmpty == (lang == "C.UTF-8"))
    }

    @Test func theLinuxConsoleGetsASCII() throws {
      let bench = try Bench(term: "linux")
      #expect(bench.screen.glyphs == .ascii)
      #expect(bench.screen.degradations.count == 1)
    }

    @Test(arguments: [
      ("UTF-8", true), ("utf-8", true), ("utf8", true), ("UTF-80", false), ("US-ASCII", false),
      ("ANSI_X3.4-1968", false), ("U", false), ("", false),
    ])
    func knowsTheNameOfACharacterSetByItsOwnBytes(_ name: String, _ isUTF8: Bool) {
      // What lies behind a short name is not looked at.
      let bytes = Array(name.utf8) + [0] + Array("TF-8 is what follows".utf8)
      let found = bytes.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { CNcurses_namesUTF8($0) }
      }
      #expect((found != 0) == isUTF8)
    }

    @Test func widthsAgreeWithTheSystem() {
      _ = ScreenLocale.set(Environment(["LANG": "C.UTF-8"]), wantsUnicode: true)
      var different: [UInt32] = []
      for value in UInt32(0x20)...0xFFFF {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let width = CNcurses_width(wchar_t(value))
        // -1 is what this version of the system does not know, or a control character.
        if width >= 0, Int(width) != TextWidth.of(scalar) { different.append(value) }
      }
      // Signs of Arabic, Syriac and Kaithi that stand before a number, and a few marks of newer Unicode.
      #expect(different.count < 60, "\(different.map { String($0, radix: 16) })")
      #expect(
        !different.contains { (0x2000..<0x2E80).contains($0) || (0x3000..<0xA960).contains($0) }
      )
    }

    @Test func paddingIsTakenOutOfDescriptions() {
      let bytes = TerminalStrings.withoutPadding(Array("\u{1B}[m$<2>x$y".utf8))
      #expect(bytes == Array("\u{1B}[mx$y".utf8))
    }
  }
}
