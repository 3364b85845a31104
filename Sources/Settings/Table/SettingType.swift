internal import Arguments
internal import System

/// What one value of a setting is: how it is written, and what it is in the program.
struct SettingKind<Item: Sendable>: Sendable {
  var kind: ValueKind
  /// Nil for a value of another kind.
  var read: @Sendable (Value) -> Item?
  var write: @Sendable (Item) -> Value
}

extension SettingKind<Bool> {
  static let flag = SettingKind(kind: .flag, read: { $0 == .flag(true) }, write: { .flag($0) })
}

extension SettingKind<String> {
  static let text = text(.text)
  static let path = text(.path)

  static func word(_ words: [String]) -> SettingKind { text(.oneOf(words)) }

  /// One of several words, or a file.
  static func wordOrFile(_ words: [String]) -> SettingKind { text(.wordOrFile(words)) }

  /// One of several words, or a name that is looked at once all settings are read.
  static func wordOrName(_ words: [String]) -> SettingKind { text(.wordOrName(words)) }

  private static func text(_ kind: ValueKind) -> SettingKind {
    SettingKind(kind: kind, read: { $0.text }, write: { .text($0) })
  }
}

extension SettingKind<Int> {
  static func integer(_ range: ClosedRange<Int>) -> SettingKind {
    SettingKind(
      kind: .integer(range),
      read: { if case .integer(let number) = $0 { number } else { nil } },
      write: { .integer($0) }
    )
  }
}

extension SettingKind<Double> {
  static func number(_ range: ClosedRange<Double>) -> SettingKind {
    SettingKind(
      kind: .number(range),
      read: { if case .number(let number) = $0 { number } else { nil } },
      write: { .number($0) }
    )
  }
}

extension SettingKind<Duration> {
  /// The range is in seconds.
  static func time(_ range: ClosedRange<Double>) -> SettingKind {
    SettingKind(
      kind: .duration(.seconds(range.lowerBound) ... .seconds(range.upperBound)),
      read: { if case .duration(let duration) = $0 { duration } else { nil } },
      write: { .duration($0) }
    )
  }
}

extension SettingKind where Item: RawRepresentable & CaseIterable, Item.RawValue == String {
  /// One of the words of an enumeration.
  static var choice: SettingKind {
    SettingKind(
      kind: .oneOf(Item.allCases.map(\.rawValue)),
      read: { Item(rawValue: $0.text) },
      write: { .text($0.rawValue) }
    )
  }
}

extension SettingKind<Log.Level> {
  static let logLevel = SettingKind(
    kind: .oneOf(Log.Level.allCases.map(\.name)),
    read: { Log.Level(name: $0.text) },
    write: { .text($0.name) }
  )
}

/// What is read of a setting from the values that were given, and what it is when none was.
struct SettingType<Content: Sendable>: Sendable {
  var kind: ValueKind
  var occurrence = Occurrence.once
  var standard: Content
  var read: @Sendable ([ParsedValue]) -> Content
  var write: @Sendable (Content) -> [Value]
}

extension SettingType {
  /// One value, which is always there.
  static func one(_ kind: SettingKind<Content>, default standard: Content) -> SettingType {
    SettingType(
      kind: kind.kind,
      standard: standard,
      read: { $0.last.flatMap { kind.read($0.value) } ?? standard },
      write: { [kind.write($0)] }
    )
  }

  /// One value, or nil where nothing is said.
  static func optional<Item>(_ kind: SettingKind<Item>) -> SettingType where Content == Item? {
    SettingType(
      kind: kind.kind,
      standard: nil,
      read: { $0.last.flatMap { kind.read($0.value) } },
      write: { $0.map { [kind.write($0)] } ?? [] }
    )
  }

  /// Any number of values, separated by commas where they are typed.
  static func list<Item>(
    _ kind: SettingKind<Item>,
    takes occurrence: Occurrence = .commaSeparated,
    default standard: [Item] = []
  ) -> SettingType where Content == [Item] {
    SettingType(
      kind: kind.kind,
      occurrence: occurrence,
      standard: standard,
      read: { $0.compactMap { kind.read($0.value) } },
      write: { $0.map(kind.write) }
    )
  }
}

extension SettingType<String> {
  static func text(default standard: String) -> SettingType { .one(.text, default: standard) }
}

extension SettingType<[String]> {
  static func texts(default standard: [String]) -> SettingType { .list(.text, default: standard) }
}

extension SettingType<Int> {
  static func integer(_ range: ClosedRange<Int>, default standard: Int) -> SettingType {
    .one(.integer(range), default: standard)
  }
}

extension SettingType<Duration> {
  /// All in seconds.
  static func time(_ range: ClosedRange<Double>, default standard: Double) -> SettingType {
    .one(.time(range), default: .seconds(standard))
  }
}

extension SettingType<Bool> {
  /// On where it is said.
  static var flag: SettingType {
    SettingType(
      kind: .flag,
      standard: false,
      read: { $0.last?.value == .flag(true) },
      write: { $0 ? [.flag(true)] : [] }
    )
  }
}
