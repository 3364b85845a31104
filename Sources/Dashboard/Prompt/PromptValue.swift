/// What a word of a line can be: what is offered for it.
enum PromptValue: Equatable, Sendable {
  /// Names of regions, with commas between them; they may hold spaces.
  case regions
  case sortColumn, direction, column
  /// `on` and `off`.
  case toggle
  case theme, times, generator, view, pane, format, command
  /// The name of a setting, and a value of the setting before it.
  case setting, settingValue
  /// Plain words.
  case words([String])
  /// A text of any kind, to the end of the line.
  case text

  /// How much of a line it takes.
  enum Extent {
    case word
    /// All that is left, as one.
    case rest
    /// Each of the words that are left.
    case list
  }

  var extent: Extent {
    switch self {
    case .regions, .column: .list
    case .generator, .text, .words: .rest
    case .sortColumn, .direction, .toggle, .theme, .times, .view, .pane, .format, .command,
      .setting, .settingValue:
      .word
    }
  }
}
