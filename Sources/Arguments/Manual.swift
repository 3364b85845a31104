/// The manual page of a program: its table of commands, and what stands around it.
public struct Manual: Sendable {
  /// A part of the page that is not made of the table of commands.
  public enum Block: Sendable {
    /// The heading of what follows.
    case section(String)
    case paragraph(String)
    /// Terms, each with what it means.
    case terms([(term: String, meaning: String)])
    /// Lines to be shown as they are.
    case lines([String])
  }

  /// The version that `--version` prints, and when it was made.
  public static let version = "0.1.0"
  public static let date = "2026-11-26"

  public var root: Command
  /// Behind the commands, in this order.
  public var blocks: [Block]
  /// Pages to see also, such as `kcat(1)`.
  public var related: [String]

  public init(_ root: Command, _ blocks: [Block], related: [String]) {
    self.root = root
    self.blocks = blocks
    self.related = related
  }

  /// The page for man(1), in the macros of man(7).
  public var rendered: String {
    ManPage(self).text
  }
}
