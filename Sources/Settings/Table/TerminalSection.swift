/// How the terminal is used.
public struct TerminalSection: SettingsSection {
  public static let title = ScreenSection.title
  public static let commands = CommandSet.screens

  public let alert = Setting(
    "screen.alert",
    .one(.choice, default: AlertChoice.automatic),
    .flag("alert", value: "how"),
    for: [.watch, .demo],
    help: "How new critical alarms call: auto, off, bell, or bell and osc9, osc777 or osc99."
  )
  /// Whether clicks and the wheel act.
  public let usesMouse = Setting(
    "screen.mouse",
    .flag,
    .flag("mouse", isNegatable: true),
    help: "Let clicks and the wheel act; then Shift-drag selects text."
  )
  /// Whether to send as little as on a slow link.
  public let isLow = Setting(
    "screen.low",
    .flag,
    .flag("low", isNegatable: true),
    help: "Spare a slow link: a frame a second, 16 colours, no trends, no ages."
  )
  public let isInline = Setting(
    "screen.inline",
    .flag,
    .flag("inline", isNegatable: true),
    help: "Draw at the bottom of the normal screen, and leave the last frame there."
  )
  public let rows = Setting(
    "screen.rows",
    .one(.integer(1...200), default: 24),
    .flag("rows", value: "number"),
    help: "How many rows --inline draws on at most."
  )
  /// Lines instead of a screen.
  public let isPlain = Setting(
    "screen.plain",
    .flag,
    .flag("plain", isNegatable: true),
    under: RunSection.title,
    help: "Print a line for each change, for screen readers and logs."
  )
  /// Between two summaries of ``isPlain``; zero for only one.
  public let summaryInterval = Setting(
    "screen.summary",
    .one(.duration(.zero ... .seconds(86_400)), default: .seconds(300)),
    .flag("summary", value: "time"),
    under: RunSection.title,
    help: "How often --plain sums up; 0 for only at the start."
  )
}
