import Model
import Terminal

/// A line of text being typed at the bottom of the screen.
public struct Prompt: Equatable, Sendable {
  /// What is done with the text while it is typed.
  public enum Purpose: Sendable {
    /// Only generators that match are shown.
    case filter
    /// The cursor goes to the generator that fits best.
    case find
    /// A command is carried out by Enter.
    case command
  }

  public var purpose: Purpose
  public var text: String
  /// Where the next character goes: 0 is before the first.
  public var cursor: Int
  /// The filter that comes back with Esc.
  var before: FleetFilter
  /// The generator that the cursor comes back to with Esc.
  var origin: GeneratorIndex?
  /// Why the text is no filter (the last one that was is in force), or why the command was not carried out.
  public var mistake: LineError?
  /// What can stand at the cursor of a command.
  public var completion = Completion()
  /// The place in the history that is shown, from 0, and what was typed before it.
  var historyPlace: Int?
  var draft = ""

  init(_ purpose: Purpose, text: String = "", before: FleetFilter, origin: GeneratorIndex?) {
    (self.purpose, self.text, cursor) = (purpose, text, text.count)
    (self.before, self.origin) = (before, origin)
  }

  mutating func replaceAll(with text: String) {
    (self.text, cursor) = (text, text.count)
  }

  mutating func insert(_ character: Character) {
    guard text.count < FleetFilter.longest else { return }
    let before = text.count
    text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
    // An accent may have joined the character before it.
    cursor = min(text.count, cursor + text.count - before)
  }

  mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    deleteForward()
  }

  mutating func deleteForward() {
    guard cursor < text.count else { return }
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
    cursor = min(cursor, text.count)
  }

  mutating func deleteWordBackward() {
    while cursor > 0, character(before: cursor) == " " { deleteBackward() }
    while cursor > 0, character(before: cursor) != " " { deleteBackward() }
  }

  private func character(before place: Int) -> Character {
    text[text.index(text.startIndex, offsetBy: place - 1)]
  }

  /// The command that the line begins with; nil while it is none.
  public var command: PromptCommand? {
    guard purpose == .command else { return nil }
    return (try? CommandWords(text))?.command
  }

  // MARK: - What keys do to it

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

  // MARK: - What a command line takes over: candidates, and lines of before

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
