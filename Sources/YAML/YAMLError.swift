/// Why a text is not the YAML that was expected, and where.
public struct YAMLError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, without its place and without a full stop.
  public var message: String
  /// Counted from 1.
  public var line: Int
  /// Counted from 1, in characters.
  public var column: Int

  public init(_ message: String, line: Int, column: Int) {
    self.message = message
    self.line = line
    self.column = column
  }

  /// `line:column: message`, ready to be put behind a file's name and a colon.
  public var description: String {
    "\(line):\(column): \(message)"
  }
}
