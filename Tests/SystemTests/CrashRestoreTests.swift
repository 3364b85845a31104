import Glibc
import Synchronization
import System
import TestSupport
import Testing

/// The terminal is as it was after a crash, on whichever thread and for whatever reason.
@Suite(.timeLimit(.minutes(20)))
struct CrashRestoreTests {
  /// A stack that overflows under the thread sanitizer ends in the sanitizer itself, which keeps a stack of its own.
  private static let causes =
    Environment.current()["EGTOP_SANITIZE"] == "thread" ? ["trap"] : ["trap", "overflow"]

  @Test(arguments: causes, ["main", "thread"])
  func aCrashRestoresTheTerminal(_ cause: String, _ place: String) throws {
    let terminal = try #require(PseudoTerminal(width: 80, height: 24))
    let before = terminal.settings
    let child = try ChildProcess.start(BuiltPrograms.crasher, [terminal.path, cause, place])
    var written: [UInt8] = []
    let hasEnded = holds {
      written += terminal.read()
      return child.exit != nil
    }
    #expect(hasEnded)
    written += terminal.read()
    guard case .signal = child.exit else {
      Issue.record("it did not crash")
      return
    }
    #expect(String(decoding: written, as: UTF8.self) == "restored")
    #expect(terminal.settings == before)
  }

  /// Others may send them, by mistake or for a limit that was set.
  @Test(arguments: [SIGUSR1, SIGUSR2, SIGALRM, SIGXFSZ, SIGXCPU, SIGPROF])
  func aSignalThatNobodyAskedForRestoresTheTerminal(_ number: Int32) throws {
    let terminal = try #require(PseudoTerminal(width: 80, height: 24))
    let before = terminal.settings
    let child = try ChildProcess.start(BuiltPrograms.crasher, [terminal.path, "\(number)", "main"])
    var written: [UInt8] = []
    #expect(
      holds {
        written += terminal.read()
        return child.exit != nil
      }
    )
    written += terminal.read()
    #expect(child.exit == .signal(number))
    #expect(String(decoding: written, as: UTF8.self) == "restored")
    #expect(terminal.settings == before)
  }

  @Test func aThreadHasAStackForSignalsWhileItRuns() throws {
    let sizes = Mutex<[Int]>([])
    try startThread(name: "stack") {
      var stack = stack_t()
      _ = sigaltstack(nil, &stack)
      let isOn = Int(stack.ss_flags) & Int(SS_DISABLE) == 0
      sizes.withLock { $0 = [isOn ? Int(stack.ss_size) : 0] }
    }.join()
    #expect(sizes.withLock { $0[0] } >= 16_384)
  }
}
