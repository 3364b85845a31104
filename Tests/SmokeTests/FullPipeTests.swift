import Glibc
import System
import TestSupport
import Testing

/// Somebody reads no longer what the program prints, as a pager does that shows its first page.
@Suite(.timeLimit(.minutes(20)))
struct FullPipeTests {
  @Test(arguments: [["--plain"], ["check"], ["--once", "--settle", "0s"]])
  func holdsUpNoEnd(command: [String]) throws {
    try withFolder { folder in
      try withFullPipe(in: folder) { pipe in
        let port = try freeLoopbackPort()
        let child = try ChildProcess.start(
          BuiltPrograms.egtop,
          command + ["--mqtt", "127.0.0.1:\(port)"],
          output: pipe
        )
        // Before that a signal ends it by itself.
        #expect(holds { takesSignalsItself(child.pid) })
        #expect(child.terminate(withinNanoseconds: 15_000_000_000) != .signal(SIGKILL))
      }
    }
  }

  /// Whether a process has blocked SIGTERM, to take it from a descriptor.
  private func takesSignalsItself(_ pid: Int32) -> Bool {
    let bytes = (try? readFile("/proc/\(pid)/status", limit: 1 << 16)) ?? []
    let text = String(decoding: bytes, as: UTF8.self)
    guard let mask = text.firstMatch(of: /SigBlk:\s*([0-9a-f]+)/)?.1 else { return false }
    return (UInt64(mask, radix: 16) ?? 0) & 1 << UInt64(SIGTERM - 1) != 0
  }
}
