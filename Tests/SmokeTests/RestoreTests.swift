import Glibc
import System
import TestSupport
import Testing

private let hasTmux = TmuxTerminal.program != nil

/// The terminal is as it was, however the program ends.
@Suite(.enabled(if: hasTmux, "tmux is not installed"), .serialized, .timeLimit(.minutes(20)))
struct RestoreTests {
  /// How a run is ended.
  enum Ending: CaseIterable {
    case key, interrupt, terminate, hangUp, crash, crashOfAFeed
  }

  /// Runs the program between two looks at the terminal's settings.
  private static func script(_ folder: String) -> String {
    """
    cd '\(folder)'
    # An interrupt is for the program alone.
    trap : INT
    stty -a >before
    sh -c 'echo $$ >pid; exec \(BuiltPrograms.egtop)'
    echo $? >code.new
    mv code.new code
    stty -a >after
    echo back again
    exec sleep 600
    """
  }

  @Test(arguments: Ending.allCases)
  func theTerminalIsLeftAsItWas(_ ending: Ending) throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder)
      let terminal = try TmuxTerminal(
        columns: 100,
        rows: 30,
        variables: brokers.variables.merging(["EGTOP_MOUSE": "true"]) { $1 },
        "stty -a >'\(folder)/fresh'; " + Self.script(folder),
        folder: folder,
      )
      try terminal.expect("generator1")
      let pid = try #require(Int32(try Self.read("\(folder)/pid")))
      #expect(try terminal.modes.contains("mouse_any_flag=1"))
      switch ending {
      case .key: try terminal.press("q")
      case .interrupt: try terminal.press("C-c")
      case .terminate: kill(pid, SIGTERM)
      case .hangUp: kill(pid, SIGHUP)
      case .crash: kill(pid, SIGSEGV)
      case .crashOfAFeed: try Self.send(SIGSEGV, toThread: "kafka", of: pid)
      }
      try terminal.expect("back again")
      try terminal.expect("generator1", isShown: false)
      #expect(
        try terminal.modes == "cursor_flag=1 alternate_on=0 mouse_any_flag=0 keypad_cursor_flag=0"
      )
      #expect(try Self.read("\(folder)/after") == Self.read("\(folder)/before"))
      let code = try Self.read("\(folder)/code")
      switch ending {
      case .key, .interrupt: #expect(code == "0")
      case .terminate, .hangUp: #expect(["0", "129", "143"].contains(code))
      case .crash, .crashOfAFeed: #expect(code == "139")
      }
    }
  }

  @Test
  func theShellHasTheTerminalWhileTheProgramIsSuspended() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder)
      let terminal = try TmuxTerminal(
        columns: 100,
        rows: 30,
        variables: brokers.variables.merging(["PS1": "prompt> "]) { $1 },
        "exec bash --noprofile --norc -i",
        folder: folder,
      )
      try terminal.expect("prompt>")
      try terminal.type("stty -a >'\(folder)/before'; clear; '\(BuiltPrograms.egtop)'")
      try terminal.press("Enter")
      try terminal.expect("generator1")
      for keys in [["C-z"], ["C-z"]] {
        try terminal.press(keys[0])
        try terminal.expect("Stopped")
        #expect(try terminal.modes.hasPrefix("cursor_flag=1 alternate_on=0"))
        try terminal.type("stty -a >'\(folder)/after'; clear")
        try terminal.press("Enter")
        #expect(holds { fileExists("\(folder)/after") })
        try terminal.expect("Stopped", isShown: false)
        try terminal.type("fg")
        try terminal.press("Enter")
        try terminal.expect("generator1")
      }
      try terminal.press("q")
      try terminal.expect("prompt>")
      #expect(try Self.read("\(folder)/after") == Self.read("\(folder)/before"))
    }
  }

  /// Sends a signal to the thread of a process that has a name; by `tgkill`, which Swift does not import.
  private static func send(_ signal: Int32, toThread name: String, of pid: Int32) throws {
    typealias Kill = @convention(c) (Int32, Int32, Int32) -> Int32
    let threads = "/proc/\(pid)/task"
    let number = try fileNames(in: threads).first { try read("\(threads)/\($0)/comm") == name }
    let thread = try #require(number.flatMap { Int32($0) })
    let kill = try #require(dlsym(nil, "tgkill").map { unsafeBitCast($0, to: Kill.self) })
    #expect(kill(pid, thread, signal) == 0)
  }

  private static func read(_ path: String) throws -> String {
    let text = String(decoding: try readFile(path, limit: 1 << 16), as: UTF8.self)
    return text.split(separator: "\n").joined(separator: "\n")
  }
}
