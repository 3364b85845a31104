import Model

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
    self.purpose = purpose
    self.text = text
    self.before = before
    self.origin = origin
    cursor = text.count
  }

  mutating func replaceAll(with text: String) {
    self.text = text
    cursor = text.count
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
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
    cursor = min(cursor, text.count)
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
}

extension Prompt {
  /// The command that the line begins with; nil while it is none.
  public var command: PromptCommand? {
    guard purpose == .command else { return nil }
    return (try? CommandWords(text))?.command
  }
}
