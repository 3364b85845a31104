/// What can stand where on a command line, for the scripts that complete it.
struct Completions {
  /// A command, with the options that may follow it.
  struct Node {
    /// What is typed: the root first.
    var words: [String]
    var command: Command

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
    var root = root
    let names = root.subcommands.map(\.name)
    if !names.isEmpty {
      let summary = "Show help for a command."
      let argument = Argument("command", .oneOf(names), help: summary, isRequired: false)
      root.subcommands.append(Command("help", summary: summary, arguments: [argument]))
    }
    add(root, after: [])
  }

  private mutating func add(_ command: Command, after words: [String]) {
    let words = words + [command.name]
    var command = command
    command.options = command.visibleOptions + (words.count > 1 ? [.help] : [.version, .help])
    nodes.append(Node(words: words, command: command))
    for subcommand in command.subcommands { add(subcommand, after: words) }
  }

  /// All options of all commands, each name once.
  var allOptions: [Option] {
    var names: Set<String> = []
    return nodes.flatMap(\.command.options).filter { names.insert($0.name).inserted }
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
    case .oneOf(let words), .wordOrName(let words): Values(words: words)
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
