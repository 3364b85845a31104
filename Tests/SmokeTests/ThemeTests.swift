import System
import TestSupport
import Testing

/// Themes in the real program: chosen, changed under it, and broken.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct ThemeTests {
  /// Nothing listens there: themes need no feed.
  private static let words = ["--mqtt", "mqtt://127.0.0.1:1"]

  /// Starts with a theme of the user's, in a folder that is gone afterwards.
  private func withTheme(
    _ text: String,
    _ words: [String] = [],
    _ body: (_ program: DrawnProgram, _ change: (String) throws -> Void) throws -> Void
  ) throws {
    try withFolder { folder in
      let themes = folder + "/egtop/themes"
      try makeDirectories(themes)
      defer {
        removeFlatDirectory(themes)
        removeFlatDirectory(folder + "/egtop")
      }
      let change = { (text: String) in
        try writeFileAtomically(themes + "/mine.yaml", Array(text.utf8))
      }
      try change(text)
      let program = try DrawnProgram(Self.words + words, folder: folder)
      try program.expect("FLEET")
      try body(program, change)
      #expect(program.screen.unknown.isEmpty)
      #expect(try program.quit() == 0)
    }
  }

  /// Waits until the corner of the screen has a background.
  private func expectBackground(_ background: String, _ program: DrawnProgram) throws {
    let isMet = holds {
      program.takeOutput()
      return program.screen.styles[0][0].contains(background)
    }
    try #require(isMet, "\(background) is not in \(program.screen.styles[0][0])")
  }

  @Test func aChangedFileIsTakenAndABrokenOneToldWithItsLine() throws {
    try withTheme("base: paper", ["--theme", "mine"]) { program, change in
      try expectBackground("48;5;231", program)
      try change("base: paper\nbackground: 17")
      try program.expect("theme mine has been reloaded")
      try expectBackground("48;5;17", program)
      try change("base: paper\nroles:\n  text: {foreground: pink}")
      try program.expect("mine.yaml:3:22: \"pink\" is no colour")
      try expectBackground("48;5;17", program)
      program.type("=G")
      try program.expect("STATUS", "mine, 256 colours", "mine.yaml:3:22")
      try change("base: paper\nbackground: 22")
      try program.expect("mine.yaml:3:22", isShown: false)
      try expectBackground("48;5;22", program)
    }
  }

  @Test func aThemeThatIsBrokenAtTheStartIsToldOnTheScreen() throws {
    try withTheme("nonsense: 1", ["--theme", "mine"]) { program, change in
      try program.expect("mine.yaml:1:1: a theme has no \"nonsense\"")
      try change("base: paper")
      try expectBackground("48;5;231", program)
    }
  }

  @Test func thePickerShowsAThemeAtOnceAndEscapeBringsBackTheOld() throws {
    try withTheme("base: paper\nbackground: 17") { program, _ in
      program.type("C")
      try program.expect("THEME", "harbour", "mine", "256 colours")
      program.type("j")
      try expectBackground("48;5;231", program)
      program.type("G")
      try expectBackground("48;5;17", program)
      program.type("\u{1B}")
      try program.expect("THEME", isShown: false)
      program.takeOutput()
      #expect(!program.screen.styles[0][0].contains("48"))
      program.type("Cj\r")
      try program.expect("theme paper")
      try expectBackground("48;5;231", program)
    }
  }

  @Test func aRecordingHoldsTheThemesThatWereChosen() throws {
    try withFolder { folder in
      let path = folder + "/recording"
      let words = Self.words + ["--theme", "night", "--record", path]
      let live = try DrawnProgram(words, folder: folder)
      try live.expect("FLEET")
      live.type("Cgj\r")
      try live.expect("theme paper")
      #expect(try live.quit() == 0)
      let replay = ["replay", "--speed", "0", path]
      let outputs = try (0..<2).map { _ in
        let program = try DrawnProgram(replay, folder: folder)
        #expect(try program.end() == 0)
        return program.written
      }
      #expect(outputs[0] == outputs[1])
      let text = String(decoding: outputs[0], as: UTF8.self)
      // The ground of night, then that of paper.
      let night = try #require(text.firstRange(of: "48;5;232"))
      let paper = try #require(text.firstRange(of: "48;5;231"))
      #expect(night.lowerBound < paper.lowerBound)
    }
  }
}
