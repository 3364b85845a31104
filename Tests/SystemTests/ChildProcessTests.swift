import CSystem
import Glibc
import Synchronization
import System
import Testing

struct ChildProcessTests {
  @Test func keepsTheOutputAndTheExitCode() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-child")
    defer { removeFlatDirectory(folder) }
    let child = try ChildProcess.start(
      "/bin/sh",
      ["-c", "echo \"$WORD\"; echo err >&2; exit 3"],
      environment: Environment(["WORD": "hello"]),
      output: "\(folder)/out",
    )
    #expect(child.wait(timeoutNanoseconds: 10_000_000_000) == .code(3))
    #expect(try readFile("\(folder)/out", limit: 100) == Array("hello\nerr\n".utf8))
  }

  @Test func saysWhyAProgramCannotRun() {
    let error = #expect(throws: SystemError.self) { try ChildProcess.start("/no/such", []) }
    #expect(error?.code == ENOENT)
  }

  @Test func givesAnOutputToOneChildAlone() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-child")
    defer { removeFlatDirectory(folder) }
    let start = {
      try ChildProcess.start("/bin/sleep", ["100"], output: "\(folder)/out", isAlone: true)
    }
    let child = try start()
    let error = #expect(throws: SystemError.self) { _ = try start() }
    #expect(error?.isTaken == true)
    child.terminate()
    #expect(try start().exit == nil)
  }

  @Test func killsAChildThatWillNotEnd() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-child")
    defer { removeFlatDirectory(folder) }
    let child = try ChildProcess.start(
      "/bin/sh",
      ["-c", "trap '' TERM; echo set; while :; do sleep 0.1; done"],
      output: "\(folder)/out",
    )
    let deadline = monotonicNanoseconds() + 10_000_000_000
    while try readFile("\(folder)/out", limit: 9).isEmpty, monotonicNanoseconds() < deadline {
      sleepThread(nanoseconds: 1_000_000)
    }
    #expect(child.exit == nil)
    #expect(child.terminate(withinNanoseconds: 50_000_000) == .signal(SIGKILL))
    #expect(kill(child.pid, 0) != 0)
  }

  @Test func endsAChildThatStandsStill() throws {
    let child = try ChildProcess.start("/bin/sleep", ["100"])
    child.send(.freeze)
    #expect(child.terminate() == .signal(SIGTERM))
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func theKernelEndsAChildWhenTheThreadThatMadeItEnds(signal: Int32) throws {
    let made = Mutex<Int32>(0)
    let thread = try startThread(name: "parent") {
      var arguments = [strdup("sleep"), strdup("100"), nil]
      var environment: [UnsafeMutablePointer<CChar>?] = [nil]
      made.withLock {
        $0 = CSystem_spawn("/bin/sleep", &arguments, &environment, STDERR_FILENO, signal)
      }
      arguments.forEach { free($0) }
    }
    thread.join()
    let pid = made.withLock { $0 }
    #expect(pid > 0)
    var status: Int32 = 0
    #expect(waitpid(pid, &status, 0) == pid)
    #expect(status & 0x7F == signal)
  }

  @Test func theChildGoesWithItsOwner() throws {
    var child: ChildProcess? = try ChildProcess.start("/bin/sleep", ["100"])
    let pid = try #require(child?.pid)
    child = nil
    let deadline = monotonicNanoseconds() + 10_000_000_000
    while kill(pid, 0) == 0, monotonicNanoseconds() < deadline {
      sleepThread(nanoseconds: 1_000_000)
    }
    #expect(kill(pid, 0) != 0)
  }
}
