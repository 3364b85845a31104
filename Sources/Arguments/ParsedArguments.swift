/// What a command line asks for.
public enum ParsedCommandLine: Equatable, Sendable {
  case command(ParsedArguments)
  /// Help for the command at the end of a path; the first of the path is the root.
  case help([Command], HelpForm)
  case version
}

/// How much help is asked for.
public enum HelpForm: Equatable, Sendable {
  /// What `-h` shows: the essentials, on one screen.
  case short
  /// What `--help` and the command `help` show: everything.
  case long
}

/// Where a value comes from.
public enum ValueOrigin: Equatable, Sendable, CustomStringConvertible {
  case `default`
  /// A place in a file; lines and columns count from 1, column 0 stands for the whole line.
  case file(String, line: Int, column: Int)
  case environment(String)
  /// As it was typed: `--region`, `-r`; the name of a positional argument in angle brackets.
  case argument(String)

  /// What an error message begins with: `config.yaml:3:5`, `EGTOP_REGION`, `--region`.
  public var description: String {
    switch self {
    case .default: "default"
    case .file(let path, let line, 0): "\(path):\(line)"
    case .file(let path, let line, let column): "\(path):\(line):\(column)"
    case .environment(let name), .argument(let name): name
    }
  }

  /// What wins is higher.
  public var rank: Int {
    switch self {
    case .default: 0
    case .file: 1
    case .environment: 2
    case .argument: 3
    }
  }
}

/// A value and where it was given.
public struct ParsedValue: Equatable, Sendable {
  public var value: Value
  public var origin: ValueOrigin

  public init(_ value: Value, from origin: ValueOrigin) {
    self.value = value
    self.origin = origin
  }
}

/// The values of one command line and its environment, all of their kinds.
public struct ParsedArguments: Equatable, Sendable {
  /// The names of the command and its subcommands, the root first.
  public var path: [String]
  /// By the long name of the option or the name of the argument; one value, but for lists.
  public var values: [String: [ParsedValue]]

  public init(path: [String], values: [String: [ParsedValue]] = [:]) {
    self.path = path
    self.values = values
  }

  /// Whether a flag is on.
  public func isOn(_ name: String) -> Bool {
    values[name]?.last?.value == .flag(true)
  }

  /// The text of an option or argument, if it was given.
  public func text(_ name: String) -> String? {
    values[name]?.last?.value.text
  }

  /// The number of an option or argument, if it was given.
  public func number(_ name: String) -> Double? {
    guard case .number(let number) = values[name]?.last?.value else { return nil }
    return number
  }
}
