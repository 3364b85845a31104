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

  /// What helps with a value; nothing where nothing can be said of it.
  struct Values: Equatable {
    var words: [String] = []
    var takesFiles = false
    /// Whether several of the words may stand there, with commas between.
    var isList = false

    var isEmpty: Bool { words.isEmpty && !takesFiles }
    var text: String { words.joined(separator: " ") }
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
    nodes.append(
      Node(
        words: words,
        options: command.visibleOptions + (words.count > 1 ? [.help] : [.version, .help]),
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
    var values = values(option.kind)
    values.isList = option.occurrence == .commaSeparated
    return values
  }

  static func values(_ kind: ValueKind) -> Values {
    switch kind {
    case .path: Values(takesFiles: true)
    case .oneOf(let words): Values(words: words)
    case .wordOrFile(let words): Values(words: words, takesFiles: true)
    case .flag, .text, .integer, .number, .duration: Values()
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
