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

extension FilterParser {
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
      test = try self.test(text, token, isExact: comparison == .equal || comparison == .notEqual)
    case .number(let number):
      guard let word = token.text else {
        throw LineError("a number is needed, as in \(number.example)", at: token.range)
      }
      guard word == "?" else {
        return .number(comparison, try FilterValue(word, for: number, unit: unit, at: token.range))
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

  private func test(
    _ text: FilterText,
    _ token: FilterToken,
    isExact: Bool
  ) throws(LineError) -> FilterTest {
    if case .pattern(let inside) = token.kind {
      return .pattern(text, try Pattern(inside, at: token.range.lowerBound + 1))
    }
    guard let word = token.text, case let bytes = NameIndex.folded(word), !bytes.isEmpty else {
      throw LineError("a text is needed, as in \(FilterField.text(text).example)", at: token.range)
    }
    return isExact ? .equals(text, bytes) : .contains(text, bytes)
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

extension FilterToken {
  /// What a word or a text in quotes says.
  var text: String? {
    switch kind {
    case .word(let text), .quoted(let text): text
    case .pattern, .comparison, .minus, .open, .close: nil
    }
  }
}
