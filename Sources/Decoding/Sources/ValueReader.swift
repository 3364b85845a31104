internal import JSON
internal import Model

/// What was found where a value should stand.
enum PlaceValue {
  /// Nothing at all.
  case absent
  /// Known to be unknown.
  case unknown
  /// In the metric's base unit; of fuel it may be a percentage.
  case value(Double, isPercent: Bool)
  case lost(ValueFlaw)
}

/// A place of a value, with its path known to a document; shared, not copied, for each value.
final class PlaceReader {
  let metric: Metric
  /// Among the places of its metric, from 0: the best.
  let rank: Int
  /// Of topics, behind what a source's topics share; nil for all of them.
  let topic: TopicFilter?
  let path: Int?
  private let quantities: [SourceUnit.Quantity]
  private let unit: SourceUnit?
  private let steps: [ValueStep]
  /// What a metric that the user has named is told in; nil for the base unit.
  private let shown: SourceUnit?
  private let (scale, offset): (Double, Double)
  private let unknown: [ClosedRange<Double>]
  private let bounds: ClosedRange<Double>
  private let trueWords: [StateWord]
  private let falseWords: [StateWord]
  fileprivate let hasComma: Bool

  init(
    _ place: ValuePlace,
    of source: MetricSource,
    rank: Int,
    hasComma: Bool,
    _ document: inout SourceDocument
  ) {
    self.rank = rank
    metric = source.metric
    shown = source.named.flatMap { SourceUnit($0.unit) }
    quantities = source.quantities
    topic = place.topic.map { TopicFilter($0) }
    path = place.path.map { document.add($0) }
    unit = place.unit
    steps = place.steps
    (scale, offset) = (place.scale, place.offset)
    unknown = place.unknown
    let least = place.least ?? -.infinity
    bounds = least...max(least, place.most ?? .infinity)
    trueWords = place.trueWords.map(StateWord.init)
    falseWords = place.falseWords.map(StateWord.init)
    self.hasComma = hasComma
  }

  /// Whether it is told in words.
  var isState: Bool { metric == .running }

  /// Makes a value of the metric of a number, which may have come with a unit of its own.
  func value(_ number: Double, in own: SourceUnit?) -> PlaceValue {
    guard number.isFinite else { return .lost(.notFinite) }
    let number = steps.isEmpty ? number : steps.reduce(number) { $1.apply($0) }
    if !unknown.isEmpty, unknown.contains(where: { $0.contains(number) }) { return .unknown }
    let unit = own ?? unit
    var value = number * scale + offset
    if let unit, unit != shown {
      guard quantities.contains(unit.quantity) else { return .lost(.otherUnit) }
      value = unit.convert(value)
      if let shown { value = (value - shown.offset) / shown.factor }
    }
    guard value.isFinite else { return .lost(.notFinite) }
    guard bounds.contains(value), isPossible(value, unit) else {
      return .unknown
    }
    return .value(value, isPercent: unit?.quantity == .percent)
  }

  /// Whether a value can be one at all: nothing that a controller sends instead of one.
  private func isPossible(_ value: Double, _ unit: SourceUnit?) -> Bool {
    switch metric {
    case .latitude: abs(value) <= 90
    case .longitude: abs(value) <= 180
    default: unit?.quantity == .percent ? (-20...300).contains(value) : true
    }
  }

  /// Makes a value of a state of what is written, which may be a number.
  func state(_ text: Span<UInt8>, _ number: Double?) -> PlaceValue {
    if let number, unknown.contains(where: { $0.contains(number) }) { return .unknown }
    let isTrue = trueWords.contains { $0.matches(text, number) }
    if isTrue { return .value(1, isPercent: false) }
    if falseWords.contains(where: { $0.matches(text, number) }) {
      return .value(0, isPercent: false)
    }
    if UnknownWord.matches(text, in: 0..<text.count) { return .unknown }
    switch (trueWords.isEmpty, falseWords.isEmpty) {
    case (false, false): return .lost(.noWord)
    case (false, true): return .value(0, isPercent: false)
    case (true, false): return .value(1, isPercent: false)
    case (true, true): break
    }
    if let number { return .value(number == 0 ? 0 : 1, isPercent: false) }
    if StateWord.on.contains(where: { isSameWord(text, $0) }) { return .value(1, isPercent: false) }
    if StateWord.off.contains(where: { isSameWord(text, $0) }) {
      return .value(0, isPercent: false)
    }
    return .lost(.noWord)
  }
}

/// A word of a state, in lower case, and the number that it is.
struct StateWord {
  private let text: [UInt8]
  private let number: Double?

  static let on = ["true", "on", "yes", "running"].map { Array($0.utf8) }
  static let off = ["false", "off", "no", "stopped"].map { Array($0.utf8) }

  init(_ word: String) {
    let text = Array(word.lowercased().utf8)
    self.text = text
    number = jsonNumber(text.span)
  }

  func matches(_ text: Span<UInt8>, _ number: Double?) -> Bool {
    isSameWord(text, self.text) || (number != nil && number == self.number)
  }
}

// MARK: - Where values stand

/// Reads values at their places; what it needs for that is used again for each.
struct ValueReader: ~Copyable {
  private var numberText = NumberText()
  /// The unit met last, as it was written: a source mostly has few.
  private var lastUnit: (text: [UInt8], unit: SourceUnit?) = ([], nil)

  /// Reads the value of a place.
  mutating func read(
    _ place: PlaceReader,
    _ document: inout SourceDocument,
    from start: JSONTree.Place,
    payload: Span<UInt8>
  ) -> PlaceValue {
    if payload.isEmpty { return .unknown }
    guard let path = place.path else { return whole(payload, place, &document) }
    guard document.read(payload) else { return .lost(.noJSON) }
    guard let found = document.place(path, from: start) else { return .absent }
    return read(place, &document, at: found)
  }

  /// A payload that is a value itself.
  private mutating func whole(
    _ payload: Span<UInt8>,
    _ place: PlaceReader,
    _ document: inout SourceDocument
  ) -> PlaceValue {
    var range = Blank.trimmed(payload)
    guard let first = range.first else { return .unknown }
    if payload[first] == UInt8(ascii: "{"), document.read(payload) {
      return read(place, &document, at: .root)
    }
    let quote = UInt8(ascii: "\"")
    if range.count > 1, payload[first] == quote, payload[range.upperBound - 1] == quote {
      range = (first + 1)..<(range.upperBound - 1)
    }
    return text(payload.extracting(range), place)
  }

  private mutating func read(
    _ place: PlaceReader,
    _ document: inout SourceDocument,
    at found: JSONTree.Place
  ) -> PlaceValue {
    switch document.node(at: found) {
    case .array: return .lost(.nested)
    case .object: return measured(place, &document, found)
    case .noNumber:
      // A word for no number says that there is none; `1e999` is a fault.
      return document.withNode(at: found) { _, text in
        text.indices.contains { isDigit(text[$0]) } ? .lost(.notFinite) : .unknown
      }
    case .scalar(.null): return .unknown
    case .scalar(.integer(let number)) where !place.isState:
      return place.value(Double(number), in: nil)
    case .scalar(.decimal(let number)) where !place.isState: return place.value(number, in: nil)
    case .scalar(.boolean) where !place.isState: return .lost(.noNumber)
    case .scalar(.integer(let number)):
      return document.withNode(at: found) { place.state($1, Double(number)) }
    case .scalar(.decimal(let number)):
      return document.withNode(at: found) { place.state($1, number) }
    case .scalar(.boolean): return document.withNode(at: found) { place.state($1, nil) }
    case .scalar(.text): return document.withNode(at: found) { text($1, place) }
    }
  }

  /// An object of a value and its unit, such as `{"value": 13.8, "unit": "V"}`; without a value it is unknown.
  private mutating func measured(
    _ place: PlaceReader,
    _ document: inout SourceDocument,
    _ object: JSONTree.Place
  ) -> PlaceValue {
    let (value, unit) = document.measured(object)
    guard let value else { return unit == nil ? .lost(.nested) : .unknown }
    if case .object = document.node(at: value) { return .lost(.nested) }
    guard let unit, !place.isState else { return read(place, &document, at: value) }
    let own = document.withNode(at: unit) { ownUnit($1) }
    guard case .known(let own) = own else { return .lost(.otherUnit) }
    switch document.node(at: value) {
    case .scalar(.integer(let number)): return place.value(Double(number), in: own)
    case .scalar(.decimal(let number)): return place.value(number, in: own)
    case .scalar(.text): return document.withNode(at: value) { text($1, place, in: own) }
    default: return read(place, &document, at: value)
    }
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: The text, which may name its unit.
  ///   - place: Where it was found.
  ///   - given: Its unit if it names none; nil for that of the place.
  /// - Returns: The value.
  mutating func text(
    _ text: Span<UInt8>,
    _ place: PlaceReader,
    in given: SourceUnit? = nil
  ) -> PlaceValue {
    let range = Blank.trimmed(text)
    if range.isEmpty { return .unknown }
    if place.isState {
      let word = text.extracting(range)
      return place.state(word, jsonNumber(word))
    }
    switch numberText.read(text, hasComma: place.hasComma) {
    case .unknown: return .unknown
    case .flaw(let flaw): return .lost(flaw)
    case .number(let number):
      let rest = text.extracting(numberText.unit)
      if let minutes = place.minutes(rest) { return place.value(number + minutes / 60, in: given) }
      guard case .known(let own) = ownUnit(rest) else { return .lost(.otherUnit) }
      return place.value(number, in: own ?? given)
    }
  }

  private enum OwnUnit {
    /// Nil if none is written.
    case known(SourceUnit?)
    case unknown
  }

  private mutating func ownUnit(_ text: Span<UInt8>) -> OwnUnit {
    let words = text.extracting(Blank.trimmed(text))
    if words.isEmpty { return .known(nil) }
    if !isEqual(words, lastUnit.text) {
      lastUnit.text.removeAll(keepingCapacity: true)
      guard words.count <= 32 else { return .unknown }
      for index in words.indices { lastUnit.text.append(words[index]) }
      lastUnit.unit = SourceUnit(String(decoding: lastUnit.text, as: UTF8.self))
    }
    return lastUnit.unit.map { .known($0) } ?? .unknown
  }
}

extension PlaceReader {
  /// The minutes behind the hours of `1234:30`; nil if nothing of the kind is there.
  fileprivate func minutes(_ rest: Span<UInt8>) -> Double? {
    guard quantities.contains(.duration), rest.count == 3,
      rest[0] == UInt8(ascii: ":")
    else { return nil }
    return jsonNumber(rest.extracting(1..<3)).flatMap { (0..<60).contains($0) ? $0 : nil }
  }
}
