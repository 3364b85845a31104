/// A text that scrolls and whose lines only what draws it can count.
public enum ScrolledText: String, Codable, CodingKeyRepresentable, Sendable {
  case help, commandHelp, status
  /// The last messages of the generator that is looked at.
  case messages
}

/// How much there is of a text that scrolls, and how much of it is seen at once.
public struct Extent: Codable, Equatable, Sendable {
  public var lines: Int
  public var rows: Int

  public init(lines: Int, rows: Int) {
    self.lines = lines
    self.rows = rows
  }

  /// More lines than there can be: of a text that has not been drawn yet.
  static let unknown = Extent(lines: 1 << 30, rows: 1)

  /// The first line that is seen when the last is.
  public var lastStart: Int { max(0, lines - rows) }
}
