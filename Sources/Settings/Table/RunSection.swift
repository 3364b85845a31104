public import System

/// How the program runs.
public final class RunSection: SettingsSection {
  public static let title = "Without a screen"
  public static let commands = CommandSet.looks
  private static let logTitle = "Recording and log"

  /// Look once, without a screen.
  public let isOnce = Row(nil, .flag)
    .option("once", hasVariable: false, for: .watch)
    .help("Look once, print what there is, and exit.")
  /// Only with ``isOnce``.
  public let isJSON = Row(nil, .flag)
    .option("json", hasVariable: false, for: [.looks, .discover])
    .help("Print it as one JSON object; with --once.")
  /// Only with ``isOnce``; nil for one look.
  public let watchInterval = Row(nil, .optional(.time(1...86_400)))
    .option("watch", value: "time", hasVariable: false)
    .help("Look again each time this has passed, until interrupted; with --once.")
  /// Only with ``isOnce``.
  public let isNDJSON = Row(nil, .flag)
    .option("ndjson", hasVariable: false)
    .help("Print each look as a JSON object on a line of its own; with --once.")
  /// How long ``isOnce`` waits at most, and half of what `check` waits for a message.
  public let settle = Row("run.settle", .optional(.time(0...3600)))
    .option("settle", value: "time", for: .feeds)
    .byDefault("35s; check: 5s")
    .help(
      "How long --once waits at most until it is whole; check waits twice as long for a message."
    )
  /// Only with ``isOnce``.
  public let failOn = Row("run.failOn", .list(SettingKind<FailCondition>.choice))
    .option("fail-on", value: "what")
    .help(
      "Let --once exit with 4 at an alarm, a lost generator, lag, a hop that is unknown, a look that "
        + "is incomplete, or fuel and records that disagree."
    )
  /// Where the stream of events is kept.
  public let recordFile = Row(nil, .optional(.path))
    .option("record", value: "file", hasVariable: false, for: [.watch, .demo], under: logTitle)
    .help("Record every event, for egtop replay.")
  public let logFile = Row("run.logFile", .optional(.path))
    .option("log", value: "file", for: .all, under: logTitle)
    .help("Write a log to a file.")
  public let logLevel = Row("run.logLevel", .one(.logLevel, default: .info))
    .option("log-level", value: "level", for: .all, under: logTitle)
    .help("What the log holds: debug, info, warning or error.")
}

/// The configuration file, and what is printed instead of running.
public final class ConfigurationSection: SettingsSection {
  public static let title = "Configuration"
  public static let commands: CommandSet = [.all, .bare]

  public let file = Row(nil, .optional(.path))
    .option("config", letter: "c", value: "file")
    .byDefault("~/.config/egtop/config.yaml")
    .help("The configuration file.")
  public let context = Row(nil, .optional(.text))
    .option("context", value: "name")
    .help("The context in that file to use.")
  public let isPrinted = Row(nil, .flag)
    .option("print-config", hasVariable: false)
    .help("Print the settings in force and where each comes from.")
  public let printsKeys = Row(nil, .flag)
    .option("keys", hasVariable: false, for: [.watch, .demo])
    .help("Print the keys in force, by the names that the configuration file uses.")
}

/// The made-up fleet of `egtop demo`.
public final class DemoSection: SettingsSection {
  public static let title = "Options"
  public static let commands = CommandSet.demo

  public let generators = Row(nil, .integer(1...2000, default: 36))
    .option("generators", value: "number", hasVariable: false)
    .help("The number of generators.")
  /// The same seed gives the same fleet.
  public let seed = Row(nil, .integer(0...Int.max, default: 1))
    .option("seed", value: "number", hasVariable: false)
    .help("The same seed gives the same fleet.")
}

/// How `egtop replay` plays a recording.
public final class ReplaySection: SettingsSection {
  public static let title = "Options"
  public static let commands = CommandSet.replay

  public let speed = Row(nil, .one(.number(0...10_000), default: 1))
    .option("speed", value: "factor", hasVariable: false)
    .help("How many times as fast as recorded; 0 draws every frame at once and ends.")
}

/// How `egtop discover` listens, and where it writes what it proposes.
public final class DiscoverSection: SettingsSection {
  public static let title = "Options"
  public static let commands = CommandSet.discover

  public let time = Row(nil, .one(.time(1...3600), default: .seconds(60)))
    .option("for", value: "time", hasVariable: false)
    .help("How long to listen.")
  public let file = Row(nil, .optional(.path))
    .option("write", value: "file", hasVariable: false)
    .help("Write the configuration to a file that is not there yet.")
}
