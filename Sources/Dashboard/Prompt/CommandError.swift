/// Why a line of the `:` prompt cannot be carried out, and where.
public struct CommandError: Error, Codable, Equatable, Sendable {
  /// The characters that are wrong, from 0; empty and behind the last one where something is missing.
  public var range: Range<Int>
  /// A sentence without a full stop.
  public var reason: String

  init(_ reason: String, at range: Range<Int>) {
    self.range = range
    self.reason = reason
  }
}
