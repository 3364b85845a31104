import Foundation
public import Terminal
public import Testing

/// Expects `canvas` to look like `Snapshots/<name>.txt` beside the test file.
///
/// The file holds the characters, then the codes of the roles, then the flags in hexadecimal where
/// there are any; one line for each row, between bars. With `RECORD_SNAPSHOTS` in the environment
/// the file is written first: read the difference before keeping it.
public func expectSnapshot(
  _ canvas: Canvas,
  named name: String,
  file: String = #filePath,
  location: SourceLocation = #_sourceLocation
) throws {
  let url = URL(filePath: file).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
  let drawn = (canvas.text + canvas.roles + flags(canvas)).map { "|\($0)|\n" }.joined()
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    try drawn.write(to: url, atomically: true, encoding: .utf8)
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  let isSame = drawn == expected
  #expect(isSame, "\(name) is drawn otherwise:\n\(drawn)", sourceLocation: location)
}

/// The flags of every cell as a digit, in the rows that have any, each with its number.
private func flags(_ canvas: Canvas) -> [String] {
  (0..<canvas.height).compactMap { y in
    let row = canvas.cells[(y * canvas.width)..<((y + 1) * canvas.width)]
    guard row.contains(where: { !$0.flags.isEmpty }) else { return nil }
    return "\(y): " + row.map { String($0.flags.rawValue, radix: 16) }.joined()
  }
}
