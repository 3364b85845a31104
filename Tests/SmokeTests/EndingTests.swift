import Glibc
import LocalBrokers
import System
import TestSupport
import Testing

/// The bytes and the settings that the program leaves behind, however it ends.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct EndingTests {
  /// Nobody is there, which is enough for a screen.
  private static let words = ["--mqtt", "127.0.0.1:1"]

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL])
  func aSignalLeavesTheTerminalAsItWas(_ signal: Int32) throws {
    try withFolder { folder in
      let program = try DrawnProgram(Self.words, folder: folder)
      try program.expect("mqtt down")
      #expect(program.screen.isAlternate && !program.screen.isCursorVisible)
      #expect(program.terminal.settings != program.settingsBefore)
      let pid = try #require(program.pid)
      kill(pid, signal)
      let code = try program.end()
      #expect((code == 0) == [SIGTERM, SIGHUP, SIGINT, SIGQUIT].contains(signal), "\(code)")
      #expect(program.terminal.settings == program.settingsBefore)
      #expect(!program.screen.isAlternate && program.screen.isCursorVisible)
      #expect(program.screen.openUpdates == 0)
      #expect(program.screen.unknown.isEmpty)
    }
  }

  @Test func theEndOfTheTerminalIsTheEndOfTheProgram() throws {
    try withFolder { folder in
      let program = try DrawnProgram(Self.words, folder: folder)
      try program.expect("mqtt down")
      let pid = try #require(program.pid)
      program.terminal.hangUp()
      // Not by a signal: it ends in order and closes its files.
      #expect(try program.end() == 0)
      #expect(kill(pid, 0) != 0)
    }
  }
}
