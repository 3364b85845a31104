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

extension FilterParser {
  /// What stands behind a field and its comparison.
  mutating func compare(
    _ field: FilterField,
    _ comparison: FilterComparison
  ) throws(FilterError) -> FilterTest {
    guard let token = next else {
      throw missing("something to compare with, as in \(field.example)")
    }
    _ = take()
    switch field {
    case .text(let text): return try compare(text, comparison, token)
    case .number(let number): return try compare(number, comparison, token)
    case .state: return try state(comparison, token)
    }
  }

  private func compare(
    _ text: FilterText,
    _ comparison: FilterComparison,
    _ token: FilterToken
  ) throws(FilterError) -> FilterTest {
    if case .pattern(let inside) = token.kind {
      let test = FilterTest.pattern(text, try Pattern(inside, at: token.range.lowerBound + 1))
      return comparison == .lacks ? .not(test) : test
    }
    guard let word = token.text, case let bytes = NameIndex.folded(word), !bytes.isEmpty else {
      throw FilterError(
        "a text is needed, as in \(FilterField.text(text).example)",
        at: token.range
      )
    }
    switch comparison {
    case .contains: return .contains(text, bytes)
    case .lacks: return .not(.contains(text, bytes))
    case .equal: return .equals(text, bytes)
    case .notEqual: return .not(.equals(text, bytes))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      throw FilterError("texts are compared by ~ or =", at: token.range)
    }
  }

  private func compare(
    _ number: FilterNumber,
    _ comparison: FilterComparison,
    _ token: FilterToken
  ) throws(FilterError) -> FilterTest {
    guard let word = token.text else {
      throw FilterError("a number is needed, as in \(number.example)", at: token.range)
    }
    if word == "?" {
      switch comparison {
      case .equal, .contains: return .not(.isKnown(number))
      case .notEqual, .lacks: return .isKnown(number)
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        throw FilterError("? goes with = and !=", at: token.range)
      }
    }
    let value = try FilterValue(word, for: number, unit: unit, at: token.range)
    return .number(comparison, value)
  }

  private func state(
    _ comparison: FilterComparison,
    _ token: FilterToken
  ) throws(FilterError) -> FilterTest {
    guard let state = token.text.flatMap(FilterState.init(word:)) else {
      throw FilterError("no such state; there are \(FilterState.names)", at: token.range)
    }
    switch comparison {
    case .contains, .equal: return .state(state)
    case .lacks, .notEqual: return .not(.state(state))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      throw FilterError("states are compared by : or !=", at: token.range)
    }
  }

  /// `near:54.97,-1.61<25km`, also with a space before the distance.
  mutating func near() throws(FilterError) -> FilterTest {
    _ = take()
    let wanted = "a place and a distance, as in near:54.97,-1.61<25km"
    guard let place = next, let words = place.text?.split(separator: ",") else {
      throw missing(wanted)
    }
    let numbers = words.compactMap { Self.plainNumber($0) }
    guard words.count == 2, numbers.count == 2, abs(numbers[0]) <= 90, abs(numbers[1]) <= 360 else {
      throw FilterError(wanted, at: place.range)
    }
    _ = take()
    guard case .comparison(.less) = next?.kind else { throw missing(wanted) }
    _ = take()
    guard let token = next, let text = token.text?.lowercased() else { throw missing(wanted) }
    let digits = text.hasSuffix("km") ? text.dropLast(2) : text[...]
    guard let distance = Self.plainNumber(digits), distance > 0 else {
      throw FilterError("a distance in km, as in <25km", at: token.range)
    }
    _ = take()
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
