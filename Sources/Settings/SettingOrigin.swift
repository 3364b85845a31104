import Wording
import Arguments

/// Where the value of a setting comes from.
public enum SettingOrigin: Equatable, Sendable, CustomStringConvertible {
  case `default`
  /// A place in a file; lines and columns count from 1, column 0 stands for the whole line.
  case file(String, line: Int, column: Int)
  case environment(String)
  /// An option, as it was typed.
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
  var rank: Int {
    switch self {
    case .default: 0
    case .file: 1
    case .environment: 2
    case .argument: 3
    }
  }
}

/// Why the settings cannot be used.
public struct SettingsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nil when something is missing everywhere, or a whole file is wrong.
  public var origin: SettingOrigin?
  /// Without a full stop.
  public var message: String

  public init(_ message: String, at origin: SettingOrigin? = nil) {
    self.message = message
    self.origin = origin
  }

  /// For people; safe to print.
  public var description: String {
    let text = origin.map { "\($0): \(message)" } ?? message
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).printable }
      .joined(separator: "\n")
  }
}
