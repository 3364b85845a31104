import Model

/// How a column sorts the fleet.
struct SortRow: Sendable {
  /// What a generator is sorted by; nil for what comes last whatever the direction.
  ///
  /// The number is its place in the arrays of the fleet.
  typealias Value = @Sendable (FleetRanks, Fleet, Int) -> Double?

  /// Which way it goes, in words: as it is, and turned round.
  typealias Words = (up: String, down: String)

  static let ofNumbers: Words = ("the lowest first", "the highest first")
  static let ofTexts: Words = ("from A to Z", "from Z to A")

  /// Its name in commands, settings and files.
  let name: String
  let title: String
  /// The key in the menu of sorts.
  let letter: Character
  /// Its place in that menu: the least come first.
  let place: Int
  var words = ofNumbers
  let value: Value

  static let severity = SortRow(
    name: "severity",
    title: "severity, then time to empty",
    letter: "s",
    place: 0,
    words: ("the worst first", "the worst last"),
    // By two numbers: see `FleetRanks.key`.
    value: { _, _, _ in nil }
  )
}

/// The columns that the fleet can be sorted by, in the order `<` and `>` walk them.
public struct SortColumn: Hashable, CaseIterable, RawRepresentable, Codable, Sendable {
  /// The column of the fleet that it is: one that sorts.
  public let column: FleetColumn

  public static let allCases = FleetColumn.allCases.compactMap(SortColumn.init)
    .sorted { $0.row.place < $1.row.place }

  /// The worst first, then what runs dry first.
  public static let severity = allCases[0]

  public static let id = SortColumn(.id) ?? severity
  public static let fuel = SortColumn(.percent) ?? severity
  public static let timeToEmpty = SortColumn(.timeToEmpty) ?? severity
  public static let load = SortColumn(.metric(.load)) ?? severity
  public static let age = SortColumn(.age) ?? severity

  /// Nil for a column that does not sort.
  public init?(_ column: FleetColumn) {
    guard column.row.sort != nil else { return nil }
    self.column = column
  }

  public static func == (left: SortColumn, right: SortColumn) -> Bool {
    left.column == right.column
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(column) }

  public init?(rawValue: String) {
    guard let found = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = found
  }

  var row: SortRow { column.row.sort ?? .severity }

  public var rawValue: String { row.name }
  /// The key in the sort menu.
  public var letter: Character { row.letter }
  public var title: String { row.title }
}

/// How the fleet is sorted.
public struct SortOrder: Codable, Equatable, Sendable {
  public var column: SortColumn
  /// Whether the order of the column is turned round; what has no value stays last.
  public var isInverted: Bool

  /// Which way it goes, in words.
  public var direction: String { isInverted ? column.row.words.down : column.row.words.up }

  public init(column: SortColumn = .severity, isInverted: Bool = false) {
    self.column = column
    self.isInverted = isInverted
  }
}
