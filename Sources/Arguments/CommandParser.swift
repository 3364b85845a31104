import Wording
/// Parses command lines by GNU conventions against a table of commands.
///
/// `--name=value`, `--name value`, `-n5`, `-n 5`, `-abc` for three flags, `--` before words that
/// are no options. A value in the next word may begin with `-` only if it is a number. Given
/// twice, the last value holds; a list grows. Options may stand before and after the subcommand.
public struct CommandParser {
  private let root: Command
  private var path: [Command]
  private var words: ArraySlice<String>
  private var values: [String: [ParsedValue]] = [:]
  /// The options seen, as they were typed, by name: to refuse those before a subcommand.
  private var spellings: [String: String] = [:]
  private var positionals: [String] = []

  private init(_ root: Command, words: [String]) {
    self.root = root
    path = [root]
    self.words = words[...]
  }

  /// Parses the words after the program's name.
  ///
  /// - Throws: `ArgumentsError` for the first word, else the first variable, that is wrong.
  public static func parse(
    _ words: [String],
    environment: [String: String],
    root: Command,
  ) throws(ArgumentsError) -> ParsedCommandLine {
    var parser = CommandParser(root, words: words)
    if let early = try parser.readWords() { return early }
    try parser.checkOptions()
    try parser.assignPositionals()
    try parser.readEnvironment(environment)
    return .command(ParsedArguments(path: parser.path.map(\.name), values: parser.values))
  }

  private var command: Command { path.last ?? root }

  private var commandText: String {
    path.map(\.name).joined(separator: " ")
  }

  /// Returns what `--help`, `--version` or the command `help` ask for as soon as they are seen.
  private mutating func readWords() throws(ArgumentsError) -> ParsedCommandLine? {
    while let word = words.popFirst() {
      var option: Option?
      if word == "--" {
        for rest in words {
          try readPositional(rest)
        }
        return nil
      } else if word.hasPrefix("--") {
        option = try readLong(word.dropFirst(2))
      } else if word.hasPrefix("-"), word.count > 1 {
        option = try readShort(word.dropFirst())
      } else if word == "help", !command.subcommands.isEmpty {
        for name in words where !name.hasPrefix("-") {
          try enter(name)
        }
        return .help(path, .long)
      } else {
        try readPositional(word)
      }
      if option == .help { return .help(path, word.hasPrefix("--") ? .long : .short) }
      if option == .version { return .version }
    }
    return nil
  }

  private mutating func readPositional(_ word: String) throws(ArgumentsError) {
    guard command.subcommands.isEmpty else { return try enter(word) }
    positionals.append(word)
  }

  private mutating func enter(_ name: String) throws(ArgumentsError) {
    guard let next = command.subcommands.first(where: { $0.name == name }) else {
      let names = command.subcommands.map(\.name)
      if names.isEmpty { throw .unexpectedArgument(name, command: commandText) }
      throw .unknownCommand(name, nearest: Spelling.nearest(to: name, in: names))
    }
    path.append(next)
  }
}

// MARK: - Options

extension CommandParser {
  /// The option by its long name, of the command or of one before it, and whether it is `--no-…`.
  private func option(named name: String) -> (option: Option, isNegated: Bool)? {
    for option in knownOptions {
      if option.name == name { return (option, false) }
      if option.isNegatable, "no-" + option.name == name { return (option, true) }
    }
    return nil
  }

  /// Of the command itself first.
  private var knownOptions: [Option] {
    path.reversed().flatMap(\.options) + [.help, .version]
  }

  private mutating func readLong(_ text: Substring) throws(ArgumentsError) -> Option {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    let spelling = "--" + name
    guard let (option, isNegated) = option(named: name) else {
      let names = knownOptions.flatMap { $0.isNegatable ? [$0.name, "no-" + $0.name] : [$0.name] }
      let nearest = Spelling.nearest(to: name, in: names)
      throw .unknownOption(spelling, nearest: nearest.map { "--" + $0 })
    }
    let attached = parts.count > 1 ? String(parts[1]) : nil
    if option.kind == .flag {
      guard attached == nil else { throw .unexpectedValue(option: spelling) }
      set(option, .flag(!isNegated), from: spelling)
    } else {
      try read(option, attached ?? nextValue(of: option), from: spelling)
    }
    return option
  }

  /// Reads `-abc`: flags, of which the last may be an option with its value behind it.
  ///
  /// Returns the first that ends the parsing, else the last.
  private mutating func readShort(_ letters: Substring) throws(ArgumentsError) -> Option? {
    var letters = letters
    var last: Option?
    while let letter = letters.popFirst() {
      let spelling = "-\(letter)"
      guard let option = knownOptions.first(where: { $0.letter == letter }) else {
        throw .unknownOption(spelling, nearest: nil)
      }
      last = option
      guard option.kind == .flag else {
        let attached = letters.isEmpty ? nil : String(letters)
        try read(option, attached ?? nextValue(of: option), from: spelling)
        return option
      }
      set(option, .flag(true), from: spelling)
      if option == .help { return option }
    }
    return last
  }

  private mutating func nextValue(of option: Option) -> String? {
    guard let word = words.first else { return nil }
    let isOption = word.hasPrefix("-") && word.count > 1 && Double(word) == nil
    return isOption ? nil : words.popFirst()
  }

  private mutating func read(
    _ option: Option,
    _ text: String?,
    from spelling: String,
  ) throws(ArgumentsError) {
    guard let text else {
      throw .missingValue(option: spelling, expectation: option.kind.expectation)
    }
    for value in try Self.values(of: option, text, from: .argument(spelling)) {
      set(option, value, from: spelling)
    }
  }

  private mutating func set(_ option: Option, _ value: Value, from spelling: String) {
    let parsed = ParsedValue(value, from: .argument(spelling))
    values[option.name] = (option.occurrence == .once ? [] : values[option.name] ?? []) + [parsed]
    spellings[option.name] = spelling
  }

  private static func values(
    of option: Option,
    _ text: String,
    from origin: ValueOrigin,
  ) throws(ArgumentsError) -> [Value] {
    var parts = [text]
    if option.occurrence == .commaSeparated { parts = text.split(separator: ",").map(String.init) }
    return try parts.map { (part) throws(ArgumentsError) in
      try value(part, option.kind, from: origin)
    }
  }

  private static func value(
    _ text: String,
    _ kind: ValueKind,
    from origin: ValueOrigin,
  ) throws(ArgumentsError) -> Value {
    guard let value = kind.value(of: text) else {
      let nearest = Spelling.nearest(to: text, in: kind.words)
      throw .badValue(origin, text: text, expectation: kind.expectation, nearest: nearest)
    }
    return value
  }

  /// Refuses an option before a subcommand that the subcommand has not.
  private func checkOptions() throws(ArgumentsError) {
    let own = Set(command.options.map(\.name))
    let foreign = spellings.filter { !own.contains($0.key) }.values.sorted()
    guard let spelling = foreign.first else { return }
    throw .foreignOption(spelling, command: commandText)
  }

  private mutating func assignPositionals() throws(ArgumentsError) {
    var rest = positionals[...]
    for argument in command.arguments {
      let texts = argument.isRepeated ? rest : rest.prefix(1)
      rest = rest.dropFirst(texts.count)
      guard !texts.isEmpty || !argument.isRequired else {
        throw .missingArgument(argument.name, command: commandText)
      }
      let origin = ValueOrigin.argument("<\(argument.name)>")
      for text in texts {
        let value = try Self.value(text, argument.kind, from: origin)
        values[argument.name, default: []].append(ParsedValue(value, from: origin))
      }
    }
    guard let extra = rest.first else { return }
    throw .unexpectedArgument(extra, command: commandText)
  }

  private mutating func readEnvironment(_ environment: [String: String]) throws(ArgumentsError) {
    for option in command.options where values[option.name] == nil {
      guard let name = option.environment, let text = environment[name], !text.isEmpty else {
        continue
      }
      let origin = ValueOrigin.environment(name)
      values[option.name] = try Self.values(of: option, text, from: origin)
        .map { ParsedValue($0, from: origin) }
    }
  }
}
