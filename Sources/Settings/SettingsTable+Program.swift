internal import Arguments
import Model

extension SettingsTable {
  static let fleet = [
    Setting(
      "fleet.inventory",
      .path,
      flag: "inventory",
      value: "file",
      for: .all,
      section: "Fleet",
      help: "The generators there are, in a file .csv or .yaml."
    ),
    Setting(
      "fleet.tank",
      .number(0.001...1e9),
      flag: "tank",
      value: "size",
      defaults: ["1000"],
      for: .all,
      section: "Fleet",
      help: "The size of a tank that the inventory does not tell."
    ),
    Setting(
      "fleet.unit",
      .text,
      flag: "unit",
      value: "unit",
      defaults: [""],
      for: .all,
      section: "Fleet",
      help: "The unit of fuel, to be shown."
    ),
    Setting(
      "fleet.refuelMark",
      .number(0...1e9),
      flag: "refuel-mark",
      value: "fuel",
      defaults: ["500"],
      for: .all,
      section: "Fleet",
      help: "Fuel below this wants refuelling."
    ),
    Setting(
      "fleet.criticalPercent",
      .number(0...100),
      defaults: ["10"],
      for: .all,
      section: "Fleet",
      help: "A refuel alarm is critical at or below this share of the tank."
    ),
    Setting(
      "fleet.criticalTime",
      .duration(.zero ... .seconds(86_400)),
      flag: "critical-time",
      value: "time",
      defaults: ["10m"],
      for: .all,
      section: "Fleet",
      help: "A refuel alarm is critical when the tank is empty within this."
    ),
    Setting(
      "fleet.taskWindow",
      .duration(.seconds(1) ... .seconds(86_400)),
      flag: "task-window",
      value: "time",
      defaults: ["1m"],
      for: .all,
      section: "Fleet",
      help: "How often the enrichment task runs."
    ),
    Setting(
      "fleet.interval",
      .duration(.milliseconds(1) ... .seconds(86_400)),
      flag: "interval",
      value: "time",
      defaults: ["30s"],
      for: .all,
      section: "Fleet",
      help: "The time between samples that is expected until it is known."
    ),
  ]

  static let screen = [
    Setting(
      "screen.regions",
      .text,
      takes: .commaSeparated,
      flag: "region",
      letter: "r",
      value: "name",
      for: .screens,
      section: "Screen",
      help: "Show only these regions."
    ),
    Setting(
      "screen.filter",
      .text,
      flag: "filter",
      letter: "f",
      value: "text",
      for: .screens,
      section: "Screen",
      help: "Show only generators that match, such as fuel<15% region~north."
    ),
    Setting(
      "screen.sort",
      .oneOf(sortColumns),
      flag: "sort",
      value: "column",
      for: .screens,
      section: "Screen",
      help: "The column to sort by: " + sortColumns.joined(separator: ", ") + "."
    ),
    Setting(
      "screen.theme",
      .wordOrFile(themes),
      flag: "theme",
      value: "theme",
      defaults: ["iron"],
      for: .screens,
      section: "Screen",
      help: "The colours: " + themes.joined(separator: ", ") + ", one of your own, or FILE.yaml."
    ),
    Setting(
      "screen.color",
      .oneOf(ColorChoice.allCases.map(\.rawValue)),
      flag: "color",
      value: "number",
      defaults: ["auto"],
      for: .screens,
      section: "Screen",
      help: "How many colours: auto, never, 8, 16, 256 or truecolor."
    ),
    Setting(
      "screen.glyphs",
      .oneOf(GlyphChoice.allCases.map(\.rawValue)),
      flag: "glyphs",
      value: "glyphs",
      defaults: ["auto"],
      for: .screens,
      section: "Screen",
      help: "The characters to draw with: auto, unicode or ascii."
    ),
    Setting(
      "screen.terminal",
      .text,
      flag: "term",
      value: "name",
      for: .screens,
      section: "Screen",
      help: "The terminal's type, instead of TERM."
    ),
    Setting(
      "screen.fps",
      .integer(1...60),
      flag: "fps",
      value: "number",
      defaults: ["5"],
      for: .screens,
      section: "Screen",
      help: "Frames a second; more for a moment after a key, fewer where the link is slow."
    ),
    Setting(
      "screen.historyMemory",
      .integer(0...100_000),
      flag: "history-memory",
      value: "megabytes",
      defaults: ["64"],
      for: .screens,
      section: "Screen",
      help: "Memory for looking back up to half an hour, in MB; 0 keeps nothing."
    ),
    Setting(
      "screen.time",
      .oneOf(["local", "utc", "age"]),
      flag: "time",
      value: "zone",
      defaults: ["local"],
      for: .screens,
      section: "Screen",
      help: "Times: local, utc, or age for how long ago."
    ),
    Setting(
      "screen.remember",
      .flag,
      flag: "remember",
      isNegatable: true,
      defaults: ["true"],
      for: .watch,
      section: "Screen",
      help:
        "Begin as the last time: view, columns, sort, groups, pins, filter, regions, theme, history."
    ),
  ]

  /// The names that a sort column can be given by.
  public static let sortColumns =
    ["severity", "id", "name", "fuel", "units", "tte"]
    + metricColumns.filter { !$0.isFurther }
    .map { "\($0)" } + ["region", "age"] + metricColumns.filter(\.isFurther).map { "\($0)" }

  /// The metrics whose columns are called as they are.
  private static let metricColumns = Metric.allCases.filter { $0 != .fuel && $0.row.column != nil }

  static let run = [
    Setting(
      nil,
      .flag,
      flag: "once",
      hasEnvironment: false,
      for: .watch,
      section: "Without a screen",
      help: "Look once, print what there is, and exit."
    ),
    Setting(
      nil,
      .flag,
      flag: "json",
      hasEnvironment: false,
      for: .watch,
      section: "Without a screen",
      help: "Print it as one JSON object; with --once."
    ),
    Setting(
      "run.settle",
      .duration(.zero ... .seconds(3600)),
      flag: "settle",
      value: "time",
      defaults: ["5s"],
      for: .feeds,
      section: "Without a screen",
      help: "How long --once waits to be live at most; check waits twice as long for a message."
    ),
    Setting(
      "run.failOn",
      .oneOf(FailCondition.allCases.map(\.rawValue)),
      takes: .commaSeparated,
      flag: "fail-on",
      value: "what",
      for: .watch,
      section: "Without a screen",
      help: "Let --once exit with 4 if there is an alarm, a lost generator (lost) or lag."
    ),
    Setting(
      nil,
      .path,
      flag: "record",
      value: "file",
      hasEnvironment: false,
      for: [.watch, .demo],
      section: "Recording and log",
      help: "Keep the stream of events, for egtop replay."
    ),
    Setting(
      "run.logFile",
      .path,
      flag: "log",
      value: "file",
      for: [.all, .demo],
      section: "Recording and log",
      help: "Write a log to a file."
    ),
    Setting(
      "run.logLevel",
      .oneOf(["debug", "info", "warning", "error"]),
      flag: "log-level",
      value: "level",
      defaults: ["info"],
      for: [.all, .demo],
      section: "Recording and log",
      help: "What the log holds: debug, info, warning or error."
    ),
  ]

  static let configuration = [
    Setting(
      nil,
      .path,
      flag: "config",
      letter: "c",
      value: "file",
      defaultText: "~/.config/egtop/config.yaml",
      for: [.all, .demo],
      section: "Configuration",
      help: "The file of settings."
    ),
    Setting(
      nil,
      .text,
      flag: "context",
      value: "name",
      for: [.all, .demo],
      section: "Configuration",
      help: "The context in that file to use."
    ),
    Setting(
      nil,
      .flag,
      flag: "print-config",
      hasEnvironment: false,
      for: [.all, .demo],
      section: "Configuration",
      help: "Print what is in force and where it comes from."
    ),
    Setting(
      nil,
      .flag,
      flag: "keys",
      hasEnvironment: false,
      for: [.watch, .demo],
      section: "Configuration",
      help: "Print the keys in force, with the names that the file of settings calls them by."
    ),
  ]
}
