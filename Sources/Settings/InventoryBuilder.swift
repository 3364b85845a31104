internal import Wording
internal import Arguments
internal import Model

/// What an inventory says of a generator; the raw values are the names in files.
enum InventoryField: String, CaseIterable {
  case id
  case name
  case region
  case tank
  case refuelMark
  case unit
  case ratedPower
  case burn

  /// Finds a field by its name, whatever its case and with `_`, `-` or spaces between its words.
  ///
  /// - Parameters:
  ///   - name: As it stands in the file.
  ///   - what: What the name is called in a message.
  ///   - origin: Where it stands.
  /// - Throws: `SettingsError` when there is no such field.
  init(_ name: String, called what: String, at origin: ValueOrigin) throws(SettingsError) {
    let plain = name.lowercased().filter { !" _-".contains($0) }
    guard let field = Self.allCases.first(where: { $0.rawValue.lowercased() == plain }) else {
      let hint = Spelling.hint(for: name, in: Self.allCases.map(\.rawValue))
      throw SettingsError("unknown \(what) \"\(name)\"" + hint, at: origin)
    }
    self = field
  }
}

/// Puts entries together field by field and checks them.
struct InventoryBuilder {
  /// Finished, in their order.
  private(set) var entries: [InventoryEntry] = []
  private var entry = InventoryEntry(id: "")
  /// Where each id stands.
  private var places: [String: ValueOrigin] = [:]

  mutating func set(
    _ field: InventoryField,
    _ text: String,
    at origin: ValueOrigin,
  ) throws(SettingsError) {
    switch field {
    case .id: entry.id = try name()
    case .name: entry.name = try name()
    case .region: entry.region = try name()
    case .tank: entry.tank = try number()
    case .refuelMark: entry.refuelMark = try mark()
    case .unit: entry.unit = try name()
    case .ratedPower: entry.ratedPower = try number()
    case .burn: entry.burn = try number()
    }
    /// At most 64 characters, as ids and regions have everywhere, and none that steers a terminal.
    func name() throws(SettingsError) -> String {
      guard text.count <= 64 else {
        throw SettingsError("\(field.rawValue) is longer than 64 characters", at: origin)
      }
      guard text.printable == text else {
        throw SettingsError("\(field.rawValue) has characters that cannot be shown", at: origin)
      }
      return text
    }
    /// An amount of fuel, or a share of the tank with `%` behind it.
    func mark() throws(SettingsError) -> RefuelMark {
      guard let mark = RefuelMark(text) else {
        let reason = "\"\(text)\" is neither an amount of fuel nor a share of the tank, such as 25%"
        throw SettingsError("\(field.rawValue): \(reason)", at: origin)
      }
      return mark
    }
    func number() throws(SettingsError) -> Double {
      let kind = ValueKind.number(InventoryEntry.bounds)
      if case .number(let number) = kind.value(of: text) { return number }
      throw SettingsError("\(field.rawValue): \"\(text)\" is not \(kind.expectation)", at: origin)
    }
  }

  /// Ends an entry.
  mutating func finish(at origin: ValueOrigin) throws(SettingsError) {
    guard !entry.id.isEmpty else { throw SettingsError("a generator needs an id", at: origin) }
    if case .file(_, let line, _) = places[entry.id] {
      throw SettingsError("\"\(entry.id)\" is already in line \(line)", at: origin)
    }
    guard entries.count < Inventory.maximumCount else {
      throw SettingsError("there are more than \(Inventory.maximumCount) generators", at: origin)
    }
    places[entry.id] = origin
    entries.append(entry)
    entry = InventoryEntry(id: "")
  }
}
