import Terminal

/// All that there is to know of a command: its key, what can be typed for it, or both.
struct CommandRow: Sendable {
  /// What can be done by a key.
  struct KeyPart: Sendable {
    let keys: [Key]
    let group: KeyBinding.Group
    let help: String
    let hint: String?
    /// How it moves the cursor of the focused pane, or scrolls what lies over the panes; nil for what does neither.
    var motion: Motion?
    /// The number of the region that it shows, 0 for all of them; nil for what does something else.
    var regionNumber: Int?
    let act: @Sendable (inout DashboardState) -> [Effect]
  }

  /// Nil for what can only be typed.
  var key: KeyPart?
  /// Nil for what cannot be typed at the `:` prompt.
  var typed: TypedPart?

  // MARK: - Rows with a key

  /// What runs `act`; an empty `help` leaves it to that of the row before.
  static func key(
    _ keys: [Key],
    _ group: KeyBinding.Group,
    _ help: String,
    hint: String? = nil,
    _ act: @escaping @Sendable (inout DashboardState) -> [Effect]
  ) -> CommandRow {
    CommandRow(key: KeyPart(keys: keys, group: group, help: help, hint: hint, act: act))
  }

  /// The same, for what asks nothing of the run loop.
  static func key(
    _ keys: [Key],
    _ group: KeyBinding.Group,
    _ help: String,
    hint: String? = nil,
    _ act: @escaping @Sendable (inout DashboardState) -> Void
  ) -> CommandRow {
    key(keys, group, help, hint: hint) { state -> [Effect] in
      act(&state)
      return []
    }
  }

  /// What moves the cursor of the focused pane, or scrolls what lies over the panes.
  static func motion(_ motion: Motion, _ keys: [Key], _ help: String) -> CommandRow {
    var row = key(keys, .move, help) { $0.move(motion) }
    row.key?.motion = motion
    return row
  }

  /// What shows one region by its number, or all of them for 0.
  static func region(_ number: Int) -> CommandRow {
    let help = number == 0 ? "all regions" : "region \(number)"
    var row = key([.character(Character("\(number)"))], .find, help) {
      $0.showRegion(number: number)
    }
    row.key?.regionNumber = number
    return row
  }

  /// A row for what can only be typed.
  static let promptOnly = CommandRow()

  /// The row with what can be typed for it: see ``TypedPart``.
  func typed(
    _ order: Int,
    _ arguments: String,
    _ help: String,
    _ values: [PromptValue] = [],
    as name: String? = nil,
    short: String? = nil,
    options: TypedPart.Options = [],
    _ run: @escaping TypedPart.Run
  ) -> CommandRow {
    var part = TypedPart(order: order, arguments: arguments, help: help, values: values, run: run)
    (part.name, part.shortName, part.options) = (name, short, options)
    return CommandRow(key: key, typed: part)
  }

  /// The same, for what asks nothing of the run loop.
  func typed(
    _ order: Int,
    _ arguments: String,
    _ help: String,
    _ values: [PromptValue] = [],
    as name: String? = nil,
    options: TypedPart.Options = [],
    _ run: @escaping @Sendable (inout DashboardState, CommandWords) throws -> Void
  ) -> CommandRow {
    typed(order, arguments, help, values, as: name, options: options) { state, line -> [Effect] in
      try run(&state, line)
      return []
    }
  }
}

// MARK: - Rows with a line of the prompt

/// What can be typed for a command at the `:` prompt.
struct TypedPart: Sendable {
  /// Throws ``LineError`` alone, which closures do not say as shortly.
  typealias Run = @Sendable (inout DashboardState, CommandWords) throws -> [Effect]

  /// Where help lists it: the lower the earlier.
  let order: Int
  /// What follows the name, for help: capitals stand for what is to be typed.
  let arguments: String
  /// What it does, in a few words.
  let help: String
  /// What each word may be, in their order; the last may go on for all that follow.
  let values: [PromptValue]
  let run: Run
  /// What is typed, where that is not the command's own name.
  var name: String?
  /// What may be typed as well.
  var shortName: String?
  var options: Options = []

  struct Options: OptionSet, Sendable {
    let rawValue: Int

    /// A `!` behind the name means something.
    static let takesMark = Options(rawValue: 1)
    /// What it does is not seen in the panes, so that what lies over them may stay.
    static let keepsOverlay = Options(rawValue: 2)
  }
}
