import Glibc
import System
import TestSupport
import Testing

/// A terminal in a tmux of our own, on a private socket; it ends with this object and with this process.
final class TmuxTerminal {
  /// The path of tmux; nil where it is not installed.
  static let program = Environment.current().executable("tmux")

  private let folder: String
  private let server: ChildProcess
  private let environment: Environment

  private static let socket = "smoke"

  /// Starts a terminal that runs a shell command.
  ///
  /// - Parameters:
  ///   - columns: its width in cells.
  ///   - rows: its height in cells.
  ///   - variables: added to the command's environment.
  ///   - command: given to `sh`; the terminal stays as it is left when the command ends.
  ///   - folder: an existing folder for its socket.
  /// - Throws: when tmux does not start.
  init(
    columns: Int,
    rows: Int,
    variables: [String: String],
    _ command: String,
    folder: String,
  ) throws {
    let program = try #require(Self.program)
    var environment = Environment.current()
    environment.values["TMUX_TMPDIR"] = folder
    environment.values["LC_ALL"] = "C.UTF-8"
    environment.values["TMUX"] = nil
    // Variables of whoever runs the tests must not configure the program.
    for name in environment.values.keys where name.hasPrefix("EGTOP_") || name == "NO_COLOR" {
      environment.values[name] = nil
    }
    environment.values["XDG_CONFIG_HOME"] = folder
    environment.values["XDG_STATE_HOME"] = folder
    self.folder = folder
    self.environment = environment
    let arguments = ["-L", Self.socket, "-f", "/dev/null", "-u", "-D"]
    server = try ChildProcess.start(program, arguments, environment: environment)
    let server = server
    let isListening = try holds {
      try tmux(["set-option", "-g", "remain-on-exit", "on"]).code == 0 || server.exit != nil
    }
    try #require(isListening && server.exit == nil, "tmux did not start")
    let size = ["-x", "\(columns)", "-y", "\(rows)"]
    let additions = variables.sorted { $0.key < $1.key }.flatMap {
      ["-e", "\($0.key)=\($0.value)"]
    }
    _ = try tmux(["set-option", "-g", "status", "off"])
    _ = try tmux(["set-option", "-g", "default-terminal", "screen-256color"])
    _ = try tmux(["set-option", "-g", "escape-time", "0"])
    let session = ["new-session", "-d", "-s", "main"] + size + additions
    let made = try tmux(session + ["sh", "-c", command])
    try #require(made.code == 0, "tmux: \(made.text)")
  }

  deinit {
    _ = try? tmux(["kill-server"])
    server.terminate()
    removeFlatDirectory(socketFolder)
  }

  /// tmux makes a folder for its sockets, named for the user.
  private var socketFolder: String { "\(folder)/tmux-\(getuid())" }

  /// What can be read on the screen, a line for each row.
  var text: String {
    get throws { try tmux(["capture-pane", "-p", "-t", "main"]).text }
  }

  /// The modes that a program can leave behind, in one line: cursor, alternate screen, mouse, keypad, paste.
  var modes: String {
    get throws {
      let names = ["cursor_flag", "alternate_on", "mouse_any_flag", "keypad_cursor_flag"]
      let format = names.map { "\($0)=#{\($0)}" }.joined(separator: " ")
      let result = try tmux(["display-message", "-p", "-t", "main", format])
      return result.text.split(separator: "\n").first.map(String.init) ?? ""
    }
  }

  /// Presses keys by tmux's names: `q`, `Escape`, `C-z`.
  func press(_ keys: String...) throws {
    let result = try tmux(["send-keys", "-t", "main"] + keys)
    try #require(result.code == 0, "tmux: \(result.text)")
  }

  /// Types text as it is.
  func type(_ text: String) throws {
    let result = try tmux(["send-keys", "-t", "main", "-l", text])
    try #require(result.code == 0, "tmux: \(result.text)")
  }

  func resize(columns: Int, rows: Int) throws {
    _ = try tmux(["resize-window", "-t", "main", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Waits until the screen shows all of the words, or does not show them; fails with the screen as it is.
  func expect(
    _ words: String...,
    isShown: Bool = true,
    seconds: Int64 = 30,
    sourceLocation: SourceLocation = #_sourceLocation,
  ) throws {
    var last = ""
    let isMet = try holds(within: seconds) {
      last = try text
      return words.allSatisfy { last.contains($0) == isShown }
    }
    let wish = isShown ? "not shown" : "still shown"
    #expect(isMet, "\(wish): \(words) on\n\(last)", sourceLocation: sourceLocation)
  }

  private func tmux(_ arguments: [String]) throws -> ToolResult {
    let program = try #require(Self.program)
    // -N: never starts a server of its own, which would outlive us.
    return try runTool(
      program,
      ["-L", Self.socket, "-N"] + arguments,
      environment: environment,
      folder: folder,
    )
  }
}
