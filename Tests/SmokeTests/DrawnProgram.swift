import Glibc
import MQTT
import System
import TestSupport
import Testing

/// The built egtop on a terminal of its own, whose every byte is kept and drawn; it ends with this object.
final class DrawnProgram {
  /// Present on every Linux; gives the program a session, so that the terminal is its controlling one.
  static let starter = Environment.current().executable("setsid")

  let terminal: PseudoTerminal
  /// What the bytes draw.
  private(set) var screen: VirtualTerminal
  /// All bytes that came so far.
  private(set) var written: [UInt8] = []
  /// The terminal's settings before the program began.
  let settingsBefore: [UInt8]
  private let child: ChildProcess
  private let pidFile: String

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - words: the program's arguments.
  ///   - columns: the terminal's width in cells.
  ///   - rows: its height in cells.
  ///   - folder: an existing folder; the configuration is looked for in it.
  ///   - variables: more of its environment.
  /// - Throws: when there is no terminal to be had or the program cannot be run.
  init(
    _ words: [String],
    columns: Int = 120,
    rows: Int = 40,
    folder: String,
    variables: [String: String] = [:],
  ) throws {
    terminal = try #require(PseudoTerminal(width: columns, height: rows))
    screen = VirtualTerminal(width: columns, height: rows)
    settingsBefore = terminal.settings
    pidFile = folder + "/pid" + randomBytes(count: 4).map { String($0, radix: 16) }.joined()
    let inner = #"ulimit -c 0; echo $$ >"$0"; exec "$@""#
    let outer = #"tty=$1; shift; exec setsid -c -w sh -c "$@" <"$tty" >"$tty" 2>&1"#
    child = try ChildProcess.start(
      "/bin/sh",
      ["-c", outer, "sh", terminal.path, inner, pidFile, BuiltPrograms.egtop] + words,
      environment: Self.environment(folder, variables),
    )
  }

  deinit {
    terminal.hangUp()
    if child.wait(timeoutNanoseconds: 10_000_000_000) == nil, let pid { kill(pid, SIGKILL) }
  }

  /// Ours, without what would configure the program.
  private static func environment(
    _ folder: String,
    _ variables: [String: String],
  ) -> Environment {
    var environment = Environment.current()
    let names = ["NO_COLOR", "COLUMNS", "LINES", "TMUX", "STY"]
    for name in environment.values.keys where name.hasPrefix("EGTOP_") || names.contains(name) {
      environment.values[name] = nil
    }
    environment.values["TERM"] = "xterm-256color"
    environment.values["LC_ALL"] = "C.UTF-8"
    environment.values["XDG_CONFIG_HOME"] = folder
    environment.values["XDG_STATE_HOME"] = folder
    environment.values.merge(variables) { $1 }
    return environment
  }

  /// The number of its process; nil before it runs.
  var pid: Int32? {
    let bytes = (try? readFile(pidFile, limit: 100)) ?? []
    return Int32(String(decoding: bytes.prefix { $0 > 32 }, as: UTF8.self))
  }

  /// Its exit code, 128 and more (or another that is not 0) for a signal; nil while it runs.
  var code: Int32? {
    guard case .code(let code) = child.exit else { return nil }
    return code
  }

  /// The screen's rows, one a line, after all that has been written.
  var text: String {
    takeOutput()
    return screen.text.joined(separator: "\n")
  }

  /// Reads and draws what was written since.
  func takeOutput() {
    let bytes = terminal.read()
    written += bytes
    screen.feed(bytes)
  }

  func type(_ keys: String) { terminal.type(keys) }

  /// Waits until the screen shows all of the words, or none of them; fails with the screen as it is.
  func expect(
    _ words: String...,
    isShown: Bool = true,
    seconds: Int64 = 30,
    sourceLocation: SourceLocation = #_sourceLocation,
  ) throws {
    var last = ""
    let isMet = holds(within: seconds) {
      last = text
      return words.allSatisfy { last.contains($0) == isShown } || child.exit != nil
    }
    let isTrue = isMet && words.allSatisfy { last.contains($0) == isShown }
    let wish = isShown ? "not shown" : "still shown"
    try #require(isTrue, "\(wish): \(words) on\n\(last)", sourceLocation: sourceLocation)
  }

  /// The number after a label of the status page, which is to be open; nil if it is not there.
  func figure(_ label: String) -> Int? {
    let line = text.split(separator: "\n").first { $0.contains(" \(label)  ") }
    guard let rest = line?.split(separator: " ").drop(while: { !$0.hasSuffix(label) }).dropFirst()
    else { return nil }
    return rest.first.flatMap { Int($0.filter { $0.isASCII && $0.isNumber }) }
  }

  /// Waits until a figure of the status page has a value.
  func expect(
    _ label: String,
    _ value: Int,
    sourceLocation: SourceLocation = #_sourceLocation,
  ) throws {
    let isMet = holds { figure(label) == value }
    try #require(isMet, "\(label) is not \(value) on\n\(text)", sourceLocation: sourceLocation)
  }

  /// Presses Ctrl-C, which ends the program whatever is open, and waits for its end.
  @discardableResult
  func quit(sourceLocation: SourceLocation = #_sourceLocation) throws -> Int32 {
    type("\u{3}")
    return try end(sourceLocation: sourceLocation)
  }

  /// Waits for the program's end and takes what it wrote last.
  @discardableResult
  func end(sourceLocation: SourceLocation = #_sourceLocation) throws -> Int32 {
    let hasEnded = holds {
      takeOutput()
      return child.exit != nil
    }
    try #require(hasEnded, "egtop does not end:\n\(text)", sourceLocation: sourceLocation)
    takeOutput()
    return try #require(code, sourceLocation: sourceLocation)
  }
}

/// A client of a mosquitto of ours.
final class Publisher {
  private let client: MQTTClient

  init(port: Int) throws {
    client = try MQTTClient(MQTTOptions(host: "127.0.0.1", port: port))
    try client.connect()
    try run { $0.isConnected }
  }

  /// Publishes and waits until the broker has it.
  func publish(_ payload: [UInt8], to topic: String, retain: Bool = false) throws {
    try client.publish(payload, to: topic, qos: 1, retain: retain)
    try run { $0.acknowledgedCount == $0.publishedCount }
  }

  func publish(_ text: String, to topic: String, retain: Bool = false) throws {
    try publish(Array(text.utf8), to: topic, retain: retain)
  }

  private func run(until isDone: (MQTTClient) -> Bool) throws {
    let deadline = monotonicNanoseconds() + 20_000_000_000
    while !isDone(client) {
      try #require(monotonicNanoseconds() < deadline)
      _ = try client.poll(timeoutNanoseconds: 20_000_000) { _, _, _ in }
    }
  }
}
