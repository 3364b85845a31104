import Terminal

/// What keys do to a line while it is typed.
extension Prompt {
  /// What a key has done, or asks for.
  enum Outcome: Equatable {
    case nothing
    /// The text is another.
    case isChanged
    /// Only the cursor is at another place.
    case isMoved
    /// Tab in a command: the next candidate is to be put in, or the one before.
    case putsIn(step: Int)
    /// A command typed before is to be shown: an older or a newer one.
    case recalls(step: Int)
    /// The cursor of the list is to go to the next that has the letters, or to the one before.
    case findsAgain(step: Int)
    /// The text is to be found by instead of to be filtered by, or the other way round.
    case switchesPurpose
    case runs
    case ends(keeping: Bool)
  }

  /// Edits the line, or says what else the key means.
  mutating func press(_ key: Key) -> Outcome {
    let before = (text, cursor)
    switch key {
    case .character(let character): insert(character)
    case .backspace: deleteBackward()
    case .delete: deleteForward()
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .control("w"): deleteWordBackward()
    case .control("u"): replaceAll(with: "")
    default: return meaning(of: key)
    }
    if text != before.0 {
      historyPlace = nil
      return .isChanged
    }
    return cursor == before.1 ? .nothing : .isMoved
  }

  /// What a key means that does not edit.
  private func meaning(of key: Key) -> Outcome {
    switch (key, purpose) {
    case (.tab, .command): .putsIn(step: 1)
    case (.backTab, .command): .putsIn(step: -1)
    case (.tab, .filter), (.tab, .find): .switchesPurpose
    case (.down, .find): .findsAgain(step: 1)
    case (.up, .find): .findsAgain(step: -1)
    case (.down, .command), (.control("n"), .command): .recalls(step: 1)
    case (.up, .command), (.control("p"), .command): .recalls(step: -1)
    case (.enter, .command): .runs
    case (.enter, .filter), (.enter, .find): .ends(keeping: true)
    case (.escape, _): .ends(keeping: false)
    default: .nothing
    }
  }
}

/// What a command line takes over: candidates, and lines of before.
extension Prompt {
  /// Puts the next candidate into the line, or the one before.
  ///
  /// - Returns: Whether it was the only one, so that the line goes on behind it.
  mutating func putInCandidate(_ step: Int) -> Bool {
    let candidates = completion.candidates
    guard !candidates.isEmpty else { return false }
    let count = candidates.count
    let chosen =
      completion.chosen.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
    let characters = Array(text)
    let range = completion.range.clamped(to: 0..<characters.count)
    let isAtEnd = range.upperBound == characters.count
    let isFinal = count == 1 && completion.goesOn && isAtEnd
    let line =
      String(characters[..<range.lowerBound]) + candidates[chosen].text + (isFinal ? " " : "")
    let tail = String(characters[range.upperBound...])
    guard line.count + tail.count <= FleetFilter.longest else { return false }
    text = line + tail
    cursor = line.count
    completion.range = range.lowerBound..<line.count
    completion.chosen = chosen
    mistake = nil
    return isFinal
  }

  /// Shows the next line of before that begins with what was typed, or goes back to that.
  mutating func recall(_ step: Int, of history: [String]) {
    if historyPlace == nil { draft = text }
    var place = historyPlace ?? history.count
    repeat {
      place += step
    } while history.indices.contains(place) && !history[place].hasPrefix(draft)
    if history.indices.contains(place) {
      historyPlace = place
      replaceAll(with: history[place])
    } else if step > 0 {
      historyPlace = nil
      replaceAll(with: draft)
    }
    mistake = nil
  }
}
