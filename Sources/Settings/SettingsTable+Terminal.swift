internal import Arguments

extension SettingsTable {
  /// How the terminal is used.
  static let terminal = [
    Setting(
      "screen.alert",
      .oneOf(AlertChoice.allCases.map(\.rawValue)),
      flag: "alert",
      value: "how",
      defaults: ["auto"],
      for: [.watch, .demo],
      section: "Screen",
      help: "How new critical alarms call: auto, off, bell, or bell and osc9, osc777 or osc99."
    ),
    Setting(
      "screen.mouse",
      .flag,
      flag: "mouse",
      isNegatable: true,
      for: .screens,
      section: "Screen",
      help: "Let clicks and the wheel act; then Shift-drag selects text."
    ),
    Setting(
      "screen.low",
      .flag,
      flag: "low",
      isNegatable: true,
      for: .screens,
      section: "Screen",
      help: "Spare a slow link: a frame a second, 16 colours, no trends, no ages."
    ),
    Setting(
      "screen.inline",
      .flag,
      flag: "inline",
      isNegatable: true,
      for: .screens,
      section: "Screen",
      help: "Draw at the bottom of the normal screen, and leave the last frame there."
    ),
    Setting(
      "screen.rows",
      .integer(1...200),
      flag: "rows",
      value: "number",
      defaults: ["24"],
      for: .screens,
      section: "Screen",
      help: "How many rows --inline draws on at most."
    ),
    Setting(
      "screen.plain",
      .flag,
      flag: "plain",
      isNegatable: true,
      for: .screens,
      section: "Without a screen",
      help: "Print a line for each change, for screen readers and logs."
    ),
    Setting(
      "screen.summary",
      .duration(.zero ... .seconds(86_400)),
      flag: "summary",
      value: "time",
      defaults: ["5m"],
      for: .screens,
      section: "Without a screen",
      help: "How often --plain sums up; 0 for only at the start."
    ),
  ]
}
