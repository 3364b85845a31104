public import Arguments

/// The commands of egtop, as sets, for what belongs to which.
public struct CommandSet: OptionSet, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// The dashboard and `--once`.
  public static let watch = CommandSet(rawValue: 1)
  public static let check = CommandSet(rawValue: 2)
  public static let replay = CommandSet(rawValue: 4)
  public static let demo = CommandSet(rawValue: 8)
  public static let feeds: CommandSet = [.watch, .check]
  /// Those with a screen.
  public static let screens: CommandSet = [.watch, .replay, .demo]
  public static let all: CommandSet = [.watch, .check, .replay]
}

/// One thing that can be set: its place in the file, its option and variable, its kind and default.
public struct Setting: Sendable {
  /// The path in the file, such as `mqtt.tls.ca`; nil for what only an option can say.
  public var key: String?
  public var kind: ValueKind
  public var occurrence: Occurrence
  /// Nil for what has no option; its long name is the flag.
  public var option: Option?
  public var environment: String?
  /// As they would be written; empty for what is not set.
  public var defaults: [String]
  public var help: String
  /// A secret has no option, and is never printed.
  public var isSecret: Bool
  public var commands: CommandSet

  // The flag is the option's long name, and the variable `EGTOP_` and the same in capitals;
  // `environment` is the variable of a setting that has no option.
  init(
    _ key: String?,
    _ kind: ValueKind,
    takes occurrence: Occurrence = .once,
    flag: String? = nil,
    letter: Character? = nil,
    value: String = "value",
    environment: String? = nil,
    hasEnvironment: Bool = true,
    isNegatable: Bool = false,
    defaults: [String] = [],
    defaultText: String? = nil,
    isSecret: Bool = false,
    for commands: CommandSet,
    section: String,
    help: String,
  ) {
    let variable = flag.map { "EGTOP_" + $0.uppercased().map { $0 == "-" ? "_" : $0 } }
    self.key = key
    self.kind = kind
    self.occurrence = occurrence
    self.environment = environment ?? (hasEnvironment ? variable : nil)
    self.defaults = defaults
    self.help = help
    self.isSecret = isSecret
    self.commands = commands
    let joined = defaults.joined(separator: ",")
    option = flag.map { name in
      Option(
        name,
        letter: letter,
        kind,
        valueName: value,
        takes: occurrence,
        isNegatable: isNegatable,
        environment: hasEnvironment ? variable : nil,
        defaultText: defaultText ?? (joined.isEmpty ? nil : joined),
        help: help,
        section: section,
      )
    }
  }

  /// The key, or the name of the option where there is no key.
  public var id: String {
    key ?? option?.name ?? ""
  }
}
