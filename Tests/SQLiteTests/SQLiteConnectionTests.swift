import SQLite
import System
import Testing

struct SQLiteConnectionTests {
  private func withFile<R>(_ body: (String) throws -> R) throws -> R {
    let folder = try makeTemporaryDirectory(prefix: "sqlite-test")
    defer { removeFlatDirectory(folder) }
    return try body("\(folder)/a.db")
  }

  private func count(_ connection: SQLiteConnection) throws -> Int64 {
    let statement = try connection.prepare("SELECT count(*) FROM t")
    defer { statement.reset() }
    #expect(try statement.step())
    return statement.integer(at: 0)
  }

  @Test func keepsEachValueAsItWasBound() throws {
    try withFile { path in
      let connection = try SQLiteConnection(path)
      try connection.execute("CREATE TABLE t (a, b, c, d, e, f)")
      let insert = try connection.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)")
      try insert.bind(1, Int64.max)
      try insert.bind(2, 40.0)
      try insert.bind(3, "wörd\0s")
      try insert.bindText(4, Array("bytes".utf8).span)
      try insert.bind(5, nil as Int64?)
      try insert.bind(6, "")
      try insert.run()
      #expect(connection.lastRow == 1)
      let select = try connection.prepare("SELECT * FROM t")
      #expect(try select.step())
      #expect(
        (0..<6).map(select.storage) == [.integer, .real, .text, .text, .null, .text]
      )
      #expect(select.integer(at: 0) == .max)
      #expect(select.decimal(at: 1) == 40)
      #expect(select.text(at: 2) == "wörd\0s")
      #expect(select.withBytes(at: 3) { $0.count } == 5)
      #expect(select.text(at: 4) == "")
      #expect(try !select.step())
    }
  }

  @Test func undoesATransactionThatThrows() throws {
    try withFile { path in
      let connection = try SQLiteConnection(path)
      try connection.execute("CREATE TABLE t (a UNIQUE)")
      try connection.transaction { () throws(SQLiteError) in
        try connection.execute("INSERT INTO t VALUES (1)")
      }
      #expect(throws: SQLiteError.self) {
        try connection.transaction { () throws(SQLiteError) in
          try connection.execute("INSERT INTO t VALUES (2)")
          try connection.execute("INSERT INTO t VALUES (1)")
        }
      }
      #expect(try count(connection) == 1)
    }
  }

  @Test func letsOthersReadWhileItWrites() throws {
    try withFile { path in
      let writer = try SQLiteConnection(path, busyMilliseconds: 1)
      try writer.useWriteAheadLog()
      try writer.execute("CREATE TABLE t (a)")
      let other = try SQLiteConnection(path, busyMilliseconds: 1)
      try other.useWriteAheadLog(.normal)
      try writer.transaction { () throws(SQLiteError) in
        try writer.execute("INSERT INTO t VALUES (1)")
        #expect((try? count(other)) == 0)
        let error = #expect(throws: SQLiteError.self) {
          try other.transaction { () throws(SQLiteError) in }
        }
        #expect(error?.isTemporary == true)
      }
      #expect(try count(other) == 1)
    }
  }

  @Test func seesOneStateInASnapshot() throws {
    try withFile { path in
      let reader = try SQLiteConnection(path)
      try reader.useWriteAheadLog()
      try reader.execute("CREATE TABLE t (a)")
      let writer = try SQLiteConnection(path)
      try reader.snapshot { () throws(SQLiteError) in
        #expect((try? count(reader)) == 0)
        try writer.execute("INSERT INTO t VALUES (1)")
        #expect((try? count(reader)) == 0)
      }
      #expect(try count(reader) == 1)
    }
  }

  @Test func saysWhatIsWrongWithAStatement() throws {
    try withFile { path in
      let connection = try SQLiteConnection(path)
      let error = #expect(throws: SQLiteError.self) {
        _ = try connection.prepare("SELECT 1 FROM x")
      }
      #expect(error?.text.contains("no such table: x") == true)
      #expect(throws: SQLiteError.self) { _ = try connection.prepare("  ") }
      #expect(throws: SQLiteError.self) { _ = try SQLiteConnection("/nowhere/a.db") }
    }
  }

  @Test func tellsDatabasesFromOtherFiles() throws {
    try withFile { path in
      #expect(SQLiteHeader(of: path) == .absent)
      let connection = try SQLiteConnection(path)
      #expect(SQLiteHeader(of: path) == .absent)
      try connection.execute(
        "PRAGMA application_id = -7; PRAGMA user_version = 9; CREATE TABLE t (a)"
      )
      #expect(SQLiteHeader(of: path) == .database(application: -7, version: 9))
      try writeFileAtomically(path + "x", Array("not a database, but a text".utf8))
      #expect(SQLiteHeader(of: path + "x") == .other)
    }
  }
}
