internal import CSystem
internal import Glibc

/// The terminal on a descriptor of our own that never blocks.
///
/// The shell's descriptors share their flags with other programs, so they are left alone. One object at a time:
/// what restores the terminal is kept in one place for the process, where the handler of a crash finds it.
public final class TerminalDescriptor {
  /// What a read or a write came to.
  public enum Transfer: Equatable, Sendable {
    case bytes(Int)
    /// Nothing now; wait with poll.
    case wouldBlock
    /// The terminal is gone: end of file, `EIO`, or any other error.
    case hangup
  }

  /// For poll; owned by this object.
  public let descriptor: Int32
  private var stray: StrayOutput?

  /// Opens `path`; by default the controlling terminal, else the one of the standard output or input.
  ///
  /// - Throws: `SystemError` when there is no terminal.
  public init(path: String? = nil) throws(SystemError) {
    var opened: Int32 = -1
    for candidate in path.map({ [$0] }) ?? ["/dev/tty"] + Self.standardTerminals() {
      opened = open(candidate, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
      if opened >= 0 { break }
    }
    guard opened >= 0 else { throw SystemError("cannot open the terminal") }
    guard isatty(opened) == 1 else {
      close(opened)
      throw SystemError(action: "cannot open the terminal", code: ENOTTY)
    }
    descriptor = opened
  }

  deinit {
    CSystem_forgetTerminal()
    stray?.close()
    close(descriptor)
  }

  private static func standardTerminals() -> [String] {
    [STDOUT_FILENO, STDIN_FILENO].compactMap { number in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        guard let base = buffer.baseAddress, ttyname_r(number, base, buffer.count) == 0 else {
          return nil
        }
        return String(cString: base)
      }
    }
  }

  /// Columns and rows; nil when the terminal does not know them.
  public var size: (width: Int, height: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Bytes that were written and are not sent yet, as far as the device tells: a pseudo-terminal does not.
  public var unsentBytes: Int {
    var count: Int32 = 0
    return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? Int(count) : 0
  }

  /// Whether our job is the one in the foreground of the terminal; true where there is no job control.
  public var isForeground: Bool {
    let group = tcgetpgrp(descriptor)
    return group < 0 || group == getpgrp()
  }

  /// Turns off echo, lines, signals from keys and every translation; keeps standard error off the screen.
  ///
  /// From now on `restoring` and the modes from before are what `restore` brings back, and a crash or another signal that
  /// ends the program, unless somebody takes it.
  ///
  /// - Throws: `SystemError` when the terminal refuses.
  public func makeRaw(restoring: [UInt8]) throws(SystemError) {
    guard CSystem_makeRaw(descriptor) == 0 else { throw SystemError("cannot set the terminal") }
    if stray == nil { stray = StrayOutput() }
    stray?.begin()
    CSystem_armTerminal(
      descriptor,
      restoring,
      Int32(restoring.count),
      stray?.reader ?? -1,
      stray?.realError ?? -1
    )
  }

  /// Puts the terminal back as it was before `makeRaw`, which may be called again.
  ///
  /// - Parameter limit: How long to wait for a terminal that takes nothing, in milliseconds.
  public func restore(withinMilliseconds limit: Int32 = 500) {
    CSystem_restoreTerminal(limit)
    stray?.end()
  }

  /// What libraries wrote to standard error since the last call; at most 64 kB, more is dropped.
  public func takeStrayOutput() -> [UInt8] { stray?.takeBytes() ?? [] }

  /// Reads what is there, at most `buffer.count` bytes, into the start of `buffer`.
  public func read(into buffer: inout [UInt8]) -> Transfer {
    let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { return .bytes(count) }
    return count < 0 && Self.isTemporary(errno) ? .wouldBlock : .hangup
  }

  /// Writes as much of `bytes` as the terminal takes, with one `write(2)`.
  public func write(_ bytes: ArraySlice<UInt8>) -> Transfer {
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 { return count == 0 ? .wouldBlock : .bytes(count) }
    return Self.isTemporary(errno) ? .wouldBlock : .hangup
  }

  /// Writes all of `bytes`, but waits no longer than this for a terminal that does not take them.
  public func writeAll(_ bytes: [UInt8], withinMilliseconds limit: Int64) {
    let deadline = monotonicNanoseconds() + limit * 1_000_000
    var rest = bytes[...]
    var poll = Poll()
    while !rest.isEmpty, monotonicNanoseconds() < deadline {
      switch write(rest) {
      case .bytes(let count): rest = rest.dropFirst(count)
      case .hangup: return
      case .wouldBlock:
        poll.removeAll()
        poll.add(descriptor, .write)
        _ = try? poll.wait(timeoutNanoseconds: 50_000_000)
      }
    }
  }

  private static func isTemporary(_ code: Int32) -> Bool {
    code == EAGAIN || code == EWOULDBLOCK || code == EINTR
  }
}

/// Standard error turned into a pipe while a screen is open, where it was the terminal before.
private struct StrayOutput {
  let reader: Int32
  private let writer: Int32
  /// Standard error as it was.
  let realError: Int32
  private var isOn = false

  /// Nil when standard error is no terminal, and so cannot disturb the screen.
  init?() {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    var ends: [Int32] = [-1, -1]
    let copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0, CSystem_strayPipe(&ends) == 0 else { return nil }
    (reader, writer) = (ends[0], ends[1])
    realError = copy
  }

  mutating func begin() {
    guard !isOn else { return }
    isOn = dup2(writer, STDERR_FILENO) >= 0
  }

  mutating func end() {
    guard isOn else { return }
    dup2(realError, STDERR_FILENO)
    isOn = false
  }

  mutating func close() {
    end()
    for descriptor in [reader, writer, realError] { Glibc.close(descriptor) }
  }

  func takeBytes() -> [UInt8] {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = chunk.withUnsafeMutableBytes { Glibc.read(reader, $0.baseAddress, $0.count) }
    return count > 0 ? Array(chunk[..<count]) : []
  }
}

/// A file in memory to write to and read back from, without a name; the caller closes it.
///
/// Calls `memfd_create`.
///
/// - Throws: `SystemError` when the system has none left.
public func openMemoryFile(named name: String) throws(SystemError) -> Int32 {
  let descriptor = CSystem_memoryFile(name)
  guard descriptor >= 0 else { throw SystemError("memfd_create") }
  return descriptor
}

/// Stops this job as Ctrl-Z would, and returns when it is continued.
///
/// Where nobody could continue it, the kernel does not stop it, and this returns at once.
public func stopUntilContinued() {
  CSystem_stopUntilContinued()
}
