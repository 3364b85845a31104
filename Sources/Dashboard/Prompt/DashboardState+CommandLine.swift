extension DashboardState {
  /// Opens the `:` prompt, with something typed already.
  mutating func openCommandLine(with text: String = "") -> [Effect] {
    var prompt = Prompt(.command, text: text, before: filter.text, origin: selection)
    prompt.completion = completion(of: prompt)
    self.prompt = prompt
    return prompt.completion.wantsThemes ? [.listThemes] : []
  }

  /// Looks again for what can stand at the cursor, since the line has changed.
  mutating func complete() -> [Effect] {
    guard var prompt else { return [] }
    let areAskedFor = prompt.completion.wantsThemes
    prompt.commandError = nil
    prompt.completion = completion(of: prompt)
    self.prompt = prompt
    return prompt.completion.wantsThemes && !areAskedFor ? [.listThemes] : []
  }

  /// Tab: puts the next candidate into the line, or the one before; a single one is final.
  mutating func putInCandidate(_ step: Int) -> [Effect] {
    prompt?.putInCandidate(step) == true ? complete() : []
  }

  /// Up and Down: lines of before that begin with what was typed.
  mutating func recall(_ step: Int) {
    guard var prompt else { return }
    prompt.recall(step, of: choices.history)
    // What was typed before stays what is looked for; the candidates are those of the whole line.
    prompt.completion = completion(of: prompt)
    self.prompt = prompt
  }

  /// Enter: carries out the line, or says what is wrong with it and lets it be put right.
  mutating func runLine() -> [Effect] {
    guard let line = prompt?.text else { return [] }
    bringUpToDate()
    do throws(CommandError) {
      guard let words = try CommandWords(line) else {
        prompt = nil
        return []
      }
      try words.checkCount()
      let effects = try run(words)
      prompt = nil
      choices.addToHistory(String(line.drop { $0.isWhitespace || $0 == ":" }))
      return effects
    } catch {
      prompt?.commandError = error
      return []
    }
  }

  /// Carries out a line that has been cut up.
  ///
  /// - Throws: `CommandError` with what is wrong; then nothing has changed.
  mutating func run(_ line: CommandWords) throws(CommandError) -> [Effect] {
    let effects = try line.command.run(line, on: &self)
    if !line.command.keepsOverlay { views.overlay = nil }
    return effects
  }
}
