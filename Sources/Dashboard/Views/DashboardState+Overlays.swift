import Terminal

/// What lies over the panes: what explains the program, and what keys and clicks do there.
extension DashboardState {
  mutating func toggleHelp() {
    if case .help = overlay { views.overlay = nil } else { views.overlay = .help(HelpPage()) }
  }

  mutating func toggleStatus() { views.overlay = overlay == .status ? nil : .status }

  /// `help` at the prompt: says what the command that the line names does, or lists all.
  mutating func explainCommands(_ line: CommandWords) throws(LineError) {
    guard let word = line.words.first else {
      views.overlay = .commandHelp
      return
    }
    let command = try word.choice(of: PromptCommand.all, by: \.name, "command")
    say("\(command.usage): \(command.help)")
  }

  /// `/` begins to search, Enter keeps what was found, Esc goes back to all.
  mutating func searchHelp(_ key: Key, _ page: HelpPage) -> [Effect]? {
    var page = page
    switch key {
    case .character("/") where !page.isTyping:
      page.isTyping = true
    case .escape where page.isTyping || !page.text.isEmpty:
      page = HelpPage()
    case .enter where page.isTyping:
      page.isTyping = false
    case .backspace where page.isTyping:
      page.text = String(page.text.dropLast())
    case .control("u") where page.isTyping:
      page.text = ""
    case .character(let character) where page.isTyping:
      if page.text.count < HelpPage.longest { page.text.append(character) }
    default:
      return nil
    }
    views.overlay = .help(page)
    return []
  }

  // MARK: - Keys and clicks

  /// A key that the overlay takes for itself; nil for one that it leaves to the table of commands.
  mutating func pressInOverlay(_ key: Key) -> [Effect]? { overlay?.row.press(&self, key) ?? nil }

  /// A click on a line of the menu that is open does what Enter does there, or shows what it is.
  mutating func chooseInOverlay(line: Int) -> [Effect] { overlay?.row.choose(&self, line) ?? [] }

  /// Enter in a menu whose cursor is on another line now.
  mutating func takeMenuLine(_ menu: Overlay) -> [Effect] {
    views.overlay = menu
    return press(.enter)
  }

  /// Where the cursor of a menu of `count` lines goes; nil for a key that does not move it.
  func moved(_ cursor: Int, by key: Key, count: Int) -> Int? {
    let own: [Key: Motion] = [
      .down: .down, .control("n"): .down, .up: .up, .control("p"): .up, .home: .first, .end: .last,
    ]
    let motion = own[key] ?? keys.command(for: key)?.motion
    guard let motion, [.down, .up, .first, .last].contains(motion) else { return nil }
    return motion.target(from: cursor, rows: 1, count: count)
  }
}
