internal import Arguments

/// Reads comma separated values by RFC 4180, line by line; empty lines are passed over.
struct CSVReader {
  struct Row {
    var fields: [String]
    /// The line where it begins.
    var place: ValueOrigin
  }

  private let path: String
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ text: String, path: String) {
    self.path = path
    bytes = Array(text.utf8)
  }

  /// The next row, nil at the end.
  ///
  /// - Throws: `SettingsError` for quotes that do not match.
  mutating func next() throws(SettingsError) -> Row? {
    while position < bytes.count, skipLineBreak() {}
    guard position < bytes.count else { return nil }
    var row = Row(fields: [], place: .file(path, line: line, column: 0))
    repeat {
      row.fields.append(try field())
    } while skip(UInt8(ascii: ","))
    guard position == bytes.count || skipLineBreak() else {
      throw error("there is text behind a closing quote")
    }
    return row
  }

  private func error(_ message: String) -> SettingsError {
    SettingsError(message, at: .file(path, line: line, column: 0))
  }

  /// Goes past a byte; false if it is not the next one.
  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Goes past CR LF, LF or CR; false if none is next.
  private mutating func skipLineBreak() -> Bool {
    let isReturn = skip(UInt8(ascii: "\r"))
    guard skip(UInt8(ascii: "\n")) || isReturn else { return false }
    line += 1
    return true
  }

  private mutating func field() throws(SettingsError) -> String {
    guard !skip(UInt8(ascii: "\"")) else { return try quoted() }
    let start = position
    while position < bytes.count, !",\r\n".utf8.contains(bytes[position]) {
      guard bytes[position] != UInt8(ascii: "\"") else {
        throw error("a quote stands inside a value that does not begin with one")
      }
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return String(text[...].trimmed)
  }

  /// Reads what follows an opening quote; a quote inside is written twice.
  private mutating func quoted() throws(SettingsError) -> String {
    let firstLine = line
    var text: [UInt8] = []
    while position < bytes.count {
      if skip(UInt8(ascii: "\"")) {
        guard skip(UInt8(ascii: "\"")) else { return String(decoding: text, as: UTF8.self) }
        text.append(UInt8(ascii: "\""))
        continue
      }
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      text.append(bytes[position])
      position += 1
    }
    line = firstLine
    throw error("a quote is not closed")
  }
}
