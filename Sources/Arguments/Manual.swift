/// The manual page of a program: its table of commands, and what stands around it.
public struct Manual: Sendable {
  /// A part of the page that is not made of the table of commands.
  public struct Section: Sendable {
    public var title: String
    public var blocks: [Block]

    public init(_ title: String, _ blocks: [Block]) {
      self.title = title
      self.blocks = blocks
    }
  }

  public enum Block: Sendable {
    case paragraph(String)
    /// Terms, each with what it means.
    case terms([(term: String, meaning: String)])
    /// Lines to be shown as they are.
    case lines([String])
  }

  public var root: Command
  public var version: String
  /// When this version was made: `2026-11-26`.
  public var date: String
  /// Behind the commands, in this order.
  public var sections: [Section]
  /// Pages to see also, such as `kcat(1)`.
  public var related: [String]

  public init(
    _ root: Command,
    version: String,
    date: String,
    sections: [Section] = [],
    related: [String] = [],
  ) {
    self.root = root
    self.version = version
    self.date = date
    self.sections = sections
    self.related = related
  }

  /// The page for man(1), in the macros of man(7).
  public var rendered: String {
    ManPage(self).text
  }
}
