internal import CSQLite

/// An open database file, used by one thread.
public final class SQLiteConnection {
  /// When a transaction counts as committed.
  public enum Synchronous: String, Sendable {
    /// When the disk has it: a power cut loses nothing.
    case full = "FULL"
    /// When the system has it: a power cut may lose the newest transactions, and nothing else.
    case normal = "NORMAL"
  }

  let pointer: OpaquePointer

  /// Opens a file, making it if it is not there; nothing is written to it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - busyMilliseconds: How long a call waits for another connection's transaction.
  /// - Throws: `SQLiteError` when the file cannot be opened.
  public init(_ path: String, busyMilliseconds: Int32 = 5000) throws(SQLiteError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let text = opened.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      sqlite3_close_v2(opened)
      throw SQLiteError(code: code, text: text ?? "no memory to open it")
    }
    pointer = opened
    sqlite3_extended_result_codes(opened, 1)
    sqlite3_busy_timeout(opened, busyMilliseconds)
  }

  deinit {
    // Statements hold the connection, so none is left.
    sqlite3_close_v2(pointer)
  }

  /// Keeps changes in a log beside the file from now on, so that readers and a writer do not wait for each other.
  ///
  /// - Throws: `SQLiteError`; also when the file is where no such log can be, as on a network share.
  public func useWriteAheadLog(_ synchronous: Synchronous = .full) throws(SQLiteError) {
    var tries = 0
    while true {
      do throws(SQLiteError) {
        try setWriteAheadLog()
        break
      } catch {
        // SQLite does not wait by itself here when another connection does the same.
        tries += 1
        guard error.isTemporary, tries < 100 else { throw error }
        sqlite3_sleep(20)
      }
    }
    try execute("PRAGMA synchronous = \(synchronous.rawValue)")
  }

  private func setWriteAheadLog() throws(SQLiteError) {
    let statement = try prepare("PRAGMA journal_mode = WAL")
    defer { statement.reset() }
    guard try statement.step(), statement.text(at: 0) == "wal" else {
      throw SQLiteError(code: SQLITE_CANTOPEN, text: "no write-ahead log can be kept for this file")
    }
  }

  /// Runs statements that have no parameters and whose rows nobody wants.
  ///
  /// Calls `sqlite3_exec`.
  ///
  /// - Throws: `SQLiteError` of the first that fails; the ones before it have run.
  public func execute(_ sql: String) throws(SQLiteError) {
    try check(sqlite3_exec(pointer, sql, nil, nil, nil))
  }

  /// Compiles one statement, to be run any number of times.
  ///
  /// Calls `sqlite3_prepare_v3`.
  ///
  /// - Throws: `SQLiteError` when it is no SQL or names what is not there.
  public func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
    var compiled: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    try check(sqlite3_prepare_v3(pointer, sql, -1, flags, &compiled, nil))
    guard let compiled else { throw SQLiteError(code: SQLITE_ERROR, text: "an empty statement") }
    return SQLiteStatement(compiled, of: self)
  }

  /// Runs `body` in a transaction that no other writer can come between; undone when `body` throws.
  ///
  /// - Throws: `SQLiteError` of `body` or of the commit; nothing of the transaction is in the file then.
  public func transaction<R>(_ body: () throws(SQLiteError) -> R) throws(SQLiteError) -> R {
    try execute("BEGIN IMMEDIATE")
    do throws(SQLiteError) {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Runs `body` on the file as it is now, whatever others write meanwhile.
  ///
  /// - Throws: `SQLiteError` of `body`.
  public func snapshot<R>(_ body: () throws(SQLiteError) -> R) throws(SQLiteError) -> R {
    try execute("BEGIN")
    defer { rollBack() }
    return try body()
  }

  /// Rows that the last statement inserted, changed or deleted.
  public var changes: Int { Int(sqlite3_changes(pointer)) }

  /// The number of the row that was inserted last.
  public var lastRow: Int64 { sqlite3_last_insert_rowid(pointer) }

  /// A failed statement may have ended the transaction already, and then there is nothing to undo.
  private func rollBack() {
    if sqlite3_get_autocommit(pointer) == 0 { sqlite3_exec(pointer, "ROLLBACK", nil, nil, nil) }
  }

  /// Throws for every code but that of success: the one place that looks for it.
  func check(_ code: Int32) throws(SQLiteError) {
    guard code != SQLITE_OK else { return }
    let text = sqlite3_errmsg(pointer).map { String(cString: $0) } ?? "SQLite error"
    throw SQLiteError(code: code, text: text)
  }
}
