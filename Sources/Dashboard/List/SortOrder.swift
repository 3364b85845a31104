import Model

/// How a column sorts the fleet.
struct SortRow: Sendable {
  /// What a generator is sorted by; nil for what comes last whatever the direction.
  ///
  /// The number is its place in the arrays of the fleet.
  typealias Value = @Sendable (FleetRanks, Fleet, Int) -> Double?

  /// Its name in commands, settings and files.
  var name: String
  var title: String
  /// The key in the menu of sorts.
  var letter: Character
  /// Its place in that menu: the least come first.
  var place: Int
  /// Which way it goes, in words.
  var upwards = "the lowest first"
  var downwards = "the highest first"
  var value: Value
}

extension SortRow {
  init(name: String, title: String, letter: Character, place: Int, ofText value: @escaping Value) {
    self.init(
      name: name,
      title: title,
      letter: letter,
      place: place,
      upwards: "from A to Z",
      downwards: "from Z to A",
      value: value
    )
  }
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

  public init?(rawValue: String) {
    guard let found = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = found
  }

  var row: SortRow { column.row.sort ?? FleetColumn.severity }

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
  public var direction: String { isInverted ? column.row.downwards : column.row.upwards }

  public init(column: SortColumn = .severity, isInverted: Bool = false) {
    self.column = column
    self.isInverted = isInverted
  }
}
