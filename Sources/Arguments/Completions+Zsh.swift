extension Completions {
  /// For zsh's own `_arguments`, to be found in `$fpath` under the name of the program and an underscore.
  var zsh: String {
    let functions = nodes.map { node in
      """
      \(function(node))() {
        local curcontext=$curcontext state line
        typeset -A opt_args
        _arguments -s -S -C \\
      \(specifications(node).map { "    \($0)" }.joined(separator: " \\\n"))\(zshSubcommands(node))
      }

      """
    }
    return """
      #compdef \(root)
      # Completions of \(root) for zsh, made by '\(root) --generate-completions zsh'.

      \(functions.joined(separator: "\n"))
      if [[ $funcstack[1] == _\(root) ]]; then
        _\(root) "$@"
      else
        compdef _\(root) \(root)
      fi

      """
  }

  private func function(_ node: Node) -> String {
    "_" + node.words.joined(separator: "_")
  }

  private func specifications(_ node: Node) -> [String] {
    let options = node.command.options.flatMap(specifications)
    if !node.command.subcommands.isEmpty { return options + ["'1: :->command'", "'*:: :->rest'"] }
    return options
      + node.command.arguments.map { argument in
        let place = argument.isRepeated ? "*" : argument.isRequired ? "" : ":"
        let values = zsh(Self.values(argument.kind))
        return Self.quoted("\(place):\(Self.escaped(argument.name)):\(values)")
      }
  }

  /// Several specifications, since each spelling has its own; one excludes the others.
  private func specifications(_ option: Option) -> [String] {
    let spellings = Self.spellings(option)
    let isRepeated = option.occurrence != .once
    let others = isRepeated ? "*" : "(" + spellings.joined(separator: " ") + ")"
    let help = "[" + Self.escaped(option.help) + "]"
    guard option.kind != .flag else { return spellings.map { Self.quoted(others + $0 + help) } }
    let value = ":\(Self.escaped(option.valueName)):" + zsh(Self.values(option))
    return spellings.map { spelling in
      Self.quoted(others + spelling + (spelling.hasPrefix("--") ? "=" : "+") + help + value)
    }
  }

  private func zsh(_ values: Values) -> String {
    if values.isEmpty { return " " }
    if values.words.isEmpty { return "_files" }
    if values.isList { return "_sequence compadd - " + values.text }
    let words = "(\(values.text))"
    return values.takesFiles
      ? "{_alternative \"words:word:\(words)\" \"files:file:_files\"}" : words
  }

  private func zshSubcommands(_ node: Node) -> String {
    guard !node.command.subcommands.isEmpty else { return "" }
    let described = node.command.subcommands.map { command in
      "      " + Self.quoted("\(command.name):\(command.summary)")
    }
    let cases = node.command.subcommands.map { "      \($0.name)) \(function(node))_\($0.name) ;;" }
    return """

        case $state in
          command)
            local -a commands=(
      \(described.map { "  " + $0 }.joined(separator: "\n"))
            )
            _describe command commands
            ;;
          rest)
            case $line[1] in
      \(cases.map { "  " + $0 }.joined(separator: "\n"))
            esac
            ;;
        esac
      """
  }

  /// For a description within brackets or between colons.
  private static func escaped(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
