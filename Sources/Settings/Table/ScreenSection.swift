import Model
/// What is shown at the start, and how.
public final class ScreenSection: SettingsSection {
  public static let title = "Screen"
  public static let commands = CommandSet.screens

  public let regions = Setting(
    "screen.regions",
    .list(.text),
    .flag("region", letter: "r", value: "name"),
    help: "Show only these regions."
  )
  /// In the grammar of the filter line; empty for none.
  public let filter = Setting(
    "screen.filter",
    .optional(.text),
    .flag("filter", letter: "f", value: "text"),
    help: "Show only generators that match, such as fuel<15% region~north."
  )
  /// Nil for the order of the dashboard.
  public let sortColumn = Setting(
    "screen.sort",
    .optional(.word(of: SettingsTable.sortColumns)),
    .flag("sort", value: "column"),
    help: "The column to sort by: " + SettingsTable.sortColumns.joined(separator: ", ") + "."
  )
  public let theme = Setting(
    "screen.theme",
    .one(.word(of: SettingsTable.themes, orFile: ()), default: "iron"),
    .flag("theme", value: "theme"),
    help: "The colours: " + SettingsTable.themes.joined(separator: ", ")
      + ", one of your own, or FILE.yaml."
  )
  public let color = Setting(
    "screen.color",
    .one(.choice, default: ColorChoice.automatic),
    .flag("color", value: "number"),
    help: "How many colours: auto, never, 8, 16, 256 or truecolor."
  )
  public let glyphs = Setting(
    "screen.glyphs",
    .one(.choice, default: GlyphChoice.automatic),
    .flag("glyphs", value: "glyphs"),
    help: "The characters to draw with: auto, unicode or ascii."
  )
  /// Instead of `TERM`.
  public let terminal = Setting(
    "screen.terminal",
    .optional(.text),
    .flag("term", value: "name"),
    help: "The terminal type, instead of TERM."
  )
  public let framesPerSecond = Setting(
    "screen.fps",
    .one(.integer(1...60), default: 5),
    .flag("fps", value: "number"),
    help: "Frames per second; more for a moment after a key, fewer on a slow link."
  )
  /// In MB.
  public let historyMemory = Setting(
    "screen.historyMemory",
    .one(.integer(0...100_000), default: 64),
    .flag("history-memory", value: "megabytes"),
    help: "Memory for looking back up to half an hour, in MB; 0 keeps nothing."
  )
  public let times = Setting(
    "screen.time",
    .one(.word(of: ["local", "utc", "age"]), default: "local"),
    .flag("time", value: "zone"),
    help: "Times: local, utc, or age for how long ago."
  )
  /// Whether the screen begins as it was left, and is kept for the next time.
  public let remembers = Setting(
    "screen.remember",
    .one(.flag, default: true),
    .flag("remember", isNegatable: true),
    for: .watch,
    help:
      "Start as you left it: view, columns, sort, groups, pins, filter, regions, theme, history."
  )
  /// Nil if nothing was said of it.
  public let order = Setting(
    "screen.order",
    .optional(SettingKind<SortDirection>.choice),
    .flag("order", value: "direction"),
    help: "Which way to sort: asc, or desc for the reverse."
  )
  /// Empty if nothing was said of them.
  public let columns = Setting(
    "screen.columns",
    .names,
    .flag("columns", value: "name"),
    help: "The columns to show besides state and id; by default as the last time, or all."
  )
  /// Nil if nothing was said of it.
  public let isGrouped = Setting(
    "screen.group",
    .optional(.flag),
    .flag("group", isNegatable: true),
    help: "Group the fleet by region."
  )
  /// Nil if none was named.
  public let view = Setting(
    "screen.view",
    .name,
    .flag("view", value: "name"),
    help: "The view to start with."
  )
}

extension SettingsTable {
  /// The names that a sort column can be given by.
  public static let sortColumns =
    ["severity", "id", "name", "fuel", "units", "tte"]
    + metricColumns.filter { !$0.isFurther }.map(\.wireName) + ["region", "age"]
    + metricColumns.filter(\.isFurther).map(\.wireName)

  /// The metrics whose columns are called as they are.
  private static let metricColumns = Metric.allCases.filter { $0 != .fuel && $0.row.column != nil }

  /// The names of the themes in the program.
  public static let themes = [
    "iron", "paper", "night", "contrast", "deutan", "tritan", "harbour", "orchard", "mono",
  ]
}
