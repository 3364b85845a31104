import Glibc
import System
import TestSupport
import Testing

/// `egtop demo`, the real program with everything that it starts.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct DemoTests {
  /// Runs the demo with its files in a folder of the test's.
  private func withDemo(_ body: (DrawnProgram, _ files: String) throws -> Void) throws {
    try withFolder { folder in
      let files = try makeTemporaryDirectory(
        prefix: "demo",
        environment: Environment(["TMPDIR": folder]),
      )
      defer { removeFlatDirectory(files) }
      let program = try DrawnProgram(["demo"], folder: folder, variables: ["TMPDIR": files])
      try body(program, files)
    }
  }

  /// Whether nothing is left of a demo: no file in its folder, no process that names it.
  private func isClean(_ files: String) -> Bool {
    holds { entries(of: files).isEmpty && processes(naming: files).isEmpty }
  }

  @Test func tellsItsStory() throws {
    try withDemo { program, files in
      // A living fleet, with all its regions, and what is not as in earnest.
      try program.expect("DEMO", "a window is 5 s", "generator", "mqtt live", "kafka live")
      try program.expect("New England", "Pacific")
      // The first alarm comes by the whole way: simulator, broker, bridge, sink, task, source.
      try program.expect("fleet 36", "refuel")
      program.type("=")
      try program.expect("mosquitto_sub -p ", "kcat -CqK: -b 127.0.0.1:", "-t EGkafka_downsampled")
      program.type("\u{1B}")
      try program.expect("last will", seconds: 60)
      program.type("q")
      #expect(try program.end() == 0)
      #expect(isClean(files))
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGKILL, SIGSEGV])
  func leavesNothingBehind(_ signal: Int32) throws {
    try withDemo { program, files in
      try program.expect("mqtt live", "generator1")
      #expect(!entries(of: files).isEmpty && !processes(naming: files).isEmpty)
      let pid = try #require(program.pid)
      kill(pid, signal)
      try program.end()
      #expect(isClean(files))
    }
  }

  @Test func leavesNothingBehindWhenTheSessionIsLost() throws {
    try withDemo { program, files in
      try program.expect("mqtt live", "generator1")
      program.terminal.hangUp()
      try program.end()
      #expect(isClean(files))
    }
  }
}

/// The names in a folder.
private func entries(of path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
      tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

/// Processes in whose command line a text is.
private func processes(naming text: String) -> [String] {
  entries(of: "/proc").filter { name in
    guard Int32(name) != nil, let bytes = try? readFile("/proc/\(name)/cmdline", limit: 1 << 20)
    else { return false }
    let words = String(decoding: bytes.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
    return words.contains(text)
  }
}
