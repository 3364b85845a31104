import Foundation
public import Terminal
public import Testing

/// Expects `canvas`, or what `area` holds of it, to look like `Snapshots/<name>.txt` beside the test file.
///
/// The file holds the characters, then the codes of the roles, then the flags in hexadecimal where
/// there are any; one line for each row, between bars. With `RECORD_SNAPSHOTS` in the environment
/// the file is written first: read the difference before keeping it.
public func expectSnapshot(
  _ canvas: Canvas,
  of area: Rect? = nil,
  named name: String,
  file: String = #filePath,
  location: SourceLocation = #_sourceLocation
) throws {
  let url = URL(filePath: file).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
  let drawn = describe(canvas, in: area ?? canvas.bounds).map { "|\($0)|\n" }.joined()
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    try drawn.write(to: url, atomically: true, encoding: .utf8)
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  let isSame = drawn == expected
  #expect(isSame, "\(name) is drawn otherwise:\n\(drawn)", sourceLocation: location)
}

/// The characters of every row, then the roles, then the flags of the rows that have any, each with its number.
private func describe(_ canvas: Canvas, in area: Rect) -> [String] {
  let rows = area.rows.map { y in area.columns.map { canvas[$0, y] } }
  let text = rows.map {
    String(String.UnicodeScalarView($0.filter { $0.width != 0 }.map(\.scalar)))
  }
  let roles = rows.map { String($0.map(\.role.code)) }
  let flags = rows.enumerated().filter { $1.contains { !$0.flags.isEmpty } }
    .map { y, row in "\(y): " + row.map { String($0.flags.rawValue, radix: 16) }.joined() }
  return text + roles + flags
}
