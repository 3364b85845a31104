/// What a line of the `:` prompt can ask for.
public enum PromptVerb: String, CaseIterable, Sendable {
  case region, filter, sort, columns, group, theme, times
  case find, goto, mark, unmark, pin, view, zoom
  case export, record, set, reconnect, status, help, keys, quit
}

/// A command of the `:` prompt: its name, what follows it, and what help says.
public struct PromptCommand: Equatable, Sendable {
  public let verb: PromptVerb
  /// What may be typed for its name as well; nil for nothing.
  public let shortName: String?
  /// What follows its name, for help: capitals stand for what is to be typed.
  public let arguments: String
  /// What it does, in a few words.
  public let help: String
  /// Whether a `!` behind the name means something.
  public let takesMark: Bool
  /// What each word may be, in their order; the last goes on for all that follow.
  let values: [PromptValue]

  public var name: String { verb.rawValue }

  init(
    _ verb: PromptVerb,
    _ arguments: String,
    _ help: String,
    shortName: String? = nil,
    takesMark: Bool = false,
    values: [PromptValue] = []
  ) {
    self.verb = verb
    self.shortName = shortName
    self.arguments = arguments
    self.help = help
    self.takesMark = takesMark
    self.values = values
  }
}

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
}

/// The commands of the `:` prompt: read by the prompt, by help and by the manual alike.
public enum PromptTable {
  /// In the order help lists them.
  public static let commands: [PromptCommand] = [
    PromptCommand(.region, "NAME[,NAME] | all", "show these regions only", values: [.regions]),
    PromptCommand(.filter, "[EXPRESSION]", "show what matches; empty: all", values: [.text]),
    PromptCommand(
      .sort,
      "COLUMN [asc|desc]",
      "sort by a column",
      values: [.sortColumn, .direction]
    ),
    PromptCommand(
      .columns,
      "+NAME -NAME ... | all",
      "show, hide columns",
      values: [.column]
    ),
    PromptCommand(.group, "[on|off]", "group by region", values: [.toggle]),
    PromptCommand(.theme, "NAME", "change the colours", values: [.theme]),
    PromptCommand(.times, "local|utc|age", "how times are written", values: [.times]),
    PromptCommand(.find, "TEXT", "go to the id or name that fits best", values: [.text]),
    PromptCommand(.goto, "ID", "go to a generator, hidden or not", values: [.generator]),
    PromptCommand(.mark, "[ID]", "mark a generator", values: [.generator]),
    PromptCommand(.unmark, "[ID|all]", "take its mark", values: [.generator]),
    PromptCommand(.pin, "[ID]", "keep at the top, or no longer", values: [.generator]),
    PromptCommand(.view, "NAME", "other panes", values: [.view]),
    PromptCommand(.zoom, "[PANE|off]", "one pane alone", values: [.pane]),
    PromptCommand(
      .export,
      "csv|json [FILE]",
      "write the list to a file; export! overwrites",
      takesMark: true,
      values: [.format, .text]
    ),
    PromptCommand(
      .record,
      "FILE | off",
      "keep what comes in, for egtop replay",
      values: [.words(["off"])]
    ),
    PromptCommand(
      .set,
      "NAME [VALUE]",
      "change a setting, or show it",
      values: [.setting, .settingValue]
    ),
    PromptCommand(.reconnect, "", "try all connections now"),
    PromptCommand(.status, "", "status and counters"),
    PromptCommand(.help, "[COMMAND]", "explain the commands", values: [.command]),
    PromptCommand(.keys, "", "the keys"),
    PromptCommand(.quit, "", "leave egtop", shortName: "q", takesMark: true),
  ]

  /// The command of a verb.
  static func command(_ verb: PromptVerb) -> PromptCommand? {
    commands.first { $0.verb == verb }
  }
}
