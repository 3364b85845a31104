/// The help of a command: what it does, how to begin, the commands below it, then its options.
public struct HelpText {
  /// The column in which descriptions begin.
  private static let descriptionColumn = 26

  private let path: [Command]
  private let command: Command
  private let form: HelpForm

  /// - Parameters:
  ///   - path: The root first; the last is the command that is described.
  ///   - form: How much of it is shown.
  public init(path: [Command], form: HelpForm = .long) {
    self.path = path
    self.form = form
    command = path.last ?? Command("", summary: "")
  }

  /// The whole text; lines are broken at spaces to fit the width, but never below 40 columns.
  public func rendered(width: Int) -> String {
    let width = max(40, width)
    var blocks = [command.summary, usage(width: width)]
    if !command.examples.isEmpty {
      blocks.append((["EXAMPLES:"] + command.examples.map { "  " + $0 }).joined(separator: "\n"))
    }
    if !command.subcommands.isEmpty {
      let rows = command.subcommands.map { ($0.name, $0.summary) }
      blocks.append(section("Commands", rows, width: width))
    }
    if form == .long, !command.discussion.isEmpty { blocks.append(command.discussion) }
    if !command.arguments.isEmpty {
      blocks.append(section("Arguments", command.arguments.map(Self.row), width: width))
    }
    if form == .short {
      blocks.append(section("Options", shownOptions.map(Self.row), width: width))
    } else {
      for title in sectionTitles {
        let options = shownOptions.filter { $0.section == title }
        blocks.append(section(title, options.map(Self.row), width: width))
      }
    }
    blocks += footer
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// Where there is more.
  private var footer: [String] {
    var lines: [String] = []
    if shownOptions.count < visibleOptions.count {
      lines.append("'\(name) --help' shows all \(visibleOptions.count) options.")
    }
    if !command.subcommands.isEmpty {
      lines.append("'\(name) help <command>' shows those of a command.")
    }
    return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
  }

  private func usage(width: Int) -> String {
    let title = "USAGE: "
    let indentation = "\n" + String(repeating: " ", count: title.count)
    return title
      + Self.wrapped(usageWords, width: width - title.count)
      .joined(separator: indentation)
  }

  /// What to type: each of these stays in one line.
  private var usageWords: [String] {
    var words = [name]
    let options = visibleOptions.filter { $0 != .help && $0 != .version }
    if options.count > 12 {
      words.append("[<options>]")
    } else {
      words += options.map { option in
        "[" + Self.spelling(option) + "]" + (option.occurrence == .once ? "" : " ...")
      }
    }
    for argument in command.arguments {
      let label = "<\(argument.name)>" + (argument.isRepeated ? " ..." : "")
      words.append(argument.isRequired ? label : "[\(label)]")
    }
    if !command.subcommands.isEmpty { words.append("[<command>]") }
    return words
  }

  private var name: String {
    path.map(\.name).joined(separator: " ")
  }

  private var visibleOptions: [Option] {
    command.visibleOptions + (path.count > 1 ? [.help] : [.version, .help])
  }

  /// Those that this form of the help shows.
  private var shownOptions: [Option] {
    guard form == .short, !command.mainOptions.isEmpty else { return visibleOptions }
    return visibleOptions.filter { command.mainOptions.contains($0.name) || $0 == .help }
  }

  /// In the order of their first options, the untitled one last.
  private var sectionTitles: [String] {
    var seen: Set = [Option.help.section]
    return shownOptions.map(\.section).filter { seen.insert($0).inserted } + [Option.help.section]
  }

  /// `--[no-]name <value>`.
  private static func spelling(_ option: Option) -> String {
    let name = "--" + (option.isNegatable ? "[no-]" : "") + option.name
    return option.kind == .flag ? name : name + " <\(option.valueName)>"
  }

  private static func row(_ option: Option) -> (String, String) {
    let letter = option.letter.map { "-\($0), " } ?? ""
    return (letter + spelling(option), option.help + option.details)
  }

  private static func row(_ argument: Argument) -> (String, String) {
    ("<\(argument.name)>", argument.help)
  }

  private func section(_ title: String, _ rows: [(String, String)], width: Int) -> String {
    var lines = [title.uppercased() + ":"]
    for (label, help) in rows {
      let column = Self.descriptionColumn
      let margin = String(repeating: " ", count: column)
      var texts = Self.wrapped(help.split(separator: " ").map(String.init), width: width - column)
      let head = "  " + label
      if head.count < column, !texts.isEmpty {
        lines.append(head + margin.dropFirst(head.count) + texts.removeFirst())
      } else {
        lines.append(head)
      }
      lines += texts.map { margin + $0 }
    }
    return lines.joined(separator: "\n")
  }

  private static func wrapped(_ words: [String], width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
