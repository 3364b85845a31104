/// One row of ``ViewChoices``: how a choice is called in files and recordings, and how it is read and written.
struct Choice: Sendable {
  let name: String
  let isSame: @Sendable (ViewChoices, ViewChoices) -> Bool
  let copy: @Sendable (ViewChoices, inout ViewChoices) -> Void
  let encode: @Sendable (ViewChoices, inout KeyedEncodingContainer<Key>) throws -> Void
  let decode: @Sendable (KeyedDecodingContainer<Key>, inout ViewChoices) -> Void

  typealias Path<Value> = any WritableKeyPath<ViewChoices, Value> & Sendable

  /// A row of a text, a truth or a list of texts.
  init<Value: Codable & Equatable & Sendable>(_ name: String, _ path: Path<Value>) {
    self.init(name, path) {
      $0
    } from: {
      $0
    }
  }

  /// A row of a text that may be missing.
  init<Value: Codable & Equatable & Sendable>(_ name: String, _ path: Path<Value?>) {
    self.init(name, path) {
      $0
    } from: {
      $0
    }
  }

  /// A row of a set, which is written in the order of all its words and passes over those that it does not know.
  init<Word>(_ name: String, _ path: Path<Set<Word>>)
  where Word: CaseIterable & Codable & RawRepresentable & Sendable, Word.RawValue == String {
    self.init(name, path) { set in
      Word.allCases.filter { set.contains($0) }.map(\.rawValue)
    } from: { (words: [String]) in
      Set(words.compactMap(Word.init(rawValue:)))
    }
  }

  private init<Value: Equatable & Sendable, Written: Codable & Sendable>(
    _ name: String,
    _ path: Path<Value>,
    as written: @escaping @Sendable (Value) -> Written?,
    from read: @escaping @Sendable (Written) -> Value
  ) {
    self.name = name
    isSame = { $0[keyPath: path] == $1[keyPath: path] }
    copy = { $1[keyPath: path] = $0[keyPath: path] }
    encode = { try $1.encodeIfPresent(written($0[keyPath: path]), forKey: Key(stringValue: name)) }
    decode = { values, choices in
      if let value = try? values.decodeIfPresent(Written.self, forKey: Key(stringValue: name)) {
        choices[keyPath: path] = read(value)
      }
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
