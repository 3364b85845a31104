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
  /// - Throws: `FilterError` at the first thing that is wrong.
  static func test(_ text: String, unit: String) throws(FilterError) -> FilterTest? {
    let tokens = try FilterLexer.tokens(text)
    var parser = FilterParser(tokens: tokens, unit: unit, end: text.count)
    guard !tokens.isEmpty else { return nil }
    let test = try parser.either()
    if let token = parser.next { throw FilterError("this bracket opens nowhere", at: token.range) }
    return test
  }

  private init(tokens: [FilterToken], unit: String, end: Int) {
    self.tokens = tokens
    self.unit = unit
    self.end = end
  }

  /// The token that is read next; nil at the end.
  var next: FilterToken? { place < tokens.count ? tokens[place] : nil }

  /// Takes the next token.
  mutating func take() -> FilterToken? {
    defer { place += 1 }
    return next
  }

  /// An error for something that should come next and does not.
  func missing(_ reason: String) -> FilterError {
    FilterError(reason, at: next?.range ?? end..<end)
  }

  private func isNext(_ word: String) -> Bool {
    if case .word(let text) = next?.kind { text.lowercased() == word } else { false }
  }

  private mutating func either() throws(FilterError) -> FilterTest {
    var tests = [try both()]
    while isNext("or") {
      place += 1
      tests.append(try both())
    }
    return tests.count == 1 ? tests[0] : .any(tests)
  }

  private mutating func both() throws(FilterError) -> FilterTest {
    var tests = [try one()]
    while let token = next, token.kind != .close, !isNext("or") {
      if isNext("and") { place += 1 }
      tests.append(try one())
    }
    return tests.count == 1 ? tests[0] : .all(tests)
  }

  private mutating func one() throws(FilterError) -> FilterTest {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 40 else { throw missing("too many brackets") }
    guard let token = next, !isNext("or"), !isNext("and") else {
      throw missing("something is missing here")
    }
    place += 1
    switch token.kind {
    case .minus: return .not(try one())
    case .open: return try inBrackets(from: token)
    case .close: throw FilterError("nothing stands in this bracket", at: token.range)
    case .quoted(let text): return try anywhere(text, token)
    case .pattern(let text):
      return .pattern(nil, try Pattern(text, at: token.range.lowerBound + 1))
    case .comparison(.contains): return try fuzzy(after: token)
    case .comparison: throw FilterError("what is compared? \(FilterField.names)", at: token.range)
    case .word(let word) where word.lowercased() == "not": return .not(try one())
    case .word(let word): return try test(word, token)
    }
  }

  private mutating func inBrackets(from open: FilterToken) throws(FilterError) -> FilterTest {
    let test = try either()
    guard take()?.kind == .close else {
      throw FilterError("this bracket is not closed", at: open.range)
    }
    return test
  }

  /// A word: a field with what it is compared with, a state, or a text.
  private mutating func test(
    _ word: String,
    _ token: FilterToken
  ) throws(FilterError) -> FilterTest {
    if case .comparison(let comparison) = next?.kind {
      if word.lowercased() == "near" { return try near() }
      guard let field = FilterField(word) else {
        throw FilterError("no such field; there are \(FilterField.names)", at: token.range)
      }
      place += 1
      return try compare(field, comparison)
    }
    if let state = FilterState(word: word) { return .state(state) }
    if let field = FilterField(word) {
      throw FilterError("compare it, as in \(field.example)", at: token.range)
    }
    let bytes = NameIndex.folded(word)
    return bytes.isEmpty ? try anywhere(word, token) : .word(bytes)
  }

  private func anywhere(_ text: String, _ token: FilterToken) throws(FilterError) -> FilterTest {
    let bytes = NameIndex.folded(text)
    guard !bytes.isEmpty else { throw FilterError("nothing stands in the quotes", at: token.range) }
    return .contains(nil, bytes)
  }

  private mutating func fuzzy(after token: FilterToken) throws(FilterError) -> FilterTest {
    switch take()?.kind {
    case .word(let text), .quoted(let text):
      let bytes = NameIndex.folded(text)
      if !bytes.isEmpty { return .fuzzy(bytes) }
    case .pattern, .comparison, .minus, .open, .close, nil: break
    }
    throw FilterError("letters of an id or a name are missing", at: token.range)
  }
}
