import Model
import Terminal

/// A line of text being typed at the bottom of the screen.
public struct Prompt: Codable, Equatable, Sendable {
  /// What is done with the text while it is typed.
  public enum Purpose: Codable, Sendable {
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
  var before: String
  /// The generator that the cursor comes back to with Esc.
  var origin: GeneratorIndex?
  /// Why the text is no filter; the last one that was is in force.
  public var error: FilterError?
  /// Why the command was not carried out.
  public var commandError: CommandError?
  /// What can stand at the cursor of a command.
  public var completion = Completion()
  /// The place in the history that is shown, from 0, and what was typed before it.
  private var historyPlace: Int?
  private var draft = ""

  init(_ purpose: Purpose, text: String = "", before: String, origin: GeneratorIndex?) {
    self.purpose = purpose
    self.text = text
    self.before = before
    self.origin = origin
    cursor = text.count
  }

  /// What is wrong with the text, and where.
  public var mistake: (range: Range<Int>, reason: String)? {
    if let error { return (error.range, error.reason) }
    return commandError.map { ($0.range, $0.reason) }
  }

  // MARK: - Editing

  /// Changes the line, or moves the cursor in it; false for a key that does neither.
  mutating func edit(_ key: Key) -> Bool {
    let before = text
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
    default: return false
    }
    // What is typed now is no line of before.
    if text != before { historyPlace = nil }
    return true
  }

  private mutating func replaceAll(with text: String) {
    self.text = text
    cursor = text.count
  }

  private mutating func insert(_ character: Character) {
    guard text.count < FleetFilter.longest else { return }
    let before = text.count
    text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
    // An accent may have joined the character before it.
    cursor = min(text.count, cursor + text.count - before)
  }

  private mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
    cursor = min(cursor, text.count)
  }

  private mutating func deleteForward() {
    guard cursor < text.count else { return }
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
    cursor = min(cursor, text.count)
  }

  private mutating func deleteWordBackward() {
    while cursor > 0, character(before: cursor) == " " { deleteBackward() }
    while cursor > 0, character(before: cursor) != " " { deleteBackward() }
  }

  private func character(before place: Int) -> Character {
    text[text.index(text.startIndex, offsetBy: place - 1)]
  }
}

// MARK: - Completion and history

extension Prompt {
  /// Puts the next candidate into the line, or the one before.
  ///
  /// - Returns: Whether it was the only one and something can follow it.
  mutating func takeCandidate(_ step: Int) -> Bool {
    let candidates = completion.candidates
    guard !candidates.isEmpty else { return false }
    let count = candidates.count
    let before = completion.chosen
    let chosen = before.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
    let characters = Array(text)
    let range = completion.range.clamped(to: 0..<characters.count)
    let isAtEnd = range.upperBound == characters.count
    let isFinal = count == 1 && completion.goesOn && isAtEnd
    let word = candidates[chosen].text + (isFinal ? " " : "")
    let line = String(characters[..<range.lowerBound]) + word
    let tail = String(characters[range.upperBound...])
    guard line.count + tail.count <= FleetFilter.longest else { return false }
    text = line + tail
    cursor = line.count
    completion.range = range.lowerBound..<line.count
    completion.chosen = chosen
    commandError = nil
    return isFinal
  }

  /// Puts a line of before into the prompt: the next or the one before that begins with what was typed.
  mutating func recall(_ step: Int, from history: [String]) {
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
    commandError = nil
  }
}

extension Prompt {
  /// The command that the line begins with; nil while it is none.
  public var command: PromptCommand? {
    guard purpose == .command else { return nil }
    return (try? CommandWords(text))?.command
  }
}
