/// How many values an option takes.
public enum Occurrence: Equatable, Sendable {
  /// One; of several the last holds.
  case once
  /// A list of one value each time.
  case repeated
  /// A list; each value given is split at its commas.
  case commaSeparated
}

/// An option of a command: how it is written, what it takes, and what help says of it.
public struct Option: Equatable, Sendable {
  /// The long name without dashes.
  public var name: String
  /// The short name without its dash.
  public var letter: Character?
  public var kind: ValueKind
  /// What stands between angle brackets in help.
  public var valueName: String
  public var occurrence: Occurrence
  /// Whether `--no-name` is an option too; only for flags.
  public var isNegatable: Bool
  /// The environment variable that is read when the option is not given; empty is as unset.
  public var environment: String?
  /// What holds when the option is given nowhere, in the words of help.
  public var defaultText: String?
  /// One or two sentences.
  public var help: String
  /// The title of its part of the help.
  public var section: String
  /// Whether help leaves it out.
  public var isHidden: Bool

  public init(
    _ name: String,
    letter: Character? = nil,
    _ kind: ValueKind = .flag,
    valueName: String = "value",
    takes occurrence: Occurrence = .once,
    isNegatable: Bool = false,
    environment: String? = nil,
    defaultText: String? = nil,
    help: String,
    section: String = "Options",
    isHidden: Bool = false,
  ) {
    self.name = name
    self.letter = letter
    self.kind = kind
    self.valueName = valueName
    self.occurrence = occurrence
    self.isNegatable = isNegatable
    self.environment = environment
    self.defaultText = defaultText
    self.help = help
    self.section = section
    self.isHidden = isHidden
  }

  /// What holds when it is not given, and its variable, as they stand behind the help.
  var details: String {
    let standard = defaultText.map { " (default: \($0))" } ?? ""
    return standard + (environment.map { " [\($0)]" } ?? "")
  }

  /// What every command has.
  public static let help = Option(
    "help",
    letter: "h",
    help: "Show help; -h shows the essentials only."
  )
  /// What the root has, and every subcommand understands.
  public static let version = Option("version", help: "Show the version.")
}
