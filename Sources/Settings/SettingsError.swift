internal import Wording
public import Arguments

/// Why the settings cannot be used.
public struct SettingsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nil when something is missing everywhere, or a whole file is wrong.
  public var origin: ValueOrigin?
  /// Without a full stop.
  public var message: String

  public init(_ message: String, at origin: ValueOrigin? = nil) {
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
