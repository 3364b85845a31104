/// What explains the program: help, the commands of the prompt, and the status page.
extension DashboardState {
  mutating func toggleHelp() {
    if case .help = overlay { views.overlay = nil } else { views.overlay = .help(HelpPage()) }
  }

  mutating func toggleStatus() {
    if case .status = overlay { views.overlay = nil } else { views.overlay = .status(scroll: 0) }
  }

  /// `help` at the prompt: says what the command that the line names does, or lists all.
  mutating func explainCommands(_ line: CommandWords) throws(CommandError) {
    guard let word = line.words.first else {
      views.overlay = .commandHelp(scroll: 0)
      return
    }
    let name = try word.choice(of: PromptCommand.all.map(\.name), "command")
    guard let command = PromptCommand.all.first(where: { $0.name == name }) else { return }
    say("\(command.usage): \(command.help)")
  }
}
