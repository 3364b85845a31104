internal import Glibc

/// What the first bytes of a file say of it, read without opening it as a database.
///
/// To look into a file by SQLite may change it: a transaction that was cut off is undone then.
public enum SQLiteHeader: Equatable, Sendable {
  /// There is no such file, or nothing in it: a new database.
  case absent
  /// A database, with the numbers that its program has given it.
  case database(application: Int32, version: Int32)
  /// Something else, or a file that cannot be read.
  case other

  /// Reads the first 100 bytes (SQLite's file format, section 1.3).
  public init(of path: String) {
    // Nothing but a plain file, and nobody is waited for at the end of a pipe.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      self = errno == ENOENT ? .absent : .other
      return
    }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      self = .other
      return
    }
    var bytes = [UInt8](repeating: 0, count: 100)
    var count = 0
    while count < bytes.count {
      let more = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
      }
      if more < 0, errno == EINTR { continue }
      if more <= 0 { break }
      count += more
    }
    guard count > 0 else {
      self = .absent
      return
    }
    guard count == bytes.count, bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
      self = .other
      return
    }
    self = .database(application: number(bytes[68..<72]), version: number(bytes[60..<64]))
  }
}

private func number(_ bytes: ArraySlice<UInt8>) -> Int32 {
  Int32(truncatingIfNeeded: bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
}
