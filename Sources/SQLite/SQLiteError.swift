internal import CSQLite

/// What SQLite refused.
public struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An extended result code of SQLite, such as 5 (`SQLITE_BUSY`) or 13 (`SQLITE_FULL`).
  public let code: Int32
  /// The library's words, taken at the failing call.
  public let text: String

  public var description: String { text }

  /// Another connection writes, or the disk is full: the same call may succeed later.
  public var isTemporary: Bool {
    [SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_NOMEM].contains(code & 0xFF)
  }
}
