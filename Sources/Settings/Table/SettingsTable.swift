public import Arguments

/// Everything that can be set in egtop and egpipe, once: the options, the variables, the check of the file and what is
/// printed all come from these rows.
///
/// The order is that of help and of the printed file. It is made once and never copied.
public final class SettingsTable: Sendable {
  public let demo = SettingRows.section(DemoSection())
  public let replay = SettingRows.section(ReplaySection())
  public let discover = SettingRows.section(DiscoverSection())
  public let egpipe = SettingRows.section(EgpipeSection())
  public let mqtt = SettingRows.section(MQTTSection())
  public let kafka = SettingRows.section(KafkaSection())
  public let messages = SettingRows.section(MessagesSection())
  public let fleet = SettingRows.section(FleetSection())
  public let screen = SettingRows.section(ScreenSection())
  public let terminal = SettingRows.section(TerminalSection())
  public let run = SettingRows.section(RunSection())
  public let configuration = SettingRows.section(ConfigurationSection())

  private static let made = SettingRows.gather { SettingsTable() }
  public static var standard: SettingsTable { made.table }

  /// All settings, each once.
  public static var rows: [SettingRow] { made.rows.all }

  /// The settings that some of these commands have.
  public static func rows(for commands: CommandSet) -> [SettingRow] {
    rows.filter { !$0.commands.isDisjoint(with: commands) }
  }

  /// The settings of a section in their order, those of the sections below included.
  static func rows(of section: any SettingsSection.Type) -> [SettingRow] {
    made.rows.bySection[ObjectIdentifier(section)] ?? []
  }

  /// The options that some of these commands have.
  public static func options(for commands: CommandSet) -> [Option] {
    rows(for: commands).compactMap(\.option)
  }
}

// MARK: - What the manuals say

extension SettingsTable {
  /// What only a file can say.
  public static func withoutOption(for commands: CommandSet) -> [(term: String, meaning: String)] {
    rows(for: commands).filter { $0.key != nil && $0.option == nil && !$0.isSecret }
      .map { ($0.id, $0.help) }
  }

  /// The variables of secrets.
  public static func secrets(for commands: CommandSet) -> [(term: String, meaning: String)] {
    rows(for: commands).filter(\.isSecret).map { ($0.environment ?? "", $0.help) }
  }

  /// The variable that says where the file is.
  public static let configurationFolder = (
    term: "XDG_CONFIG_HOME",
    meaning: "Where the folder of the configuration file is, instead of ~/.config."
  )
}

/// Settings that belong together: each stored property is one, or a section below.
///
/// Sections and settings are made once and never copied, so they are classes.
public protocol SettingsSection: Sendable {
  /// The heading of its options in help.
  static var title: String { get }
  /// The commands that have those of its settings that name none.
  static var commands: CommandSet { get }
}
