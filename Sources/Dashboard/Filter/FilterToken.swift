/// How a field is compared with a value.
enum FilterComparison: String, Equatable, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "="
  case notEqual = "!="
  /// Also written `:`.
  case contains = "~"
  case lacks = "!~"
}

/// The smallest part of a filter that means something.
struct FilterToken: Equatable {
  enum Kind: Equatable {
    case word(String)
    case quoted(String)
    /// What stands between two slashes.
    case pattern(String)
    case comparison(FilterComparison)
    case minus
    case open
    case close
  }

  var kind: Kind
  /// Its characters in the text, quotes and slashes among them.
  var range: Range<Int>
}

/// Cuts the text of a filter into tokens.
struct FilterLexer {
  private let text: [Character]
  private var place = 0
  private var tokens: [FilterToken] = []

  /// - Throws: `LineError` for a quote or a pattern without an end.
  static func tokens(_ text: String) throws(LineError) -> [FilterToken] {
    var lexer = FilterLexer(text: Array(text))
    while try lexer.readNext() {}
    return lexer.tokens
  }

  private mutating func readNext() throws(LineError) -> Bool {
    while place < text.count, text[place].isWhitespace { place += 1 }
    guard place < text.count else { return false }
    let start = place
    switch text[place] {
    case "(": add(.open, from: start, to: start + 1)
    case ")": add(.close, from: start, to: start + 1)
    case "\"": add(.quoted(try enclosed(by: "\"", name: "quote")), from: start, to: place)
    case "/" where mayBePattern:
      add(.pattern(try enclosed(by: "/", name: "pattern")), from: start, to: place)
    case "-" where !isValue: add(.minus, from: start, to: start + 1)
    default:
      if let (comparison, length) = comparison(at: place), !isValue {
        add(.comparison(comparison), from: start, to: start + length)
      } else {
        readWord()
      }
    }
    return true
  }

  /// Whether the next token is what a field is compared with.
  private var isValue: Bool {
    if case .comparison = tokens.last?.kind { true } else { false }
  }

  /// A slash begins a pattern, but not in a value like `id=/dev`.
  private var mayBePattern: Bool {
    guard case .comparison(let comparison) = tokens.last?.kind else { return true }
    return comparison == .contains || comparison == .lacks
  }

  private mutating func add(_ kind: FilterToken.Kind, from start: Int, to end: Int) {
    tokens.append(FilterToken(kind: kind, range: start..<end))
    place = end
  }

  private mutating func enclosed(by mark: Character, name: String) throws(LineError) -> String {
    let start = place
    place += 1
    var inside = ""
    while place < text.count, text[place] != mark {
      // A slash inside a pattern is written `\/`.
      if text[place] == "\\", place + 1 < text.count, mark == "/" {
        if text[place + 1] != mark { inside.append(text[place]) }
        place += 1
      }
      inside.append(text[place])
      place += 1
    }
    guard place < text.count else {
      throw LineError("the \(name) is not closed", at: start..<text.count)
    }
    place += 1
    return inside
  }

  private mutating func readWord() {
    let start = place
    let isValue = isValue
    while place < text.count, !endsWord(text[place], isValue: isValue) { place += 1 }
    // A character that begins nothing is a word of its own.
    if place == start { place += 1 }
    add(.word(String(text[start..<place])), from: start, to: place)
  }

  /// Values may hold `:` and `=`; they end where another comparison can begin.
  private func endsWord(_ character: Character, isValue: Bool) -> Bool {
    if character.isWhitespace || "()\"".contains(character) { return true }
    if isValue { return "<>".contains(character) }
    return comparison(at: place) != nil
  }

  private func comparison(at place: Int) -> (FilterComparison, length: Int)? {
    for length in [2, 1] where place + length <= text.count {
      let sign = String(text[place..<place + length])
      let alias = ["==": FilterComparison.equal, ":": .contains][sign]
      if let comparison = alias ?? FilterComparison(rawValue: sign) { return (comparison, length) }
    }
    return nil
  }
}
