/// What is wrong with a filter or a command that was typed, and where.
public struct LineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The characters that are wrong, from 0; empty and behind the last one where something is missing.
  public var range: Range<Int>
  /// A few words, without a full stop.
  public var reason: String

  init(_ reason: String, at range: Range<Int>) {
    self.range = range
    self.reason = reason
  }

  /// The reason with its place, counted from 1: `a number is missing, at character 6`.
  public var description: String { "\(reason), at character \(range.lowerBound + 1)" }

  /// The line with one under it that points at what is wrong, for messages of two lines.
  public func pointing(at text: String) -> String {
    let marks = String(repeating: "^", count: max(1, range.count))
    return "  \(text)\n  \(String(repeating: " ", count: range.lowerBound))\(marks)"
  }
}
