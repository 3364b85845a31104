/// How the terminal is used.
public final class TerminalSection: SettingsSection {
  public static let title = ScreenSection.title
  public static let commands = CommandSet.screens

  public let alert = Row("screen.alert", .one(.choice, default: AlertChoice.automatic))
    .option("alert", value: "how", for: [.watch, .demo])
    .help(
      "How new critical alarms are announced: auto, off, bell, or bell and osc9, osc777 or osc99."
    )
  /// Whether clicks and the wheel act.
  public let usesMouse = Row("screen.mouse", .flag)
    .option("mouse", isNegatable: true)
    .help("Use clicks and the wheel; Shift-drag then selects text.")
  /// Whether to send as little as on a slow link.
  public let isLow = Row("screen.low", .flag)
    .option("low", isNegatable: true)
    .help("Save bandwidth: a frame per second, 16 colours, no trends, no ages.")
  public let isInline = Row("screen.inline", .flag)
    .option("inline", isNegatable: true)
    .help("Draw at the bottom of the normal screen, and leave the last frame there.")
  public let rows = Row("screen.rows", .integer(1...200, default: 24))
    .option("rows", value: "number")
    .help("The most rows that --inline draws on.")
  /// Lines instead of a screen.
  public let isPlain = Row("screen.plain", .flag)
    .option("plain", isNegatable: true, under: RunSection.title)
    .help("Print a line for each change, for screen readers and logs.")
  /// Between two summaries of ``isPlain``; zero for only one.
  public let summaryInterval = Row("screen.summary", .time(0...86_400, default: 300))
    .option("summary", value: "time", under: RunSection.title)
    .help("How often --plain prints a summary; 0 for only at the start.")
}
