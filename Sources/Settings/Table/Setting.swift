public import Arguments

/// One thing that can be set: a row of the table, and what its values are read as.
///
/// A setting is read by its key path in the table, such as `settings[\.mqtt.qos]`, so that a name or a type that is
/// wrong does not compile.
public struct Setting<Content: Sendable>: Sendable {
  let row: SettingRow
  let type: SettingType<Content>

  /// - Parameters:
  ///   - path: In the file, such as `mqtt.tls.ca`; nil for what only an option can say.
  ///   - type: What it is, and what it is by itself.
  ///   - names: Its option and its variable, if it has them.
  ///   - defaultText: What holds when nothing is given, where the values do not say it.
  ///   - commands: Those that have it, if they are not those of its section.
  ///   - title: Of its part of the help, if it is not that of its section.
  ///   - help: One or two sentences.
  init(
    _ path: String?,
    _ type: SettingType<Content>,
    _ names: SettingNames = SettingNames(),
    defaultText: String? = nil,
    for commands: CommandSet = [],
    under title: String = "",
    help: String
  ) {
    self.type = type
    row = SettingRow(
      key: path,
      kind: type.kind,
      occurrence: type.occurrence,
      names: names,
      defaults: type.write(type.standard),
      defaultText: defaultText,
      help: help,
      commands: commands,
      title: title
    )
    SettingRows.add(row)
  }
}

/// How a setting is called where it is typed.
struct SettingNames: Sendable {
  /// The long name of the option.
  var flag: String?
  var letter: Character?
  /// What stands between angle brackets in help.
  var value = ""
  var isNegatable = false
  /// Whether the flag in capitals, behind the name of the program, is a variable.
  var hasVariable = true
  var isHidden = false
  /// The variable of a secret, which has no option and is never printed.
  var secret: String?

  static func flag(
    _ name: String,
    letter: Character? = nil,
    value: String = "value",
    isNegatable: Bool = false,
    hasVariable: Bool = true,
    isHidden: Bool = false
  ) -> SettingNames {
    SettingNames(
      flag: name,
      letter: letter,
      value: value,
      isNegatable: isNegatable,
      hasVariable: hasVariable,
      isHidden: isHidden
    )
  }

  static func secret(_ variable: String) -> SettingNames {
    SettingNames(secret: variable)
  }
}

/// What the parsing, the check of a file, help and print have to know of a setting.
///
/// The rows of the table know their section, those of a ``Setting`` do not.
public struct SettingRow: Sendable {
  /// The path in the file; nil for what only an option can say.
  public var key: String?
  public var kind: ValueKind
  public var occurrence: Occurrence
  var names: SettingNames
  /// Empty for what is not set by itself.
  public var defaults: [Value]
  var defaultText: String?
  public var help: String
  public var commands: CommandSet
  /// The heading of its options in help.
  var title: String
  /// The variable, if it has one; like the option it is there in the rows of the table.
  public private(set) var environment: String?
  public private(set) var option: Option?

  /// The path, or the name of the option where there is no path.
  public var id: String {
    key ?? names.flag ?? ""
  }

  public var isSecret: Bool { names.secret != nil }

  /// Takes from its section what it does not name itself.
  mutating func belong(to section: any SettingsSection.Type) {
    if commands.isEmpty { commands = section.commands }
    if title.isEmpty { title = section.title }
    environment = names.secret
    if let flag = names.flag, names.hasVariable {
      let words = flag.uppercased().split(separator: "-")
      environment = ([Substring(commands.program.uppercased())] + words).joined(separator: "_")
    }
    option = makeOption()
  }

  private func makeOption() -> Option? {
    let joined = defaults.map(\.text).joined(separator: ",")
    return names.flag.map { name in
      Option(
        name,
        letter: names.letter,
        kind,
        valueName: names.value,
        takes: occurrence,
        isNegatable: names.isNegatable,
        environment: environment,
        defaultText: defaultText ?? (joined.isEmpty ? nil : joined),
        help: help,
        section: title,
        isHidden: names.isHidden
      )
    }
  }
}
