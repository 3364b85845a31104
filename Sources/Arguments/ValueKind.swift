import Wording
/// What a value has to be.
public enum ValueKind: Equatable, Sendable {
  /// Given or not; true or false in the environment and in a file.
  case flag
  case text
  /// The path of a file or directory.
  case path
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  /// A number with a unit (`500ms`, `15s`, `2m`, `1h`, `1d`); without one it is in seconds.
  case duration(ClosedRange<Duration>)
  case oneOf([String])
  /// One of several words, or a file: a path, or a name that whoever reads it knows where to look for.
  case wordOrFile([String])
  /// One of several words, or a name that is known only once all settings are read.
  case wordOrName([String])
}

/// A value of one of the kinds.
public enum Value: Equatable, Sendable {
  case flag(Bool)
  /// A text, a path or one of several words.
  case text(String)
  case integer(Int)
  case number(Double)
  case duration(Duration)
}

extension ValueKind {
  /// The value that a text stands for; nil if it is none of this kind.
  public func value(of text: String) -> Value? {
    switch self {
    case .flag: Self.flag(text).map(Value.flag)
    case .text: .text(text)
    case .path: text.isEmpty ? nil : .text(text)
    case .integer(let range): Int(text).flatMap { range.contains($0) ? .integer($0) : nil }
    case .number(let range): Self.number(text).flatMap { range.contains($0) ? .number($0) : nil }
    case .duration(let range):
      Duration(text: text).flatMap { range.contains($0) ? .duration($0) : nil }
    case .oneOf(let words): words.contains(text) ? .text(text) : nil
    case .wordOrFile, .wordOrName: text.isEmpty ? nil : .text(text)
    }
  }

  /// What a value has to be, for a message: "a whole number from 0 to 2".
  public var expectation: String {
    switch self {
    case .flag: "true or false"
    case .text: "a text"
    case .path: "a path"
    case .integer(let range):
      "a whole number" + Self.bounds(range, all: Int.min...Int.max) { "\($0)" }
    case .number(let range):
      "a number"
        + Self.bounds(
          range,
          all: -.greatestFiniteMagnitude...(.greatestFiniteMagnitude),
          text: Figures.plain,
        )
    case .duration(let range):
      "a time such as 500ms, 15s or 2m, from \(range.lowerBound.shortText) to \(range.upperBound.shortText)"
    case .oneOf(let words), .wordOrName(let words): Self.alternatives(words)
    case .wordOrFile(let words): Self.alternatives(words + ["a file"])
    }
  }

  /// The words that a value may be one of.
  public var words: [String] {
    switch self {
    case .oneOf(let words), .wordOrFile(let words), .wordOrName(let words): words
    case .flag, .text, .path, .integer, .number, .duration: []
    }
  }

  private static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }

  /// A decimal number; `Double` alone would take `nan`, `inf` and hexadecimal ones too.
  private static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text)
  }

  private static func bounds<Bound>(
    _ range: ClosedRange<Bound>,
    all: ClosedRange<Bound>,
    text: (Bound) -> String,
  ) -> String {
    guard range != all else { return "" }
    let (low, high) = (text(range.lowerBound), text(range.upperBound))
    if range.upperBound == all.upperBound { return " of at least \(low)" }
    return " from \(low) to \(high)"
  }

  private static func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension Value {
  /// The value as it is written in a command line or a file.
  public var text: String {
    switch self {
    case .flag(let value): value ? "true" : "false"
    case .text(let value): value
    case .integer(let value): "\(value)"
    case .number(let value): Figures.plain(value)
    case .duration(let value): value.shortText
    }
  }
}
