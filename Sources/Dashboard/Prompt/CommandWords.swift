import Wording

/// A line of the `:` prompt, cut up.
struct CommandWords {
  /// A part of the line.
  struct Word: Equatable {
    var text: String
    /// Its characters in the line.
    var range: Range<Int>
  }

  private(set) var command: PromptCommand
  /// Where the name stands.
  let name: Range<Int>
  /// Whether a `!` stands behind the name.
  private(set) var isForced: Bool
  /// What follows the name, parted by spaces.
  private(set) var words: [Word]
  private let line: [Character]
  /// Where the last word ends.
  private let end: Int

  /// Cuts up a line; nil for one that says nothing.
  ///
  /// - Throws: `LineError` if it begins with no command, or with what may be several.
  init?(_ line: String) throws(LineError) {
    let words = Self.words(of: line)
    guard let name = words.first else { return nil }
    (command, isForced) = try Self.command(name)
    self.name = name.range
    self.words = Array(words.dropFirst())
    self.line = Array(line)
    end = words.last?.range.upperBound ?? name.range.upperBound
  }

  /// The line as if another command stood there in place of its name and first word.
  func instead(_ command: PromptCommand) -> CommandWords {
    var line = self
    (line.command, line.isForced, line.words) = (command, false, Array(words.dropFirst()))
    return line
  }

  /// All that follows the name, without spaces at its ends.
  var rest: Word { part(from: words.first?.range.lowerBound ?? end) }

  private func part(from start: Int) -> Word {
    Word(text: String(line[start..<end]), range: start..<end)
  }

  /// The text from a word to the end of the line; nil if there is none.
  func text(from place: Int) -> String? {
    words.indices.contains(place) ? part(from: words[place].range.lowerBound).text : nil
  }

  /// The first word; where there is none, `reason` says what it would be.
  func firstWord(or reason: String) throws(LineError) -> Word {
    guard let word = words.first else { throw missing(reason) }
    return word
  }

  /// An error at the end of the line, where something is missing.
  func missing(_ reason: String) -> LineError { LineError(reason, at: end..<end) }

  /// Refuses words for which the command has no use.
  func checkCount() throws(LineError) {
    guard let most = command.mostWords, words.count > most else { return }
    let usage = command.arguments.isEmpty ? "nothing" : "no more than \(command.arguments)"
    let extra = part(from: words[most].range.lowerBound)
    throw LineError("\(command.name) takes \(usage)", at: extra.range)
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
  private static func command(_ word: Word) throws(LineError) -> (PromptCommand, isForced: Bool) {
    let isForced = word.text.hasSuffix("!")
    let text = (isForced ? String(word.text.dropLast()) : word.text).lowercased()
    let all = text.isEmpty ? [] : PromptCommand.all
    let name = Word(text: all.first { $0.shortName == text }?.name ?? text, range: word.range)
    let command = try name.choice(of: all, by: \.name, "command")
    guard !isForced || command.options.contains(.takesMark) else {
      let end = word.range.upperBound
      throw LineError("no ! is allowed after \(command.name)", at: end - 1..<end)
    }
    return (command, isForced)
  }
}

extension CommandWords.Word {
  /// The one of several things whose name it is, whole or by a beginning that only one of them has.
  ///
  /// - Parameters:
  ///   - things: The first of those whose names differ in case alone wins.
  ///   - name: How each is called.
  ///   - what: What they are, in the singular.
  /// - Returns: The one that is meant.
  /// - Throws: `LineError` that names the nearest, or all if they are few.
  func choice<Thing>(
    of things: [Thing],
    by name: (Thing) -> String,
    _ what: String
  ) throws(LineError) -> Thing {
    let (typed, names) = (text.lowercased(), things.map(name))
    if let whole = names.firstIndex(where: { $0.lowercased() == typed }) { return things[whole] }
    let fitting = names.indices.filter { names[$0].lowercased().hasPrefix(typed) }
    if fitting.count == 1 { return things[fitting[0]] }
    if fitting.count > 1 {
      let few = fitting.prefix(6).map { names[$0] }.joined(separator: ", ")
      let reason = "\"\(text)\" could be any of \(few)\(fitting.count > 6 ? " ..." : "")"
      throw LineError(reason, at: range)
    }
    var reason = "there is no \(what) \"\(text)\""
    if let nearest = Spelling.nearest(to: text, in: names) {
      reason += "; did you mean \(nearest)?"
    } else if names.count <= 14, !names.isEmpty {
      reason += "; there are \(names.joined(separator: ", "))"
    }
    throw LineError(reason, at: range)
  }

  func choice(of names: [String], _ what: String) throws(LineError) -> String {
    try choice(of: names, by: \.self, what)
  }

  func choice<Value: RawRepresentable<String>>(
    of values: [Value],
    _ what: String
  ) throws(LineError) -> Value {
    try choice(of: values, by: \.rawValue, what)
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
