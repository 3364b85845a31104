public import Arguments
internal import Model

/// One thing that can be set: a row of the table, and what its values are read as.
///
/// A setting is read by its key path in the table, such as `settings[\.mqtt.qos]`, so that a name or a type that is
/// wrong does not compile.
public final class Setting<Content: Sendable>: Sendable {
  let row: SettingRow
  let type: SettingType<Content>

  /// The long name of its option, without dashes; empty where there is none.
  public var flag: String { row.form.name }

  fileprivate init(_ row: SettingRow, _ type: SettingType<Content>) {
    self.row = SettingRows.add(row)
    self.type = type
  }
}

/// A setting as it is written down: what it is, then how it is called where it is typed, and last what help says of it,
/// which makes it one.
struct Row<Content: Sendable> {
  private var row: SettingRow
  private let type: SettingType<Content>

  /// - Parameters:
  ///   - path: In the file, such as `mqtt.tls.ca`; nil for what only an option can say.
  ///   - type: What it is, and what it is by itself.
  init(_ path: String?, _ type: SettingType<Content>) {
    let option = Option("", type.kind, takes: type.occurrence, help: "", section: "")
    row = SettingRow(key: path, form: option, defaults: type.write(type.standard))
    self.type = type
  }

  /// Has an option.
  ///
  /// - Parameters:
  ///   - name: The long one.
  ///   - letter: The short one.
  ///   - value: What stands between angle brackets in help.
  ///   - isNegatable: Whether there is a `--no-…` too.
  ///   - hasVariable: Whether the name in capitals, behind that of the program, is a variable.
  ///   - isHidden: Whether help leaves it out.
  ///   - commands: Those that have the setting, if they are not those of its section.
  ///   - title: Of its part of the help, if it is not that of its section.
  /// - Returns: The setting with it.
  consuming func option(
    _ name: String,
    letter: Character? = nil,
    value: String = "value",
    isNegatable: Bool = false,
    hasVariable: Bool = true,
    isHidden: Bool = false,
    for commands: CommandSet = [],
    under title: String = ""
  ) -> Row {
    row.form.name = name
    row.form.letter = letter
    row.form.valueName = value
    row.form.isNegatable = isNegatable
    row.form.isHidden = isHidden
    row.form.section = title
    row.hasVariable = hasVariable
    row.commands = commands
    return self
  }

  /// Is a secret, which is never printed and has only a variable, for these commands.
  consuming func secret(_ variable: String, for commands: CommandSet) -> Row {
    row.isSecret = true
    row.form.environment = variable
    row.commands = commands
    return self
  }

  /// What holds when nothing is given, where the values do not say it.
  consuming func byDefault(_ text: String) -> Row {
    row.form.defaultText = text
    return self
  }

  /// One or two sentences.
  consuming func help(_ text: String) -> Setting<Content> {
    row.form.help = text
    return Setting(row, type)
  }
}

extension Row {
  /// One of the numbers that the fleet is judged by; by itself it is what it is there.
  init(
    _ path: String,
    _ kind: SettingKind<Content>,
    to place: any WritableKeyPath<FleetPolicy, Content> & Sendable
  ) {
    let type = SettingType.one(kind, default: FleetPolicy()[keyPath: place])
    self.init(path, type)
    row.feed = { $0[keyPath: place] = type.read($1) }
  }
}

extension Row<[Double]> {
  /// The same for some numbers, separated by commas.
  init(
    _ path: String,
    _ kind: SettingKind<Double>,
    to place: any WritableKeyPath<FleetPolicy, [Double]> & Sendable
  ) {
    let type = SettingType.list(kind, default: FleetPolicy()[keyPath: place])
    self.init(path, type)
    row.feed = { $0[keyPath: place] = type.read($1) }
  }
}

extension Row<Duration> {
  /// The same for a time, which is a number of seconds there.
  init(
    _ path: String,
    _ kind: SettingKind<Duration>,
    to place: any WritableKeyPath<FleetPolicy, Double> & Sendable
  ) {
    let type = SettingType.one(kind, default: .seconds(FleetPolicy()[keyPath: place]))
    self.init(path, type)
    row.feed = { $0[keyPath: place] = type.read($1) / .seconds(1) }
  }
}

/// What the parsing, the check of a file, help and print have to know of a setting.
public struct SettingRow: Sendable {
  /// The path in the file; nil for what only an option can say.
  public var key: String?
  /// How it is typed and what help says of it; the name is empty where there is no option.
  var form: Option
  /// Empty for what is not set by itself.
  public var defaults: [Value]
  public var commands: CommandSet = []
  public var isSecret = false
  var hasVariable = false
  /// Takes its values into what the fleet is judged by, where it has a place there.
  var feed: (@Sendable (inout FleetPolicy, [ParsedValue]) -> Void)?

  /// The path, or the name of the option where there is no path.
  public var id: String { key ?? form.name }
  public var option: Option? { form.name.isEmpty ? nil : form }
  public var kind: ValueKind { form.kind }
  public var occurrence: Occurrence { form.occurrence }
  public var help: String { form.help }
  /// The variable, if it has one.
  public var environment: String? { form.environment }

  /// Takes from its section what it does not name itself.
  mutating func belong(to section: any SettingsSection.Type) {
    if commands.isEmpty { commands = section.commands }
    if form.section.isEmpty { form.section = section.title }
    if hasVariable {
      let words = form.name.uppercased().split(separator: "-")
      form.environment = ([Substring(commands.program.uppercased())] + words)
        .joined(separator: "_")
    }
    let joined = defaults.map(\.text).joined(separator: ",")
    form.defaultText = form.defaultText ?? (joined.isEmpty ? nil : joined)
  }
}
