import Model
/// What is shown at the start, and how.
public final class ScreenSection: SettingsSection {
  public static let title = "Screen"
  public static let commands = CommandSet.screens

  public let regions = Row("screen.regions", .list(.text))
    .option("region", letter: "r", value: "name")
    .help("Show only these regions.")
  /// In the grammar of the filter line; empty for none.
  public let filter = Row("screen.filter", .optional(.text))
    .option("filter", letter: "f", value: "text")
    .help("Show only generators that match, such as fuel<15% region~north.")
  /// Nil for the order of the dashboard.
  public let sortColumn = Row("screen.sort", .optional(.wordOrName(SettingsTable.sortColumns)))
    .option("sort", value: "column")
    .help("The column to sort by: " + SettingsTable.sortColumns.joined(separator: ", ") + ".")
  public let theme = Row("screen.theme", .one(.wordOrFile(SettingsTable.themes), default: "iron"))
    .option("theme", value: "theme")
    .help(
      "The colours: \(SettingsTable.themes.joined(separator: ", ")), one of your own, or FILE.yaml."
    )
  public let color = Row("screen.color", .one(.choice, default: ColorChoice.automatic))
    .option("color", value: "number")
    .help("How many colours: auto, never, 8, 16, 256 or truecolor.")
  public let glyphs = Row("screen.glyphs", .one(.choice, default: GlyphChoice.automatic))
    .option("glyphs", value: "glyphs")
    .help("The characters to draw with: auto, unicode or ascii.")
  /// Instead of `TERM`.
  public let terminal = Row("screen.terminal", .optional(.text))
    .option("term", value: "name")
    .help("The terminal type, instead of TERM.")
  public let framesPerSecond = Row("screen.fps", .integer(1...60, default: 5))
    .option("fps", value: "number")
    .help("Frames per second; more for a moment after a key, fewer on a slow link.")
  /// In MB.
  public let historyMemory = Row("screen.historyMemory", .integer(0...100_000, default: 64))
    .option("history-memory", value: "megabytes")
    .help("Memory for looking back up to half an hour, in MB; 0 keeps nothing.")
  public let times = Row("screen.time", .one(.word(["local", "utc", "age"]), default: "local"))
    .option("time", value: "zone")
    .help("Times: local, utc, or age for how long ago.")
  /// Whether the screen begins as it was left, and is kept for the next time.
  public let remembers = Row("screen.remember", .one(.flag, default: true))
    .option("remember", isNegatable: true, for: .watch)
    .help(
      "Start as you left it: view, columns, sort, groups, pins, filter, regions, theme, history, fleet."
    )
  /// Nil if nothing was said of it.
  public let order = Row("screen.order", .optional(SettingKind<SortDirection>.choice))
    .option("order", value: "direction")
    .help("Which way to sort: asc, or desc for the reverse.")
  /// Empty if nothing was said of them.
  public let columns = Row("screen.columns", .list(.text))
    .option("columns", value: "name")
    .help("The columns to show besides state and id; by default as the last time, or all.")
  /// Nil if nothing was said of it.
  public let isGrouped = Row("screen.group", .optional(.flag))
    .option("group", isNegatable: true)
    .help("Group the fleet by region.")
  /// Nil if none was named.
  public let view = Row("screen.view", .optional(.text))
    .option("view", value: "name")
    .help("The view to start with.")
}

extension SettingsTable {
  /// The names that a sort column can be given by.
  public static let sortColumns =
    ["severity", "id", "name", "fuel", "units", "tte"]
    + metricColumns.filter { !$0.isFurther }.map(\.wireName) + ["region", "age"]
    + metricColumns.filter(\.isFurther).map(\.wireName)

  /// The metrics whose columns are called as they are.
  private static let metricColumns = Metric.builtIn.filter { $0 != .fuel && $0.row.column != nil }

  /// The names of the themes in the program.
  public static let themes = [
    "iron", "paper", "night", "contrast", "deutan", "tritan", "harbour", "orchard", "mono",
  ]
}
