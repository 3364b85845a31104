/// The columns that the fleet can be sorted by, in the order `<` and `>` walk them.
public enum SortColumn: String, CaseIterable, Codable, Sendable {
  /// The worst first, then what runs dry first.
  case severity
  case id, name, fuel, units, timeToEmpty = "tte", load, power, temperature, region, age

  /// The key in the sort menu.
  public var letter: Character {
    switch self {
    case .severity: "s"
    case .id: "i"
    case .name: "n"
    case .fuel: "f"
    case .units: "u"
    case .timeToEmpty: "t"
    case .load: "l"
    case .power: "p"
    case .temperature: "c"
    case .region: "r"
    case .age: "a"
    }
  }

  public var title: String {
    switch self {
    case .severity: "severity, then time to empty"
    case .id: "generator"
    case .name: "name"
    case .fuel: "fuel in percent"
    case .units: "fuel in units"
    case .timeToEmpty: "time to empty"
    case .load: "load"
    case .power: "power"
    case .temperature: "temperature"
    case .region: "region"
    case .age: "age"
    }
  }
}

/// How the fleet is sorted.
public struct SortOrder: Codable, Equatable, Sendable {
  public var column: SortColumn
  /// Whether the order of the column is turned round; what has no value stays last.
  public var isInverted: Bool

  /// Which way it goes, in words.
  public var direction: String {
    switch column {
    case .severity: isInverted ? "the worst last" : "the worst first"
    case .id, .name, .region: isInverted ? "from Z to A" : "from A to Z"
    case .age: isInverted ? "the oldest first" : "the newest first"
    case .timeToEmpty: isInverted ? "the longest first" : "the shortest first"
    default: isInverted ? "the highest first" : "the lowest first"
    }
  }

  public init(column: SortColumn = .severity, isInverted: Bool = false) {
    self.column = column
    self.isInverted = isInverted
  }
}
