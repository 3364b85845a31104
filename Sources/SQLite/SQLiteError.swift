internal import CSQLite

/// What SQLite refused.
public struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An extended result code of SQLite, such as 5 (`SQLITE_BUSY`) or 13 (`SQLITE_FULL`).
  public let code: Int32
  /// The library's words, taken at the failing call.
  public let text: String

  public var description: String { text }

  /// What to do about it, for a person; nil where that depends.
  public var advice: String? {
    switch code & 0xFF {
    case SQLITE_FULL: "make room on it"
    case SQLITE_BUSY, SQLITE_LOCKED: "another program writes into it"
    case SQLITE_READONLY, SQLITE_PERM: "let this user write it, and into its folder"
    case SQLITE_CORRUPT, SQLITE_NOTADB: "restore it from a copy"
    default: nil
    }
  }

  /// Another connection writes, or the disk is full: the same call may succeed later.
  public var isTemporary: Bool {
    [SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_NOMEM].contains(code & 0xFF)
  }
}
