import Terminal

/// All that there is to know of a command: its key, what can be typed for it, or both.
struct CommandRow: Sendable {
  /// What pressing its key does.
  enum Action: Sendable {
    case move(Motion)
    case showRegion(number: Int)
    case run(@Sendable (inout DashboardState) -> [Effect])
  }

  /// What can be done by a key.
  struct KeyPart: Sendable {
    var keys: [Key]
    var group: KeyBinding.Group
    var help: String
    var hint: String?
    var action: Action
  }

  /// Nil for what can only be typed.
  var key: KeyPart?
  /// Nil for what cannot be typed at the `:` prompt.
  var typed: TypedPart?
}

// MARK: - Rows with a key

extension CommandRow {
  /// What runs `act`; an empty `help` leaves it to that of the row before.
  static func key(
    _ keys: [Key],
    _ group: KeyBinding.Group,
    _ help: String,
    hint: String? = nil,
    _ act: @escaping @Sendable (inout DashboardState) -> [Effect]
  ) -> CommandRow {
    CommandRow(
      key: KeyPart(keys: keys, group: group, help: help, hint: hint, action: .run(act))
    )
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
    CommandRow(key: KeyPart(keys: keys, group: .move, help: help, action: .move(motion)))
  }

  /// What shows one region by its number, or all of them for 0.
  static func region(_ number: Int, _ key: Key) -> CommandRow {
    CommandRow(
      key: KeyPart(
        keys: [key],
        group: .find,
        help: number == 0 ? "all regions" : "region \(number)",
        action: .showRegion(number: number)
      )
    )
  }
}

// MARK: - Rows with a line of the prompt

/// What can be typed for a command at the `:` prompt.
struct TypedPart: Sendable {
  typealias Run = @Sendable (inout DashboardState, CommandWords) throws(CommandError) -> [Effect]

  /// Where help lists it: the lower the earlier.
  var order: Int
  /// What is typed, where that is not the command's own name.
  var name: String?
  /// What may be typed as well.
  var shortName: String?
  /// What follows the name, for help: capitals stand for what is to be typed.
  var arguments: String
  /// What it does, in a few words.
  var help: String
  /// What each word may be, in their order; the last may go on for all that follow.
  var values: [PromptValue]
  var options: Options
  var run: Run

  struct Options: OptionSet, Sendable {
    let rawValue: Int

    /// A `!` behind the name means something.
    static let takesMark = Options(rawValue: 1)
    /// What it does is not seen in the panes, so that what lies over them may stay.
    static let keepsOverlay = Options(rawValue: 2)
  }
}

extension CommandRow {
  /// A row for what can only be typed.
  static let promptOnly = CommandRow()

  /// The row with what can be typed for it: see ``TypedPart``.
  func typed(
    _ order: Int,
    _ arguments: String,
    _ help: String,
    _ values: PromptValue...,
    as name: String? = nil,
    short: String? = nil,
    options: TypedPart.Options = [],
    _ run: @escaping TypedPart.Run
  ) -> CommandRow {
    var row = self
    row.typed = TypedPart(
      order: order,
      name: name,
      shortName: short,
      arguments: arguments,
      help: help,
      values: values,
      options: options,
      run: run
    )
    return row
  }

  /// The same, for what asks nothing of the run loop.
  func typed(
    _ order: Int,
    _ arguments: String,
    _ help: String,
    _ values: PromptValue...,
    as name: String? = nil,
    options: TypedPart.Options = [],
    _ run:
      @escaping @Sendable (inout DashboardState, CommandWords) throws(CommandError)
      -> Void
  ) -> CommandRow {
    var row = self
    row.typed = TypedPart(
      order: order,
      name: name,
      shortName: nil,
      arguments: arguments,
      help: help,
      values: values,
      options: options
    ) { state, line throws(CommandError) in
      try run(&state, line)
      return []
    }
    return row
  }
}
