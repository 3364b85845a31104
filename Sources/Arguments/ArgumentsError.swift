import Wording
/// What is wrong with a command line or an environment variable.
public enum ArgumentsError: Error, Equatable, Sendable {
  /// An option no command has; `nearest` with its dashes.
  case unknownOption(String, nearest: String?)
  /// An option of the program that the command has no use for.
  case foreignOption(String, command: String)
  case unknownCommand(String, nearest: String?)
  case unexpectedArgument(String, command: String)
  /// A required positional argument.
  case missingArgument(String, command: String)
  case missingValue(option: String, expectation: String)
  /// A value at an option that takes none.
  case unexpectedValue(option: String)
  /// A value that is not of its kind.
  case badValue(ValueOrigin, text: String, expectation: String, nearest: String?)
}

extension ArgumentsError: CustomStringConvertible {
  /// One line for people, without a full stop; safe to print.
  public var description: String {
    switch self {
    case .unknownOption(let option, let nearest):
      "unknown option \(option)".printable + Self.suggestion(nearest)
    case .foreignOption(let option, let command):
      "\(option) is not an option of '\(command)'".printable
    case .unknownCommand(let name, let nearest):
      "unknown command '\(name)'".printable + Self.suggestion(nearest.map { "'\($0)'" })
    case .unexpectedArgument(let text, let command):
      "'\(text)' is one argument too many for '\(command)'".printable
    case .missingArgument(let name, let command):
      "'\(command)' needs <\(name)>"
    case .missingValue(let option, let expectation):
      Self.missingValue(option, expectation).printable
    case .unexpectedValue(let option):
      "\(option) takes no value".printable
    case .badValue(let origin, let text, let expectation, let nearest):
      "\(origin): '\(text)' is not \(expectation)".printable + Self.suggestion(nearest)
    }
  }

  private static func missingValue(_ option: String, _ expectation: String) -> String {
    let attached = option.hasPrefix("--") ? option + "=…" : option + "…"
    return "\(option) needs \(expectation) (\(attached) for one that begins with -)"
  }

  private static func suggestion(_ nearest: String?) -> String {
    nearest.map { "; did you mean \($0)?" } ?? ""
  }
}
