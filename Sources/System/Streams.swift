internal import Glibc

/// A file that is written from beginning to end.
///
/// One thread uses it at a time.
public final class OutputFile {
  private let descriptor: Int32

  /// Creates the file, which must not be there yet; nobody else may read it.
  public init(path: String) throws(SystemError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError("cannot create \(path)") }
  }

  deinit { close(descriptor) }

  /// Writes all of `bytes`.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    guard let failure = writeAll(bytes, to: descriptor) else { return }
    throw SystemError(action: "cannot write", code: failure)
  }
}

/// Writes `text` to standard output or standard error, all of it, as far as somebody reads it and until the program is told
/// to end.
public func writeText(_ text: String, toError: Bool = false) {
  var entry = pollfd(
    fd: toError ? STDERR_FILENO : STDOUT_FILENO,
    events: Int16(POLLOUT),
    revents: 0
  )
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    guard poll(&entry, 1, 100) > 0 else {
      if isToldToEnd() { return }
      continue
    }
    // A pipe that has room takes so many bytes without waiting for more.
    let portion = rest.prefix(Int(PIPE_BUF))
    let count = portion.withUnsafeBytes { write(entry.fd, $0.baseAddress, $0.count) }
    if count >= 0 {
      rest = rest.dropFirst(count)
    } else if errno != EINTR, errno != EAGAIN {
      return
    }
  }
}

/// The lines of a text file, one after the other.
///
/// One thread uses it at a time.
public final class LineReader {
  private let descriptor: Int32
  private let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// Opens the file; a line of more than `limit` bytes is an error.
  public init(path: String, limit: Int) throws(SystemError) {
    self.limit = limit
    descriptor = try openFile(path)
  }

  deinit { close(descriptor) }

  /// The next line without its end; nil behind the last one.
  public func next() throws(SystemError) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return Array(buffer[start...])
      }
      buffer.removeFirst(start)
      searched = buffer.count
      start = 0
      guard buffer.count <= limit else {
        throw SystemError(action: "cannot read a line", code: E2BIG)
      }
      try fill()
    }
  }

  private func fill() throws(SystemError) {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { return }
      throw SystemError("cannot read")
    }
    isAtEnd = count == 0
    buffer.append(contentsOf: chunk[0..<count])
  }
}
