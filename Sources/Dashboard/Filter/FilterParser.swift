/// Reads what is typed into the filter line.
///
///     either   = both { "or" both }
///     both     = one { [ "and" ] one }
///     one      = ( "-" | "not" ) one | "(" either ")" | state | text | field comparison value
struct FilterParser {
  private let tokens: [FilterToken]
  let unit: String
  /// How many characters the text has: where something is missing at its end.
  private let end: Int
  private var place = 0
  private var depth = 0

  /// The test that a text stands for; nil if it is empty.
  ///
  /// - Throws: `LineError` at the first thing that is wrong.
  static func test(_ text: String, unit: String) throws(LineError) -> FilterTest? {
    let tokens = try FilterLexer.tokens(text)
    var parser = FilterParser(tokens: tokens, unit: unit, end: text.count)
    guard !tokens.isEmpty else { return nil }
    let test = try parser.either()
    if let token = parser.next { throw LineError("this bracket closes nothing", at: token.range) }
    return test
  }

  private init(tokens: [FilterToken], unit: String, end: Int) {
    self.tokens = tokens
    self.unit = unit
    self.end = end
  }

  /// The token that is read next; nil at the end.
  var next: FilterToken? { place < tokens.count ? tokens[place] : nil }

  /// Goes on to the token behind the next.
  mutating func advance() { place += 1 }

  /// An error for something that should come next and does not.
  func missing(_ reason: String) -> LineError {
    LineError(reason, at: next?.range ?? end..<end)
  }

  private func isNext(_ word: String) -> Bool {
    if case .word(let text) = next?.kind { text.lowercased() == word } else { false }
  }

  private mutating func either() throws(LineError) -> FilterTest {
    var tests = [try both()]
    while isNext("or") {
      advance()
      tests.append(try both())
    }
    return tests.count == 1 ? tests[0] : .any(tests)
  }

  private mutating func both() throws(LineError) -> FilterTest {
    var tests = [try one()]
    while let token = next, token.kind != .close, !isNext("or") {
      if isNext("and") { advance() }
      tests.append(try one())
    }
    return tests.count == 1 ? tests[0] : .all(tests)
  }

  private mutating func one() throws(LineError) -> FilterTest {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 40 else { throw missing("too many brackets") }
    guard let token = next, !isNext("or"), !isNext("and") else {
      throw missing("something is missing here")
    }
    advance()
    switch token.kind {
    case .minus: return .not(try one())
    case .open: return try inBrackets(from: token)
    case .close: throw LineError("this bracket is empty", at: token.range)
    case .quoted(let text): return try anywhere(text, token)
    case .pattern(let text):
      return .pattern(nil, try Pattern(text, at: token.range.lowerBound + 1))
    case .comparison(.contains): return try fuzzy(after: token)
    case .comparison: throw LineError("what is compared? \(FilterField.names)", at: token.range)
    case .word(let word) where word.lowercased() == "not": return .not(try one())
    case .word(let word): return try test(word, token)
    }
  }

  private mutating func inBrackets(from open: FilterToken) throws(LineError) -> FilterTest {
    let test = try either()
    guard next?.kind == .close else {
      throw LineError("this bracket is not closed", at: open.range)
    }
    advance()
    return test
  }

  /// A word: a field with what it is compared with, a state, or a text.
  private mutating func test(_ word: String, _ token: FilterToken) throws(LineError) -> FilterTest {
    if case .comparison(let comparison) = next?.kind {
      if word.lowercased() == "near" { return try near() }
      guard let field = FilterField(word) else {
        throw LineError("no such field; there are \(FilterField.names)", at: token.range)
      }
      advance()
      return try compare(field, comparison)
    }
    if let state = FilterState(word: word) { return .state(state) }
    if let field = FilterField(word) {
      throw LineError("compare it, as in \(field.example)", at: token.range)
    }
    let letters = FuzzyMatch(word)
    return letters.isEmpty ? try anywhere(word, token) : .word(letters)
  }

  private func anywhere(_ text: String, _ token: FilterToken) throws(LineError) -> FilterTest {
    let bytes = NameIndex.folded(text)
    guard !bytes.isEmpty else { throw LineError("the quotes are empty", at: token.range) }
    return .contains(nil, bytes)
  }

  private mutating func fuzzy(after token: FilterToken) throws(LineError) -> FilterTest {
    let letters = next?.kind
    advance()
    switch letters {
    case .word(let text), .quoted(let text):
      let letters = FuzzyMatch(text)
      if !letters.isEmpty { return .fuzzy(letters) }
    case .pattern, .comparison, .minus, .open, .close, nil: break
    }
    throw LineError("letters of an id or a name are needed", at: token.range)
  }
}
