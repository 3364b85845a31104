/// The shells that completions can be made for.
public enum Shell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish
}

extension Option {
  /// What a program's root has for those who package it: its manual page.
  public static let generateMan = Option(
    "generate-man",
    help: "Print the manual page, for man -l.",
    section: "Manual and completions",
  )

  /// What a program's root has for those who package it: the completions of a shell.
  public static let generateCompletions = Option(
    "generate-completions",
    .oneOf(Shell.allCases.map(\.rawValue)),
    valueName: "shell",
    help: "Print the completions for bash, zsh or fish.",
    section: "Manual and completions",
  )
}

extension ParsedArguments {
  /// The manual page or the completions, if the command line asks for them; made of the same table as the help.
  ///
  /// - Parameter manual: Only made if they are asked for.
  /// - Returns: Their text; nil if they are not asked for.
  public func generated(from manual: @autoclosure () -> Manual) -> String? {
    if isOn(Option.generateMan.name) { return manual().rendered }
    guard let name = text(Option.generateCompletions.name), let shell = Shell(rawValue: name)
    else { return nil }
    return Completions(of: manual().root).script(for: shell)
  }
}
