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
    let outcome = prompt.press(key)
    self.prompt = prompt
    switch outcome {
    case .nothing: break
    case .isChanged, .isMoved:
      if isCommand { return complete() }
      if outcome == .isChanged { showWhatIsTyped() }
    case .putsIn(let step): return putInCandidate(step)
    case .recalls(let step): recall(step)
    case .findsAgain(let step): findAgain(step)
    case .switchesPurpose: switchPurpose()
    case .runs: return runLine()
    case .ends(let keeping): closePrompt(keeping: keeping)
    }
    return []
  }

  /// Lets the list follow what is typed; a filter that is wrong leaves the last good one in force.
  private mutating func showWhatIsTyped() {
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
    undoTyping(of: prompt)
    prompt.error = nil
    prompt.purpose = prompt.purpose == .filter ? .find : .filter
    self.prompt = prompt
    showWhatIsTyped()
  }

  /// Undoes what typing has done.
  private mutating func undoTyping(of prompt: Prompt) {
    switch prompt.purpose {
    case .filter:
      if let filter = try? FleetFilter(prompt.before, unit: options.policy.unit) {
        setFilter(filter)
      }
    case .find:
      search = nil
      if let origin = prompt.origin { list.putCursor(onGenerator: origin, rows: fleetRows) }
    case .command: break
    }
  }

  /// Ends the typing, by Enter or Esc; what is no filter is not left by Enter, and its reason stays.
  mutating func closePrompt(keeping: Bool) {
    guard let prompt else { return }
    if keeping, let error = prompt.error { return say(error.reason) }
    if !keeping {
      undoTyping(of: prompt)
    } else if prompt.purpose == .find {
      revealHiddenMatch()
    }
    self.prompt = nil
  }
}
