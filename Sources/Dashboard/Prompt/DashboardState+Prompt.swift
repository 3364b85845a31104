import Model
import Terminal

extension DashboardState {
  /// Begins to type: a filter goes on from the one in force.
  mutating func openPrompt(_ purpose: Prompt.Purpose) {
    let text = purpose == .filter ? filter.text : ""
    prompt = Prompt(purpose, text: text, before: filter.text, origin: selection)
  }

  /// A key while a line is being typed; the list follows at once.
  mutating func type(_ key: Key) -> [Effect] {
    guard var prompt else { return [] }
    let isCommand = prompt.purpose == .command
    switch key {
    case .character(let character): prompt.insert(character)
    case .backspace: prompt.deleteBackward()
    case .delete: prompt.deleteForward()
    case .left: prompt.cursor = max(0, prompt.cursor - 1)
    case .right: prompt.cursor = min(prompt.text.count, prompt.cursor + 1)
    case .home, .control("a"): prompt.cursor = 0
    case .end, .control("e"): prompt.cursor = prompt.text.count
    case .control("w"): prompt.deleteWordBackward()
    case .control("u"): prompt.clear()
    case .tab where isCommand: return takeCandidate(1)
    case .backTab where isCommand: return takeCandidate(-1)
    case .enter where isCommand: return runLine()
    default:
      end(by: key)
      return []
    }
    let isNew = prompt.text != self.prompt?.text
    let isMoved = prompt.cursor != self.prompt?.cursor
    if isNew { prompt.historyPlace = nil }
    self.prompt = prompt
    if isCommand { return isNew || isMoved ? complete() : [] }
    if isNew { follow() }
    return []
  }

  /// Keys that end the typing, or do something else than change the line.
  private mutating func end(by key: Key) {
    switch (key, prompt?.purpose) {
    case (.tab, .filter), (.tab, .find): switchPurpose()
    case (.down, .find): findAgain(1)
    case (.up, .find): findAgain(-1)
    case (.down, .command), (.control("n"), .command): recall(1)
    case (.up, .command), (.control("p"), .command): recall(-1)
    case (.enter, _): closePrompt(keeping: true)
    case (.escape, _): closePrompt(keeping: false)
    default: break
    }
  }

  /// Lets the list follow what is typed; a filter that is wrong leaves the last good one in force.
  private mutating func follow() {
    guard var prompt else { return }
    guard prompt.purpose == .filter else { return search(for: prompt.text) }
    do throws(FilterError) {
      let filter = try FleetFilter(prompt.text, unit: options.policy.unit)
      prompt.error = nil
      setFilter(filter)
    } catch {
      prompt.error = error
    }
    self.prompt = prompt
  }

  /// Tab: the same text to find by instead of to filter by, and the other way round.
  private mutating func switchPurpose() {
    guard var prompt else { return }
    takeBack(prompt)
    prompt.error = nil
    prompt.purpose = prompt.purpose == .filter ? .find : .filter
    self.prompt = prompt
    follow()
  }

  /// Undoes what typing has done.
  private mutating func takeBack(_ prompt: Prompt) {
    switch prompt.purpose {
    case .filter:
      if let filter = try? FleetFilter(prompt.before, unit: options.policy.unit) {
        setFilter(filter)
      }
    case .find:
      search = nil
      if let origin = prompt.origin { putCursor(onGenerator: origin) }
    case .command: break
    }
  }

  /// Ends the typing, by Enter or Esc; what is no filter is not left by Enter, and its reason stays.
  mutating func closePrompt(keeping: Bool) {
    guard let prompt else { return }
    if keeping, let error = prompt.error { return say(error.reason) }
    if !keeping {
      takeBack(prompt)
    } else if prompt.purpose == .find {
      revealHiddenMatch()
    }
    self.prompt = nil
  }
}
