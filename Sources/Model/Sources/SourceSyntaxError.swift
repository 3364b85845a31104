/// What is wrong with a path, a template or a unit of a source, and where in its text.
public struct SourceSyntaxError: Error, Equatable, Sendable {
  public let message: String
  /// Characters from the beginning of the text, from 0.
  public let offset: Int

  public init(_ message: String, at offset: Int = 0) {
    (self.message, self.offset) = (message, offset)
  }
}

/// Goes through the text of a path or a template.
struct SourceTextReader {
  private let scalars: [Unicode.Scalar]
  private(set) var place = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  var isAtEnd: Bool { place == scalars.count }

  func error(_ message: String) -> SourceSyntaxError { SourceSyntaxError(message, at: place) }

  static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar == "-" || scalar.properties.isAlphabetic
      || scalar.properties.numericType != nil
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard place < scalars.count, scalars[place] == scalar else { return false }
    place += 1
    return true
  }

  /// Takes two characters together, or none of them.
  mutating func take(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    guard scalars[place...].starts(with: [first, second]) else { return false }
    place += 2
    return true
  }

  /// The next character, whatever it is.
  mutating func next() -> Unicode.Scalar? {
    guard place < scalars.count else { return nil }
    defer { place += 1 }
    return scalars[place]
  }

  /// Letters, digits, `_` and `-`; empty if there are none.
  mutating func takeWord() -> String {
    var word = String.UnicodeScalarView()
    while place < scalars.count, Self.isOfWord(scalars[place]) {
      word.append(scalars[place])
      place += 1
    }
    return String(word)
  }

  /// A text in double or single quotes; nil if none begins here.
  mutating func takeQuoted() throws(SourceSyntaxError) -> String? {
    guard place < scalars.count, ["\"", "'"].contains(scalars[place]) else { return nil }
    let quote = scalars[place]
    var text = String.UnicodeScalarView()
    place += 1
    while let scalar = next() {
      if scalar == quote { return String(text) }
      text.append(scalar)
    }
    throw error("the quote is not closed")
  }
}
