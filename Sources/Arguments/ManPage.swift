/// Writes a manual in the macros of man(7), which groff and mandoc both read.
struct ManPage {
  private(set) var text = ""
  private let manual: Manual
  /// Options that the page has described.
  private var described: [Option] = []

  init(_ manual: Manual) {
    self.manual = manual
    let root = manual.root
    line(#".\" Made by '\#(root.name) --generate-man' of the table of its options."#)
    let title = Roff.escaped(root.name.uppercased())
    line(#".TH \#(title) 1 "\#(manual.date)" "\#(root.name) \#(manual.version)" "User Commands""#)
    // Nothing is broken within a word: names would be no more what has to be typed.
    line(".nh\n.ad l")
    section("NAME")
    var summary = root.summary
    if summary.last == "." { summary.removeLast() }
    line(Roff.escaped(root.name) + #" \-"#)
    line(Roff.text(summary.lowercasedFirst))
    section("SYNOPSIS")
    synopsis([root])
    for command in root.subcommands { synopsis([root, command]) }
    if !root.discussion.isEmpty || !root.examples.isEmpty {
      section("DESCRIPTION")
      if !root.examples.isEmpty { add(.lines(root.examples)) }
      discussion(root)
    }
    addOptions(of: root)
    if !root.subcommands.isEmpty { section("COMMANDS") }
    for command in root.subcommands { add(command) }
    for part in manual.sections { add(part) }
    addRelated()
  }

  private mutating func line(_ line: String) {
    text += line + "\n"
  }

  private mutating func section(_ title: String) {
    line(".SH " + Roff.quoted(title))
  }

  /// How a command is typed.
  private mutating func synopsis(_ path: [Command]) {
    if path.count > 1 { line(".br") }
    var words = [Roff.bold(path.map(\.name).joined(separator: " "))]
    let command = path.last ?? manual.root
    if !command.options.allSatisfy(\.isHidden) { words.append("[" + Roff.italic("options") + "]") }
    for argument in command.arguments {
      let name = Roff.italic(argument.name) + (argument.isRepeated ? " ..." : "")
      words.append(argument.isRequired ? name : "[\(name)]")
    }
    if !command.subcommands.isEmpty { words.append("[" + Roff.italic("command") + " ...]") }
    line(words.joined(separator: " "))
  }

  private mutating func discussion(_ command: Command) {
    let parts = command.discussion.split(separator: "\n", omittingEmptySubsequences: false)
    for block in parts.split(whereSeparator: \.isEmpty) {
      add(.paragraph(block.joined(separator: " ")))
    }
  }

  private mutating func addOptions(of root: Command) {
    section("OPTIONS")
    let options = root.options.filter { !$0.isHidden } + [.version, .help]
    var titles: [String] = []
    for option in options where !titles.contains(option.section) { titles.append(option.section) }
    for title in titles {
      if titles.count > 1 { line(".SS " + Roff.quoted(title)) }
      for option in options where option.section == title { add(option) }
    }
  }

  private mutating func add(_ option: Option) {
    described.append(option)
    var label = option.letter.map { Roff.bold("-\($0)") + ", " } ?? ""
    label += Roff.bold("--" + option.name)
    if option.isNegatable { label += ", " + Roff.bold("--no-" + option.name) }
    if option.kind != .flag { label += " " + Roff.italic(option.valueName) }
    var help = option.help
    if case .oneOf(let words) = option.kind, words.contains(where: { !help.contains($0) }) {
      help += " One of " + words.joined(separator: ", ") + "."
    }
    if option.occurrence == .commaSeparated { help += " Several with commas between." }
    if let text = option.defaultText { help += " (default: \(text))" }
    if let name = option.environment { help += " [\(name)]" }
    add(label: label, help)
  }

  private mutating func add(label: String, _ meaning: String) {
    line(".TP")
    line(label)
    line(Roff.text(meaning))
  }

  /// A subcommand: what it does, its options, and the names of those that were described before.
  private mutating func add(_ command: Command) {
    line(".SS " + Roff.quoted("\(manual.root.name) \(command.name)"))
    line(Roff.text(command.summary))
    if !command.examples.isEmpty { add(.lines(command.examples)) }
    discussion(command)
    for argument in command.arguments { add(label: Roff.italic(argument.name), argument.help) }
    let visible = command.options.filter { !$0.isHidden }
    let known = visible.filter { described.contains($0) }
    for option in visible where !described.contains(option) { add(option) }
    guard !known.isEmpty else { return }
    line(".PP")
    let names = known.map { Roff.bold("--" + $0.name) }
    line("Described above:\n" + names.joined(separator: ",\n") + ".")
  }

  private mutating func add(_ part: Manual.Section) {
    section(part.title)
    for block in part.blocks { add(block) }
  }

  private mutating func add(_ block: Manual.Block) {
    switch block {
    case .paragraph(let words):
      // Before the first paragraph of a section the macro would be one too many.
      if !text.endsWithHeading { line(".PP") }
      line(Roff.text(words))
    case .terms(let terms):
      for (term, meaning) in terms { add(label: Roff.bold(term), meaning) }
    case .lines(let lines):
      if !text.endsWithHeading { line(".PP") }
      line(".RS 4\n.nf")
      for shown in lines { line(Roff.line(shown)) }
      line(".fi\n.RE")
    }
  }

  private mutating func addRelated() {
    guard !manual.related.isEmpty else { return }
    section("SEE ALSO")
    let pages = manual.related.map { page in
      let name = page.prefix { $0 != "(" }
      return Roff.bold(String(name)) + Roff.escaped(String(page.dropFirst(name.count)))
    }
    line(pages.joined(separator: ",\n"))
  }
}

/// How text is written so that roff shows it as it is.
enum Roff {
  static func bold(_ text: String) -> String { #"\fB\#(escaped(text))\fR"# }

  static func italic(_ text: String) -> String { #"\fI\#(escaped(text))\fR"# }

  /// For the argument of a macro.
  static func quoted(_ text: String) -> String { #""\#(escaped(text))""# }

  /// A line to be shown as it is; it must not begin as a request does.
  static func line(_ text: String) -> String {
    let line = escaped(text)
    return line.hasPrefix(".") || line.isEmpty ? #"\&"# + line : line
  }

  /// A paragraph, in lines that are not too long for those who read the source.
  static func text(_ text: String) -> String {
    var lines: [String] = []
    var last = ""
    for word in text.split(separator: " ") {
      if !last.isEmpty, last.count + word.count > 68 {
        lines.append(line(last))
        last = ""
      }
      last += (last.isEmpty ? "" : " ") + word
    }
    return (lines + [line(last)]).joined(separator: "\n")
  }

  /// Every character stands for itself: what could be copied from the page is what would be typed.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += #"\e"#
      case "-": result += #"\-"#
      case "'": result += #"\(aq"#
      case "\"": result += #"\(dq"#
      case "`": result += #"\(ga"#
      case "^": result += #"\(ha"#
      case "~": result += #"\(ti"#
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      }
    }
    return result
  }
}

extension String {
  fileprivate var lowercasedFirst: String {
    prefix(1).lowercased() + dropFirst()
  }

  /// Whether the last line is the heading of a section.
  fileprivate var endsWithHeading: Bool {
    let last = split(separator: "\n").last ?? ""
    return last.hasPrefix(".SH") || last.hasPrefix(".SS")
  }
}
