/// A command or subcommand, declared once: parsing, help and everything else derive from this value.
public struct Command: Equatable, Sendable {
  /// What is typed.
  public var name: String
  /// One sentence for lists and the top of the help.
  public var summary: String
  /// Command lines to begin with, as they are typed.
  public var examples: [String]
  /// Paragraphs, line by line as they are shown; may be empty.
  public var discussion: String
  /// In the order of the help; `--help` and, at the root, `--version` are added to them.
  public var options: [Option]
  /// In the order in which they are typed; only the last may be repeated.
  public var arguments: [Argument]
  /// A command with subcommands takes no positional arguments.
  public var subcommands: [Command]
  /// The names of the options that the short help shows; empty for all.
  public var mainOptions: [String]

  public init(
    _ name: String,
    summary: String,
    examples: [String] = [],
    discussion: String = "",
    options: [Option] = [],
    arguments: [Argument] = [],
    subcommands: [Command] = [],
    mainOptions: [String] = [],
  ) {
    self.name = name
    self.summary = summary
    self.examples = examples
    self.discussion = discussion
    self.options = options
    self.arguments = arguments
    self.subcommands = subcommands
    self.mainOptions = mainOptions
  }
}

extension Command {
  /// Those that help tells of.
  var visibleOptions: [Option] { options.filter { !$0.isHidden } }
}

/// A positional argument of a command.
public struct Argument: Equatable, Sendable {
  /// Its name in help and messages, and in the parsed values.
  public var name: String
  public var kind: ValueKind
  public var help: String
  public var isRequired: Bool
  /// Whether it takes all words that are left.
  public var isRepeated: Bool

  public init(
    _ name: String,
    _ kind: ValueKind = .text,
    help: String,
    isRequired: Bool = true,
    isRepeated: Bool = false,
  ) {
    self.name = name
    self.kind = kind
    self.help = help
    self.isRequired = isRequired
    self.isRepeated = isRepeated
  }
}
