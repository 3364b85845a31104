internal import Glibc
internal import Synchronization
internal import Wording

/// A log of `key=value` lines with times in UTC, to a file or the standard error; never onto the screen.
///
/// One message text says one kind of thing, and what varies goes into fields: each text has its own allowance of lines,
/// and what goes beyond it is counted and told with the next line of that text. Any thread may write.
public final class Log: Sendable {
  /// How much a line matters.
  public enum Level: Comparable, CaseIterable, Sendable {
    case debug, info, warning, error

    /// The word for it in lines and in options.
    ///
    /// Not found by reflection: every start asks for it.
    public var name: String {
      switch self {
      case .debug: "debug"
      case .info: "info"
      case .warning: "warning"
      case .error: "error"
      }
    }

    /// The level of that name; nil for any other word.
    public init?(name: String) {
      guard let found = Level.allCases.first(where: { $0.name == name }) else { return nil }
      self = found
    }
  }

  /// Where lines go.
  public enum Destination: Equatable, Sendable {
    case nowhere
    case standardError
    /// Appended to; made with mode 0600 if it is not there.
    case file(String)
  }

  /// The two clocks a line needs, so that a test can turn them.
  public struct Clock: Sendable {
    let monotonic: @Sendable () -> Int64
    let wall: @Sendable () -> Int64

    /// The clocks of the system.
    public static let system = Clock(monotonic: monotonicNanoseconds, wall: wallNanoseconds)
  }

  /// Lines of a lower level are dropped.
  public let level: Level
  private let clock: Clock
  private let descriptor: Int32
  private let allowances = Mutex(LogAllowances())
  /// Lines that nobody took at the other end of a pipe or a terminal, since the last that somebody did.
  private let untaken = Mutex(0)

  /// - Throws: `SystemError` when the file cannot be opened.
  public init(
    to destination: Destination,
    level: Level = .info,
    clock: Clock = .system,
  ) throws(SystemError) {
    self.level = level
    self.clock = clock
    switch destination {
    case .nowhere: descriptor = -1
    case .standardError: descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    case .file(let path):
      descriptor = try Self.open(path)
    }
  }

  /// A plain file, or one of the two devices that wait for nobody.
  private static func open(_ path: String) throws(SystemError) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY
    // A pipe that nobody reads would be waited for.
    let descriptor = Glibc.open(path, flags | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw SystemError("cannot open \(path)") }
    let isDevice = ["/dev/null", "/dev/stderr"].contains(path)
    do throws(SystemError) {
      try checkFile(descriptor, path, accepts: isDevice ? [S_IFCHR, S_IFIFO, S_IFSOCK] : [])
    } catch {
      Glibc.close(descriptor)
      throw error
    }
    _ = fcntl(descriptor, F_SETFL, O_APPEND)
    return descriptor
  }

  /// A log that drops everything.
  public init() {
    level = .error
    clock = .system
    descriptor = -1
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  public var info: Writer { Writer(log: self, level: .info) }
  public var warning: Writer { Writer(log: self, level: .warning) }
  public var error: Writer { Writer(log: self, level: .error) }

  /// Writes lines of one level: `log.warning("settings", ["text": text])`.
  public struct Writer {
    fileprivate let log: Log
    fileprivate let level: Level

    public func callAsFunction(
      _ message: StaticString,
      _ fields: @autoclosure () -> KeyValuePairs<String, String> = [:],
    ) {
      log.write(level, message, fields)
    }
  }

  /// Writes one line if the level is on and the message has not used up its allowance.
  public func write(
    _ level: Level,
    _ message: StaticString,
    _ fields: () -> KeyValuePairs<String, String>,
  ) {
    guard descriptor >= 0, level >= self.level else { return }
    let text = message.description
    let now = clock.monotonic()
    guard let suppressed = allowances.withLock({ $0.admit(text, at: now) }) else { return }
    var line = "time=\(CivilTime(wall: clock.wall()).rfc3339) level=\(level.name)"
    line += " message=\(logValue(text))"
    for (key, value) in fields() { line += " \(key)=\(logValue(value))" }
    if suppressed > 0 { line += " suppressed=\(suppressed)" }
    append(line)
  }

  /// Writes a line, in one call so that lines of several threads do not mix, unless it would have to be waited for.
  ///
  /// A full disk, a pipe that nobody reads and a terminal that was stopped must not stop the program.
  private func append(_ line: String) {
    untaken.withLock { untaken in
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard poll(&entry, 1, untaken > 0 ? 0 : Self.patience) != 0 else {
        untaken += 1
        return
      }
      let text = untaken > 0 ? "\(line) untaken=\(untaken)" : line
      untaken = 0
      // A pipe that is not full takes so many bytes at once.
      let bytes = Array(text.utf8.prefix(Int(PIPE_BUF) - 1)) + [UInt8(ascii: "\n")]
      _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
  }

  /// How long a reader may take to make room for a line, in milliseconds.
  private static let patience: Int32 = 500
}

/// How many lines each message may still write.
struct LogAllowances {
  /// Lines of one message within one window.
  static let linesPerWindow = 10
  static let windowNanoseconds: Int64 = 10_000_000_000

  private struct Window {
    var start: Int64
    var lines: Int
    var suppressed: Int
  }

  private var windows: [String: Window] = [:]

  /// Nil when the message has to be dropped; else how many of its lines were dropped since its last one.
  mutating func admit(_ message: String, at now: Int64) -> Int? {
    guard var window = windows[message] else {
      windows[message] = Window(start: now, lines: 1, suppressed: 0)
      return 0
    }
    defer { windows[message] = window }
    if now - window.start >= Self.windowNanoseconds {
      window.start = now
      window.lines = 0
    }
    guard window.lines < Self.linesPerWindow else {
      window.suppressed += 1
      return nil
    }
    window.lines += 1
    defer { window.suppressed = 0 }
    return window.suppressed
  }
}
