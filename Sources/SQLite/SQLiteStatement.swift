internal import CSQLite

/// How a value is kept in a file.
public enum SQLiteStorage: Sendable {
  case null, integer, real, text, blob
}

/// A compiled statement, used by the thread of its connection.
///
/// `bind` what it needs, `step` through its rows, `reset`, and again: what was bound stays bound. Parameters count from 1,
/// columns from 0, as in SQLite.
public final class SQLiteStatement {
  private let pointer: OpaquePointer
  private let connection: SQLiteConnection

  init(_ pointer: OpaquePointer, of connection: SQLiteConnection) {
    self.pointer = pointer
    self.connection = connection
  }

  deinit {
    sqlite3_finalize(pointer)
  }

  // MARK: - Parameters

  /// Binds an integer; nil is null.
  public func bind(_ parameter: Int32, _ value: Int64?) throws(SQLiteError) {
    guard let value else { return try bindNull(parameter) }
    try connection.check(sqlite3_bind_int64(pointer, parameter, value))
  }

  /// Binds a decimal, which stays one even if it is whole; SQLite keeps NaN as null.
  public func bind(_ parameter: Int32, _ value: Double) throws(SQLiteError) {
    try connection.check(sqlite3_bind_double(pointer, parameter, value))
  }

  /// Binds a text; nil is null.
  public func bind(_ parameter: Int32, _ text: String?) throws(SQLiteError) {
    guard let text else { return try bindNull(parameter) }
    try bindText(parameter, text.utf8.span)
  }

  /// Binds bytes of UTF-8 as a text; they are copied.
  public func bindText(_ parameter: Int32, _ text: Span<UInt8>) throws(SQLiteError) {
    let code = text.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        CSQLite_bindText(pointer, parameter, $0.baseAddress ?? empty, Int32(clamping: $0.count))
      }
    }
    try connection.check(code)
  }

  /// Binds bytes as they are; nil is null, and they are copied.
  public func bind(_ parameter: Int32, bytes: [UInt8]?) throws(SQLiteError) {
    guard let bytes else { return try bindNull(parameter) }
    let code = bytes.withUnsafeBytes {
      CSQLite_bindBytes(pointer, parameter, $0.baseAddress, Int32(clamping: $0.count))
    }
    try connection.check(code)
  }

  public func bindNull(_ parameter: Int32) throws(SQLiteError) {
    try connection.check(sqlite3_bind_null(pointer, parameter))
  }

  // MARK: - Running

  /// Goes to the next row; whether there is one.
  ///
  /// Calls `sqlite3_step`.
  ///
  /// - Throws: `SQLiteError`; the statement is reset then.
  public func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(pointer)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    do throws(SQLiteError) {
      try connection.check(code)
    } catch {
      reset()
      throw error
    }
    return false
  }

  /// Runs it to its end from the beginning, and makes it ready for the next time.
  ///
  /// - Throws: `SQLiteError`.
  public func run() throws(SQLiteError) {
    while try step() {}
    reset()
  }

  /// Ends the run; columns mean nothing from here on, and the file is no longer held.
  public func reset() {
    // The code says how the last step went, which that has told already.
    sqlite3_reset(pointer)
  }

  // MARK: - Columns of the row

  /// How a column's value is kept.
  public func storage(at column: Int32) -> SQLiteStorage {
    switch sqlite3_column_type(pointer, column) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  /// An integer; 0 for null.
  public func integer(at column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

  /// A decimal; 0 for null.
  public func decimal(at column: Int32) -> Double { sqlite3_column_double(pointer, column) }

  /// A text; empty for null.
  public func text(at column: Int32) -> String {
    guard let start = sqlite3_column_text(pointer, column) else { return "" }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Lends the bytes of a text or blob; none for null.
  public func withBytes<R>(at column: Int32, _ body: (Span<UInt8>) -> R) -> R {
    let start = sqlite3_column_text(pointer, column)
    let count = start == nil ? 0 : Int(sqlite3_column_bytes(pointer, column))
    return body(UnsafeBufferPointer(start: start, count: count).span)
  }
}

/// A pointer to no bytes: SQLite takes a null pointer for a null value.
private nonisolated(unsafe) let empty: UnsafePointer<CChar> = {
  let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
  pointer.initialize(to: 0)
  return UnsafePointer(pointer)
}()
