internal import Synchronization

/// The rows of the table in the order in which they are made: a setting that is declared is among them, without a list
/// that names it again.
struct SettingRows: Sendable {
  private(set) var all: [SettingRow] = []
  /// Each with those of the sections below it.
  private(set) var bySection: [ObjectIdentifier: [SettingRow]] = [:]
  /// Those that are being made, the innermost last.
  private var open: [any SettingsSection.Type] = []

  /// What gathers them while the table is made; nil at all other times.
  @TaskLocal private static var current: Gatherer?

  private final class Gatherer: Sendable {
    let rows = Mutex(SettingRows())
  }

  /// Makes the table, and its rows with it.
  static func gather(_ make: () -> SettingsTable) -> (table: SettingsTable, rows: SettingRows) {
    let gatherer = Gatherer()
    let table = $current.withValue(gatherer, operation: make)
    return (table, gatherer.rows.withLock { $0 })
  }

  /// Makes a section: rows that are made in it have its title and its commands, unless they name their own.
  static func section<Section: SettingsSection>(_ make: @autoclosure () -> Section) -> Section {
    current?.rows.withLock { $0.open.append(Section.self) }
    defer { current?.rows.withLock { _ = $0.open.popLast() } }
    return make()
  }

  /// Takes in a row that was made; it has then what it takes from its section.
  static func add(_ row: SettingRow) -> SettingRow {
    current?.rows.withLock { $0.add(row) } ?? row
  }

  private mutating func add(_ row: SettingRow) -> SettingRow {
    var row = row
    if let section = open.last { row.belong(to: section) }
    all.append(row)
    for section in open { bySection[ObjectIdentifier(section), default: []].append(row) }
    return row
  }
}
