import Testing

@testable import SQLite

struct SQLiteErrorTests {
  @Test(arguments: [(5, true), (13, true), (261, true), (1, false), (19, false)])
  func knowsWhatMayPass(code: Int32, isTemporary: Bool) {
    #expect(SQLiteError(code: code, text: "").isTemporary == isTemporary)
  }
}
