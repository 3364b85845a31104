import Glibc
import LocalBrokers
import System
import TestSupport
import Testing

/// The program stopped by the shell, and gone on with.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct AwayTests {
  @Test func afterAStopItSaysHowLongItWasAwayAndShowsThePresent() throws {
    try withFolder { folder in
      let program = try DrawnProgram(["--mqtt", "127.0.0.1:1"], folder: folder)
      try program.expect("mqtt down")
      program.type("Z")
      try program.expect("FROZEN")
      let pid = try #require(program.pid)
      // The kernel stops no job without a shell that could continue it: the program goes on at once.
      kill(pid, SIGTSTP)
      try program.expect("away ", "0 new alarms")
      try program.expect("FROZEN", isShown: false)
      #expect(try program.quit() == 0)
    }
  }
}
