extension DashboardState {
  /// Opens the `:` prompt, with something typed already.
  mutating func openCommandLine(with text: String = "") -> [Effect] {
    var prompt = Prompt(.command, text: text, before: filter.text, origin: selection)
    prompt.completion = completion(of: prompt)
    self.prompt = prompt
    return prompt.completion.wantsThemes ? [.listThemes] : []
  }

  /// Looks anew for what can stand at the cursor, since the line has changed.
  mutating func complete() -> [Effect] {
    guard var prompt else { return [] }
    let areAskedFor = prompt.completion.wantsThemes
    prompt.commandError = nil
    prompt.completion = completion(of: prompt)
    self.prompt = prompt
    return prompt.completion.wantsThemes && !areAskedFor ? [.listThemes] : []
  }

  /// Tab: puts the next candidate into the line, or the one before; a single one is final.
  mutating func takeCandidate(_ step: Int) -> [Effect] {
    guard var prompt, !prompt.completion.candidates.isEmpty else { return [] }
    let candidates = prompt.completion.candidates
    let count = candidates.count
    let before = prompt.completion.chosen
    let chosen = before.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
    let characters = Array(prompt.text)
    let range = prompt.completion.range.clamped(to: 0..<characters.count)
    let isAtEnd = range.upperBound == characters.count
    let isFinal = count == 1 && prompt.completion.goesOn && isAtEnd
    let text = candidates[chosen].text + (isFinal ? " " : "")
    let line = String(characters[..<range.lowerBound]) + text
    let tail = String(characters[range.upperBound...])
    guard line.count + tail.count <= FleetFilter.longest else { return [] }
    prompt.text = line + tail
    prompt.cursor = line.count
    prompt.completion.range = range.lowerBound..<line.count
    prompt.completion.chosen = chosen
    prompt.commandError = nil
    self.prompt = prompt
    return isFinal ? complete() : []
  }

  /// Up and Down: lines of before that begin with what was typed.
  mutating func recall(_ step: Int) {
    guard var prompt else { return }
    if prompt.historyPlace == nil { prompt.draft = prompt.text }
    var place = prompt.historyPlace ?? history.count
    repeat {
      place += step
    } while history.indices.contains(place)
      && !history[place].hasPrefix(prompt.draft)
    if history.indices.contains(place) {
      prompt.historyPlace = place
      prompt.replaceAll(with: history[place])
    } else if step > 0 {
      prompt.historyPlace = nil
      prompt.replaceAll(with: prompt.draft)
    }
    prompt.commandError = nil
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
      keepInHistory(line)
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
    if !line.command.keepsOverlay { overlay = nil }
    return effects
  }

  private mutating func keepInHistory(_ line: String) {
    let line = line.drop { $0.isWhitespace || $0 == ":" }
    history.removeAll { $0 == line }
    history.append(String(line))
    if history.count > RememberedView.longestHistory {
      history.removeFirst(history.count - RememberedView.longestHistory)
    }
  }
}
