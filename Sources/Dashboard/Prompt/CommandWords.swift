import Wording
import Arguments

/// A line of the `:` prompt, cut up.
struct CommandWords {
  /// A part of the line.
  struct Word: Equatable {
    var text: String
    /// Its characters in the line.
    var range: Range<Int>
  }

  let command: PromptCommand
  /// Where the name stands.
  let name: Range<Int>
  /// Whether a `!` stands behind the name.
  let isForced: Bool
  /// What follows the name, parted by spaces.
  let words: [Word]
  /// All that follows the name, without spaces at its ends.
  let rest: Word

  /// Cuts up a line; nil for one that says nothing.
  ///
  /// - Throws: `CommandError` if it begins with no command, or with what may be several.
  init?(_ line: String) throws(CommandError) {
    let words = Self.words(of: line)
    guard let name = words.first else { return nil }
    (command, isForced) = try Self.command(name)
    self.name = name.range
    self.words = Array(words.dropFirst())
    let end = words.last?.range.upperBound ?? name.range.upperBound
    let start = words.count > 1 ? words[1].range.lowerBound : end
    rest = Word(text: String(Array(line)[start..<end]), range: start..<end)
  }

  private init(_ line: CommandWords, instead command: PromptCommand) {
    self.command = command
    name = line.name
    isForced = false
    words = Array(line.words.dropFirst())
    let start = words.first?.range.lowerBound ?? line.rest.range.upperBound
    let skipped = start - line.rest.range.lowerBound
    rest = Word(
      text: String(line.rest.text.dropFirst(skipped)),
      range: start..<line.rest.range.upperBound
    )
  }

  /// The line as if another command stood there in place of its name and first word.
  func instead(_ command: PromptCommand) -> CommandWords {
    CommandWords(self, instead: command)
  }

  /// The text from a word to the end of the line; nil if there is none.
  func text(from place: Int) -> String? {
    guard words.indices.contains(place) else { return nil }
    return String(
      rest.text.dropFirst(words[place].range.lowerBound - rest.range.lowerBound)
    )
  }

  /// An error at the end of the line, where something is missing.
  func missing(_ reason: String) -> CommandError {
    CommandError(reason, at: rest.range.upperBound..<rest.range.upperBound)
  }

  /// Refuses words for which the command has no use.
  func checkCount() throws(CommandError) {
    guard let most = command.mostWords, words.count > most else { return }
    let extra = words[most].range.lowerBound..<rest.range.upperBound
    let usage = command.arguments.isEmpty ? "nothing" : "no more than \(command.arguments)"
    throw CommandError("\(command.name) takes \(usage)", at: extra)
  }

  /// The parts between spaces; colons before the first are left out, as they are typed by habit.
  static func words(of line: String) -> [Word] {
    var words: [Word] = []
    for (place, character) in line.enumerated() {
      if character.isWhitespace || words.isEmpty && character == ":" { continue }
      if let last = words.last, last.range.upperBound == place {
        words[words.count - 1].text.append(character)
        words[words.count - 1].range = last.range.lowerBound..<place + 1
      } else {
        words.append(Word(text: String(character), range: place..<place + 1))
      }
    }
    return words
  }

  /// The command of a name, of its beginning if that says which, and whether a `!` follows.
  private static func command(
    _ word: Word
  ) throws(CommandError) -> (PromptCommand, isForced: Bool) {
    let isForced = word.text.hasSuffix("!")
    let name = (isForced ? String(word.text.dropLast()) : word.text).lowercased()
    guard let command = try named(name, at: word.range) else {
      let names = PromptCommand.all.map(\.name)
      let nearest = Spelling.nearest(to: name, in: names).map { "; did you mean \($0)?" }
      throw CommandError("there is no command \"\(name)\"" + (nearest ?? ""), at: word.range)
    }
    guard !isForced || command.takesMark else {
      let end = word.range.upperBound
      throw CommandError("a ! means nothing to \(command.name)", at: end - 1..<end)
    }
    return (command, isForced)
  }

  /// The command that a name or the beginning of one stands for; nil if there is none.
  private static func named(
    _ name: String,
    at range: Range<Int>
  ) throws(CommandError) -> PromptCommand? {
    let all = PromptCommand.all
    if let whole = all.first(where: { $0.name == name || $0.shortName == name }) { return whole }
    let fitting = name.isEmpty ? [] : all.filter { $0.name.hasPrefix(name) }
    guard fitting.count > 1 else { return fitting.first }
    let names = fitting.map(\.name).joined(separator: ", ")
    throw CommandError("\"\(name)\" may be any of \(names)", at: range)
  }
}

extension CommandWords.Word {
  /// The one of several names that it is, whole or by a beginning that only one of them has.
  ///
  /// - Parameters:
  ///   - names: The first of those that differ in case alone wins.
  ///   - what: What they are the names of, in the singular.
  /// - Returns: The name as it is in `names`.
  /// - Throws: `CommandError` that names the nearest, or all if they are few.
  func choice(of names: [String], _ what: String) throws(CommandError) -> String {
    let typed = text.lowercased()
    if let whole = names.first(where: { $0.lowercased() == typed }) { return whole }
    let fitting = names.filter { $0.lowercased().hasPrefix(typed) }
    if let only = fitting.first, fitting.count == 1 { return only }
    if fitting.count > 1 {
      let few = fitting.prefix(6).joined(separator: ", ") + (fitting.count > 6 ? " ..." : "")
      throw CommandError("\"\(text)\" may be any of \(few)", at: range)
    }
    var reason = "there is no \(what) \"\(text)\""
    if let nearest = Spelling.nearest(to: text, in: names) {
      reason += "; did you mean \(nearest)?"
    } else if names.count <= 14, !names.isEmpty {
      reason += "; there are \(names.joined(separator: ", "))"
    }
    throw CommandError(reason, at: range)
  }

  /// The parts between commas, without spaces at their ends; empty ones are left out.
  var listed: [CommandWords.Word] {
    var parts: [CommandWords.Word] = []
    var start = range.lowerBound
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let before = part.prefix { $0.isWhitespace }.count
      var inner = part.dropFirst(before)
      while inner.last?.isWhitespace == true { inner.removeLast() }
      let first = start + before
      if !inner.isEmpty {
        parts.append(CommandWords.Word(text: String(inner), range: first..<first + inner.count))
      }
      start += part.count + 1
    }
    return parts
  }
}
