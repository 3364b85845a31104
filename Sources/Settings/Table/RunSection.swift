public import System

/// How the program runs.
public struct RunSection: SettingsSection {
  public static let title = "Without a screen"
  public static let commands = CommandSet.watch
  private static let logTitle = "Recording and log"

  /// Look once, without a screen.
  public let isOnce = Setting(
    nil,
    .flag,
    .flag("once", hasVariable: false),
    help: "Look once, print what there is, and exit."
  )
  /// Only with ``isOnce``.
  public let isJSON = Setting(
    nil,
    .flag,
    .flag("json", hasVariable: false),
    help: "Print it as one JSON object; with --once."
  )
  /// How long ``isOnce`` waits at most, and half of what `check` waits for a message.
  public let settle = Setting(
    "run.settle",
    .one(.duration(.zero ... .seconds(3600)), default: .seconds(5)),
    .flag("settle", value: "time"),
    for: .feeds,
    help: "How long --once waits to be live at most; check waits twice as long for a message."
  )
  /// Only with ``isOnce``.
  public let failOn = Setting(
    "run.failOn",
    .list(SettingKind<FailCondition>.choice),
    .flag("fail-on", value: "what"),
    help: "Let --once exit with 4 if there is an alarm, a lost generator (lost) or lag."
  )
  /// Where the stream of events is kept.
  public let recordFile = Setting(
    nil,
    .optional(.path),
    .flag("record", value: "file", hasVariable: false),
    for: [.watch, .demo],
    under: logTitle,
    help: "Keep the stream of events, for egtop replay."
  )
  public let logFile = Setting(
    "run.logFile",
    .optional(.path),
    .flag("log", value: "file"),
    for: .all,
    under: logTitle,
    help: "Write a log to a file."
  )
  public let logLevel = Setting(
    "run.logLevel",
    .one(.logLevel, default: .info),
    .flag("log-level", value: "level"),
    for: .all,
    under: logTitle,
    help: "What the log holds: debug, info, warning or error."
  )
}

/// The configuration file, and what is printed instead of running.
public struct ConfigurationSection: SettingsSection {
  public static let title = "Configuration"
  public static let commands: CommandSet = [.all, .bare]

  public let file = Setting(
    nil,
    .optional(.path),
    .flag("config", letter: "c", value: "file"),
    defaultText: "~/.config/egtop/config.yaml",
    help: "The file of settings."
  )
  public let context = Setting(
    nil,
    .optional(.text),
    .flag("context", value: "name"),
    help: "The context in that file to use."
  )
  public let isPrinted = Setting(
    nil,
    .flag,
    .flag("print-config", hasVariable: false),
    help: "Print what is in force and where it comes from."
  )
  public let printsKeys = Setting(
    nil,
    .flag,
    .flag("keys", hasVariable: false),
    for: [.watch, .demo],
    help: "Print the keys in force, with the names that the file of settings calls them by."
  )
}

/// The made-up fleet of `egtop demo`.
public struct DemoSection: SettingsSection {
  public static let title = "Options"
  public static let commands = CommandSet.demo

  public let generators = Setting(
    nil,
    .one(.integer(1...2000), default: 36),
    .flag("generators", value: "number", hasVariable: false),
    help: "How many generators."
  )
  /// The same seed gives the same fleet.
  public let seed = Setting(
    nil,
    .one(.integer(0...Int.max), default: 1),
    .flag("seed", value: "number", hasVariable: false),
    help: "The same seed gives the same fleet."
  )
}

/// How `egtop replay` plays a recording.
public struct ReplaySection: SettingsSection {
  public static let title = "Options"
  public static let commands = CommandSet.replay

  public let speed = Setting(
    nil,
    .one(.number(0...10_000), default: 1),
    .flag("speed", value: "factor", hasVariable: false),
    help: "How many times as fast as it was; 0 sends every frame and ends."
  )
}
