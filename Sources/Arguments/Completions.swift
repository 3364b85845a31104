/// What can stand where on a command line, for the scripts that complete it.
struct Completions {
  /// A command, with what may follow it.
  struct Node {
    /// What is typed: the root first.
    var words: [String]
    var options: [Option]
    var arguments: [Argument]
    var subcommands: [(name: String, summary: String)]

    var path: String { words.joined(separator: " ") }
  }

  /// What helps with a value.
  enum Values: Equatable {
    case files
    case words([String])
    case wordsOrFiles([String])
    /// Several of the words, with commas between.
    case wordList([String])
    /// Nothing can be said of it.
    case any
  }

  let root: String
  /// The root first.
  private(set) var nodes: [Node] = []

  init(of root: Command) {
    self.root = root.name
    add(root, after: [])
    guard !root.subcommands.isEmpty else { return }
    let names = root.subcommands.map(\.name)
    let help = "Show help for a command."
    nodes[0].subcommands.append((name: "help", summary: help))
    let argument = Argument("command", .oneOf(names), help: help, isRequired: false)
    nodes.append(
      Node(words: [root.name, "help"], options: [.help], arguments: [argument], subcommands: [])
    )
  }

  private mutating func add(_ command: Command, after words: [String]) {
    let words = words + [command.name]
    let common: [Option] = words.count > 1 ? [.help] : [.version, .help]
    nodes.append(
      Node(
        words: words,
        options: command.options.filter { !$0.isHidden } + common,
        arguments: command.arguments,
        subcommands: command.subcommands.map { ($0.name, $0.summary) },
      )
    )
    for subcommand in command.subcommands { add(subcommand, after: words) }
  }

  /// All options of all commands, each name once.
  var allOptions: [Option] {
    var names: Set<String> = []
    return nodes.flatMap(\.options).filter { names.insert($0.name).inserted }
  }

  func script(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  static func values(_ option: Option) -> Values {
    let values = values(option.kind)
    if case .words(let words) = values, option.occurrence == .commaSeparated {
      return .wordList(words)
    }
    return values
  }

  static func values(_ kind: ValueKind) -> Values {
    switch kind {
    case .path: .files
    case .oneOf(let words): .words(words)
    case .wordOrFile(let words): .wordsOrFiles(words)
    case .flag, .text, .integer, .number, .duration: .any
    }
  }

  /// The option as it can be typed: `-r`, `--region`, `--no-region`.
  static func spellings(_ option: Option) -> [String] {
    let letter = option.letter.map { ["-\($0)"] } ?? []
    return letter + ["--" + option.name] + (option.isNegatable ? ["--no-" + option.name] : [])
  }

  /// For a POSIX shell, in single quotes.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }
}
