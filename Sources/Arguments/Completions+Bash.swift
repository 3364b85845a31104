extension Completions {
  /// For bash 4 and newer; it needs nothing of the package bash-completion.
  var bash: String {
    let name = "_" + root.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    return """
      # Completions of \(root) for bash, made by '\(root) --generate-completions bash'.
      \(name)() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
        local command=\(Self.quoted(root)) index words='' files='' list=''
        # --name=value comes as three words.
        if [[ $word == = ]]; then
          word=''
        elif [[ $before == = ]]; then
          before=${COMP_WORDS[COMP_CWORD - 2]}
        fi
        for ((index = 1; index < COMP_CWORD; index++)); do
          case "$command ${COMP_WORDS[index]}" in
      \(bashPath)
          esac
        done
        case $before in
      \(bashValues)
          *)
            if [[ $word == -* ]]; then
              case $command in
      \(bashOptions)
              esac
            else
              case $command in
      \(bashArguments)
              esac
            fi
            ;;
        esac
        if [[ $files ]]; then
          compopt -o filenames 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; compgen -f -- "$word")
          return
        fi
        if [[ $list && $word == *,* ]]; then
          words=${words// / ${word%,*},}
          words=${word%,*},$words
        fi
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
      }
      complete -F \(name) \(root)

      """
  }

  /// Which words choose a command, and which take the next word as their value.
  private var bashPath: String {
    let commands = nodes.dropFirst().map { Self.quoted($0.path) }
    let options = allOptions.filter { $0.kind != .flag }.flatMap(Self.spellings)
    var lines: [String] = []
    if !commands.isEmpty {
      lines.append(commands.joined(separator: " | ") + ") command+=\" ${COMP_WORDS[index]}\" ;;")
    }
    if !options.isEmpty {
      lines += [
        options.map { "*' \($0)'" }.joined(separator: " | ") + ")",
        "  if [[ ${COMP_WORDS[index + 1]} == = ]]; then ((index++)); fi",
        "  ((index++))",
        "  ;;",
      ]
    }
    return indented(lines, by: 6)
  }

  /// What to offer for the value of each option; those of which nothing can be said end together.
  private var bashValues: String {
    let options = allOptions.filter { $0.kind != .flag }
    let free = options.filter { Self.values($0).isEmpty }.flatMap(Self.spellings)
    let known = options.filter { !Self.values($0).isEmpty }.map { option in
      Self.spellings(option).joined(separator: " | ") + ") " + bash(Self.values(option)) + ";;"
    }
    let last = free.isEmpty ? [] : [free.joined(separator: " | ") + ") return ;;"]
    return indented(known + last, by: 4)
  }

  private func bash(_ values: Values) -> String {
    guard !values.isEmpty else { return "return " }
    return (values.takesFiles ? "files=1 " : "") + (values.isList ? "list=1 " : "")
      + (values.words.isEmpty ? "" : "words=\(Self.quoted(values.text)) ")
  }

  private var bashOptions: String {
    let lines = nodes.map { node in
      let names = node.command.options.flatMap(Self.spellings).filter { $0.hasPrefix("--") }
      return Self.quoted(node.path) + ") words=\(Self.quoted(names.joined(separator: " "))) ;;"
    }
    return indented(lines, by: 10)
  }

  /// Subcommands, else what the first positional argument may be.
  private var bashArguments: String {
    let lines = nodes.compactMap { node -> String? in
      let values =
        node.command.subcommands.isEmpty
        ? node.command.arguments.first.map { Self.values($0.kind) } ?? Values()
        : Values(words: node.command.subcommands.map(\.name))
      return values.isEmpty ? nil : Self.quoted(node.path) + ") " + bash(values) + ";;"
    }
    return indented(lines + ["*) return ;;"], by: 10)
  }

  private func indented(_ lines: [String], by count: Int) -> String {
    lines.map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
  }
}
