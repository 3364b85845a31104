extension Completions {
  /// For fish, one `complete` for each option of each command.
  var fish: String {
    var lines = [
      "# Completions of \(root) for fish, made by '\(root) --generate-completions fish'.",
      "complete -c \(root) -f",
    ]
    for node in nodes {
      let condition = fishCondition(node)
      for (name, summary) in node.subcommands {
        lines.append("\(condition) -a \(name) -d \(Self.fishQuoted(summary))")
      }
      lines += node.options.flatMap { fishLines($0, condition) }
      if let argument = node.arguments.first { lines += fishLines(argument, condition) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Where the command line has come to the command and to none below it.
  private func fishCondition(_ node: Node) -> String {
    var parts: [String] = []
    if node.words.count > 1 {
      parts.append("__fish_seen_subcommand_from \(node.words.last ?? "")")
    }
    if !node.subcommands.isEmpty {
      let names = node.subcommands.map(\.name).joined(separator: " ")
      parts.append("not __fish_seen_subcommand_from \(names)")
    }
    let condition = parts.isEmpty ? "" : " -n \(Self.fishQuoted(parts.joined(separator: "; and ")))"
    return "complete -c \(root)\(condition)"
  }

  private func fishLines(_ option: Option, _ condition: String) -> [String] {
    let letter = option.letter.map { " -s \($0)" } ?? ""
    let values = option.kind == .flag ? "" : fish(Self.values(option))
    let help = " -d " + Self.fishQuoted(option.help)
    let line = "\(condition)\(letter) -l \(option.name)\(values)\(help)"
    return option.isNegatable ? [line, "\(condition) -l no-\(option.name)\(help)"] : [line]
  }

  private func fishLines(_ argument: Argument, _ condition: String) -> [String] {
    switch Self.values(argument.kind) {
    case .files: ["\(condition) -F -d \(Self.fishQuoted(argument.help))"]
    case .wordsOrFiles(let words):
      ["\(condition) -F -a \(Self.fishQuoted(words.joined(separator: " ")))"]
    case .words(let words), .wordList(let words):
      ["\(condition) -a \(Self.fishQuoted(words.joined(separator: " ")))"]
    case .any: []
    }
  }

  private func fish(_ values: Values) -> String {
    switch values {
    case .files: " -r -F"
    case .wordsOrFiles(let words): " -r -F -a " + Self.fishQuoted(words.joined(separator: " "))
    case .words(let words): " -x -a " + Self.fishQuoted(words.joined(separator: " "))
    case .wordList(let words):
      " -x -a \"(__fish_append , \(words.joined(separator: " ")))\""
    case .any: " -x"
    }
  }

  private static func fishQuoted(_ text: String) -> String {
    "'" + text.map { "'\\".contains($0) ? "\\\($0)" : String($0) }.joined() + "'"
  }
}
