internal import Arguments

extension SettingsTable {
  /// What the screen begins with, where it shall not be as it was left.
  static let view = [
    Setting(
      "screen.order",
      .oneOf(["asc", "desc"]),
      flag: "order",
      value: "direction",
      for: .screens,
      section: "Screen",
      help: "Which way to sort: asc, or desc for the other way round."
    ),
    Setting(
      "screen.columns",
      .text,
      takes: .commaSeparated,
      flag: "columns",
      value: "name",
      for: .screens,
      section: "Screen",
      help: "The columns to show, besides state and id; else as the last time, or all."
    ),
    Setting(
      "screen.group",
      .flag,
      flag: "group",
      isNegatable: true,
      for: .screens,
      section: "Screen",
      help: "Group the fleet by region."
    ),
    Setting(
      "screen.view",
      .text,
      flag: "view",
      value: "name",
      for: .screens,
      section: "Screen",
      help: "The panes to begin with."
    ),
  ]
}
