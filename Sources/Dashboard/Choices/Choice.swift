/// What a file of choices, and a recording, can hold: a text, a truth or a list of texts, and nothing else.
///
/// `StoredValue` of the state file has a case for each of them.
protocol WrittenChoice: ChoiceValue, Codable, Sendable where Written == Self {}
extension WrittenChoice {
  var written: Self? { self }
  init?(written: Self) { self = written }
}
extension String: WrittenChoice {}
extension Bool: WrittenChoice {}
extension [String]: ChoiceValue, WrittenChoice {}

/// What a property of ``ViewChoices`` may be so that it can have a row: what can be written.
protocol ChoiceValue: Equatable {
  associatedtype Written: WrittenChoice
  /// Nil for what is left out.
  var written: Written? { get }
  /// Nil for a word that is not known.
  init?(written: Written)
}

extension ChoiceValue where Self: RawRepresentable<String> {
  var written: String? { rawValue }
  init?(written: String) { self.init(rawValue: written) }
}

extension SortColumn: ChoiceValue {}
extension ViewID: ChoiceValue {}
extension TimeDisplay: ChoiceValue {}
extension PayloadForm: ChoiceValue {}

/// A text that may be missing.
extension Optional: ChoiceValue where Wrapped: ChoiceValue {
  var written: Wrapped.Written? { flatMap(\.written) }
  init?(written: Wrapped.Written) {
    guard let value = Wrapped(written: written) else { return nil }
    self = value
  }
}

/// A set is written in the order of all its words, and passes over those that it does not know.
extension Set: ChoiceValue
where Element: CaseIterable & RawRepresentable<String> {
  var written: [String]? { Element.allCases.filter { contains($0) }.map(\.rawValue) }
  init?(written: [String]) { self.init(written.compactMap(Element.init(rawValue:))) }
}

/// One row of ``ViewChoices``: how a choice is called in files and recordings, and how it is read and written.
struct Choice: Sendable {
  let name: String
  let isSame: @Sendable (ViewChoices, ViewChoices) -> Bool
  let copy: @Sendable (ViewChoices, inout ViewChoices) -> Void
  let encode: @Sendable (ViewChoices, inout KeyedEncodingContainer<Key>) throws -> Void
  let decode: @Sendable (KeyedDecodingContainer<Key>, inout ViewChoices) -> Void

  /// - Parameters:
  ///   - name: Its key in the state file and in recordings.
  ///   - path: The property.
  ///   - isLeftOut: Of which values nothing is written.
  init<Value: ChoiceValue & Sendable>(
    _ name: String,
    _ path: any WritableKeyPath<ViewChoices, Value> & Sendable,
    unless isLeftOut: @escaping @Sendable (Value) -> Bool = { _ in false }
  ) {
    self.name = name
    isSame = { $0[keyPath: path] == $1[keyPath: path] }
    copy = { $1[keyPath: path] = $0[keyPath: path] }
    encode = { choices, values in
      let value = choices[keyPath: path]
      guard !isLeftOut(value) else { return }
      try values.encodeIfPresent(value.written, forKey: Key(stringValue: name))
    }
    decode = { values, choices in
      let written = try? values.decodeIfPresent(Value.Written.self, forKey: Key(stringValue: name))
      if let value = written.flatMap(Value.init(written:)) { choices[keyPath: path] = value }
    }
  }

  /// The name of a choice, as coders have it.
  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
