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

  /// The token that is read next; nil at the end.
  var next: FilterToken? { place < tokens.count ? tokens[place] : nil }

  /// Goes on to the token behind the next.
  mutating func advance() { place += 1 }

  /// An error for something that should come next and does not.
  func missing(_ reason: String) -> LineError { LineError(reason, at: next?.range ?? end..<end) }

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

  // MARK: - Fields

  /// What stands behind a field and its comparison.
  mutating func compare(
    _ field: FilterField,
    _ comparison: FilterComparison
  ) throws(LineError) -> FilterTest {
    guard let token = next else {
      throw missing("something to compare with, as in \(field.example)")
    }
    advance()
    let test: FilterTest
    let unfit: String
    switch field {
    case .text(let text):
      unfit = "texts are compared by ~ or ="
      if case .pattern(let inside) = token.kind {
        test = .pattern(text, try Pattern(inside, at: token.range.lowerBound + 1))
      } else if let word = token.text, case let bytes = NameIndex.folded(word), !bytes.isEmpty {
        let isExact = comparison == .equal || comparison == .notEqual
        test = isExact ? .equals(text, bytes) : .contains(text, bytes)
      } else {
        throw LineError("a text is needed, as in \(field.example)", at: token.range)
      }
    case .number(let number):
      guard token.text == "?" else {
        return .number(comparison, try FilterValue(token, for: number, unit: unit))
      }
      unfit = "? goes with = and !="
      test = .not(.isKnown(number))
    case .state:
      guard let state = token.text.flatMap(FilterState.init(word:)) else {
        throw LineError("no such state; there are \(FilterState.names)", at: token.range)
      }
      unfit = "states are compared by : or !="
      test = .state(state)
    }
    guard let isAffirmative = comparison.isAffirmative else {
      throw LineError(unfit, at: token.range)
    }
    return isAffirmative ? test : .not(test)
  }

  /// `near:54.97,-1.61<25km`, also with a space before the distance.
  mutating func near() throws(LineError) -> FilterTest {
    advance()
    let wanted = "a place and a distance, as in near:54.97,-1.61<25km"
    guard let place = next, let words = place.text?.split(separator: ",") else {
      throw missing(wanted)
    }
    let numbers = words.compactMap { Self.plainNumber($0) }
    guard words.count == 2, numbers.count == 2, abs(numbers[0]) <= 90, abs(numbers[1]) <= 360 else {
      throw LineError(wanted, at: place.range)
    }
    advance()
    guard case .comparison(.less) = next?.kind else { throw missing(wanted) }
    advance()
    guard let token = next, let text = token.text?.lowercased() else { throw missing(wanted) }
    let digits = text.hasSuffix("km") ? text.dropLast(2) : text[...]
    guard let distance = Self.plainNumber(digits), distance > 0 else {
      throw LineError("a distance in km, as in <25km", at: token.range)
    }
    advance()
    let circle = FilterPlace(latitude: numbers[0], longitude: numbers[1], kilometres: distance)
    return .near(circle)
  }

  /// A decimal number, without what else Swift takes for one.
  private static func plainNumber(_ text: Substring) -> Double? {
    guard !text.isEmpty, text.count <= 20, text.allSatisfy({ "+-.0123456789".contains($0) })
    else { return nil }
    return Double(text)
  }
}

extension FilterField {
  /// How it is written, for messages.
  var example: String {
    switch self {
    case .text(.id): "id:g7"
    case .text(.name): "name:mast"
    case .text(.region): "region:north"
    case .number(let field): field.example
    case .state: "state:lost"
    }
  }
}

extension FilterComparison {
  /// Whether it asks for what holds, or for what does not; nil where it asks for an order.
  fileprivate var isAffirmative: Bool? {
    switch self {
    case .contains, .equal: true
    case .lacks, .notEqual: false
    case .less, .lessOrEqual, .greater, .greaterOrEqual: nil
    }
  }
}

extension FilterToken {
  /// What a word or a text in quotes says.
  var text: String? {
    switch kind {
    case .word(let text), .quoted(let text): text
    case .pattern, .comparison, .minus, .open, .close: nil
    }
  }
}
