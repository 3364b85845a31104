public import Arguments

/// Everything that can be set in egtop and egpipe, once: the options, the variables, the check of the file and what is
/// printed all come from these rows.
///
/// The order is that of help and of the printed file.
public struct SettingsTable: Sendable {
  public let demo = DemoSection()
  public let replay = ReplaySection()
  public let egpipe = EgpipeSection()
  public let mqtt = MQTTSection()
  public let kafka = KafkaSection()
  public let fleet = FleetSection()
  public let screen = ScreenSection()
  public let terminal = TerminalSection()
  public let run = RunSection()
  public let configuration = ConfigurationSection()

  static let standard = SettingsTable()

  /// All settings, each once.
  public static let rows = Mirror(reflecting: standard).children.flatMap { section in
    (section.value as? any SettingsTableEntry)?.rows(of: CommandSet.all, under: "") ?? []
  }

  /// The settings that some of these commands have.
  public static func rows(for commands: CommandSet) -> [SettingRow] {
    rows.filter { !$0.commands.isDisjoint(with: commands) }
  }

  /// The options that some of these commands have.
  public static func options(for commands: CommandSet) -> [Option] {
    rows(for: commands).compactMap(\.option)
  }
}

/// What a section holds: settings and sections.
public protocol SettingsTableEntry: Sendable {
  /// The rows below it, with the commands and the title of the section that it is in.
  func rows(of commands: CommandSet, under title: String) -> [SettingRow]
}

extension Setting: SettingsTableEntry {
  public func rows(of commands: CommandSet, under title: String) -> [SettingRow] {
    var row = row
    if row.commands.isEmpty { row.commands = commands }
    if row.title.isEmpty { row.title = title }
    return [row]
  }
}

/// Settings that belong together: each stored property is one, or a section below.
public protocol SettingsSection: SettingsTableEntry {
  /// The heading of its options in help.
  static var title: String { get }
  /// The commands that have those of its settings that name none.
  static var commands: CommandSet { get }
}

extension SettingsSection {
  /// Its settings in their order, those of the sections below included.
  var allRows: [SettingRow] {
    Mirror(reflecting: self).children.flatMap { child in
      (child.value as? any SettingsTableEntry)?.rows(of: Self.commands, under: Self.title) ?? []
    }
  }

  public func rows(of commands: CommandSet, under title: String) -> [SettingRow] { allRows }
}
