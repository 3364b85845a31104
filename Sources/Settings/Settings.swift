public import Model
public import System

/// All that egtop can be told, checked, with defaults where it was told nothing.
public struct Settings: Equatable, Sendable {
  /// Nil when no broker was named.
  public var mqtt: MQTTSettings?
  /// Nil when no brokers were named.
  public var kafka: KafkaSettings?
  public var fleet: FleetSettings
  public var screen: ScreenSettings
  public var terminal: TerminalSettings
  public var run: RunSettings
  /// What the file says of keys.
  public var keys: [KeySetting]
  /// The file that was read, if any.
  public var configurationFile: String?
  /// The context in force, if any.
  public var context: String?
  /// What is allowed and may yet be a mistake; for standard error or the log.
  public var warnings: [String]
}

/// What is known of the generators before anything was heard.
public struct FleetSettings: Equatable, Sendable {
  /// With what follows from the feeds (`hasRawFeed` and so on), if there are any.
  public var policy: FleetPolicy
  public var inventoryFile: String?
  /// What the file holds, in its order; no id is there twice.
  public var inventory: [InventoryEntry]
}

/// What is shown at the start, and how.
public struct ScreenSettings: Equatable, Sendable {
  /// Empty for all.
  public var regions: [String]
  /// In the grammar of the filter line; empty for none.
  public var filter: String
  /// Where the filter was given, for messages.
  public var filterOrigin: SettingOrigin
  /// One of `SettingsTable.sortColumns`; nil for the order of the dashboard.
  public var sortColumn: String?
  /// Whether the order of the column is turned round; nil if nothing was said of it.
  public var isDescending: Bool?
  /// Columns to show, with where they were named; empty if nothing was said of them.
  public var columns: [NamedChoice]
  /// Nil if nothing was said of it.
  public var isGrouped: Bool?
  /// The view to begin with; nil if none was named.
  public var view: NamedChoice?
  public var theme: ThemeChoice
  public var color: ColorChoice
  public var glyphs: GlyphChoice
  /// Instead of `TERM`.
  public var terminal: String?
  /// 1 to 60.
  public var framesPerSecond: Int
  /// `local`, `utc` or `age`.
  public var times: String
  /// How many bytes may be taken for looking back; 0 for none.
  public var historyMemory: Int
  /// Whether the screen begins as it was left, and is kept for the next time.
  public var remembers: Bool
}

/// A name that only the screen can judge, and where it was given.
public struct NamedChoice: Equatable, Sendable {
  public var name: String
  public var origin: SettingOrigin
}

/// How many colours are used.
public enum ColorChoice: String, CaseIterable, Sendable {
  /// As many as the terminal has.
  case automatic = "auto"
  case never
  case eight = "8"
  case sixteen = "16"
  case many = "256"
  /// Any red, green and blue.
  case trueColor = "truecolor"
}

/// The characters that are drawn with.
public enum GlyphChoice: String, CaseIterable, Sendable {
  /// As the locale and the terminal allow.
  case automatic = "auto"
  case unicode
  case ascii
}

/// How the program runs.
public struct RunSettings: Equatable, Sendable {
  /// Look once, without a screen.
  public var isOnce: Bool
  /// Only with `isOnce`.
  public var isJSON: Bool
  /// How long `isOnce` waits at most, and half of what `check` waits for a message.
  public var settle: Duration
  /// Only with `isOnce`.
  public var failOn: Set<FailCondition>
  /// Where the stream of events is kept.
  public var recordFile: String?
  public var logFile: String?
  public var logLevel: Log.Level
}

/// What makes `--once` end with exit code 4.
public enum FailCondition: String, CaseIterable, Sendable {
  case alarm
  case lost
  case lag
}
