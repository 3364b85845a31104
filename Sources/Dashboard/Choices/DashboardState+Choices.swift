import Model
import Terminal

/// What the operator chose, for those that only look at it, and how it is changed.
extension DashboardState {
  public var sort: SortOrder { choices.sort }
  public var isGrouped: Bool { choices.isGrouped }
  public var hiddenColumns: Set<FleetColumn> { choices.hiddenColumns }
  public func shows(_ column: FleetColumn) -> Bool { choices.shows(column) }
  public var regions: [String] { choices.regions }
  public var preset: ViewID { choices.preset }
  public var times: TimeDisplay { choices.times }
  public var usesMouse: Bool { choices.usesMouse }
  public var abnormalOnly: Bool { choices.abnormalOnly }
  public var payloadForm: PayloadForm { choices.payloadForm }

  /// Asks to keep the choices for the next time if a key has changed them.
  mutating func rememberChoices() -> [Effect] {
    // While a filter is typed each letter would be a file.
    guard prompt == nil, !choices.lastsLike(rememberedChoices) else { return [] }
    rememberedChoices = choices
    return [.remember(choices)]
  }

  // MARK: - Times of day

  /// The next way to write them.
  mutating func changeTimes() {
    choices.times = TimeDisplay.allCases.next(1, after: times)
    say("times: \(times.rawValue)")
  }

  /// `times` at the prompt.
  mutating func chooseTimes(_ line: CommandWords) throws(LineError) {
    let word = try line.firstWord(or: "local, utc or age")
    choices.times = try word.choice(of: TimeDisplay.allCases, "time format")
    say("times: \(times.rawValue)")
  }

  // MARK: - Themes

  /// Opens the list of themes, with the one in use under the cursor.
  mutating func openThemePicker() -> [Effect] {
    views.overlay = .themePicker(before: theme)
    return [.listThemes]
  }

  /// A key in the list of themes: what is under the cursor is shown at once.
  mutating func pressInThemePicker(_ key: Key, before: String) -> [Effect] {
    if key == .enter { return acceptTheme(from: before) }
    let command = keys.command(for: key)
    if let motion = command?.motion { return previewTheme(motion) }
    if command == .back || command == .quit || command == .themePicker {
      views.overlay = nil
      return useTheme(named: before)
    }
    // Nothing else is to happen while a theme is tried.
    if let command, command == .redraw || command == .suspend { return run(command) }
    return []
  }

  /// `theme` at the prompt.
  mutating func chooseTheme(_ line: CommandWords) throws(LineError) -> [Effect] {
    let word = try line.firstWord(or: "name a theme")
    let known = themes.entries.map(\.name)
    let name = known.isEmpty ? word.text : try word.choice(of: known, "theme")
    choices.theme = name
    if name != theme { say("theme \(name)") }
    return useTheme(named: name)
  }

  /// Changes to a theme; nothing happens if it is in use.
  mutating func useTheme(named name: String) -> [Effect] {
    guard name != theme else { return [] }
    theme = name
    return [.useTheme(name)]
  }

  /// A click on a line of the list shows that theme.
  mutating func previewTheme(ofLine line: Int) -> [Effect] {
    guard themes.entries.indices.contains(line) else { return [] }
    return useTheme(named: themes.entries[line].name)
  }

  private mutating func previewTheme(_ motion: Motion) -> [Effect] {
    guard !themes.entries.isEmpty else { return [] }
    let place = themes.entries.firstIndex { $0.name == theme } ?? 0
    let wanted: Int
    switch motion {
    case .down: wanted = place + 1
    case .up: wanted = place - 1
    case .pageDown, .halfPageDown: wanted = place + 5
    case .pageUp, .halfPageUp: wanted = place - 5
    case .first: wanted = 0
    case .last: wanted = themes.entries.count - 1
    case .left, .right: return []
    }
    return useTheme(named: themes.entries[min(max(0, wanted), themes.entries.count - 1)].name)
  }

  private mutating func acceptTheme(from before: String) -> [Effect] {
    views.overlay = nil
    choices.theme = theme
    if theme != before, themes.problem == nil {
      let isKept = runValues["remember"] == "on"
      say("theme \(theme)" + (isKept ? "" : " for now; screen.theme in config.yaml keeps it"))
    }
    return []
  }

  /// Takes over what the run loop found out.
  mutating func noteThemes(_ report: ThemeReport) {
    if let problem = report.problem, problem != themes.problem {
      say(problem)
    } else if report.isReread, report.problem == nil {
      say("theme \(theme) has been reloaded")
    }
    themes = report
    themes.isReread = false
    if prompt?.purpose == .command, prompt?.completion.wantsThemes == true { _ = complete() }
  }
}
