internal import Wording
public import Arguments

/// Why the settings cannot be used.
public struct SettingsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nil when something is missing everywhere, or a whole file is wrong.
  public var origin: ValueOrigin?
  /// Without a full stop.
  public var message: String
  /// Lines below it, which show what is meant; empty for none.
  public var lines: String

  public init(_ message: String, at origin: ValueOrigin? = nil, lines: String = "") {
    self.message = message
    self.origin = origin
    self.lines = lines
  }

  /// For people; safe to print.
  public var description: String {
    let text = (origin.map { "\($0): \(message)" } ?? message).printable
    return lines.split(separator: "\n").reduce(text) { "\($0)\n\(String($1).printable)" }
  }
}
