public import Model

/// What the fleet pane shows of a generator.
///
/// All that the program knows of a column but how it is drawn stands in its row, ``row``. The metrics that have a
/// column bring their rows with them.
public enum FleetColumn: Hashable, Sendable, CaseIterable, RawRepresentable, Codable {
  case mark, id, name, region, gauge, percent, timeToEmpty, age, trend
  case metric(Metric)

  /// From left to right.
  public static let allCases: [FleetColumn] =
    [.mark, .id, .name, .region, .gauge, .percent, .metric(.fuel), .timeToEmpty]
    + metrics.filter { $0 != .fuel && !$0.isFurther }.map(FleetColumn.metric) + [.age, .trend]
    + metrics.filter(\.isFurther).map(FleetColumn.metric)

  public static let load = FleetColumn.metric(.load)

  private static let metrics = Metric.allCases.filter { $0.row.column != nil }

  /// Those that can be left out: without the mark an alarm could not be seen, without the id nobody
  /// knew whose it is.
  public static let choosable = allCases.filter { $0 != .mark && $0 != .id }

  /// Those that take room only where they were chosen.
  static let hiddenAtFirst = Set(allCases.filter(\.row.isHiddenAtFirst))

  /// In the order in which columns find room.
  public static let byImportance = allCases.sorted { $0.row.importance < $1.row.importance }

  public var rawValue: String { row.name }

  public init?(rawValue: String) {
    guard let column = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = column
  }

  /// What tells it from the others: frames compare columns all the time, and by name, as `RawRepresentable` would, that
  /// takes long.
  private var number: UInt8 {
    switch self {
    case .mark: 0
    case .id: 1
    case .name: 2
    case .region: 3
    case .gauge: 4
    case .percent: 5
    case .timeToEmpty: 6
    case .age: 7
    case .trend: 8
    case .metric(let metric): .max - metric.rawValue
    }
  }

  public static func == (left: FleetColumn, right: FleetColumn) -> Bool {
    left.number == right.number
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(number) }

  /// Lent, not copied: frames ask for it again and again.
  public var row: FleetColumnRow {
    _read {
      switch self {
      case .metric(let metric): yield Self.metricRows.span[Int(metric.rawValue)]
      default: yield Self.rows.span[Int(number)]
      }
    }
  }

  /// By their numbers.
  private static let rows = [
    markRow, idRow, nameRow, regionRow, gaugeRow, percentRow, timeToEmptyRow, ageRow, trendRow,
  ]

  private static let markRow =
    FleetColumnRow("mark", "state", "", width: 3, rank: 10, sort: .severity)

  private static let idRow =
    FleetColumnRow("id", "generator", "GENERATOR", width: 14, wide: 18, rank: 0)
    .sorted("i", 1, SortRow.ofTexts) { ranks, _, place in ranks.id(place) }

  private static let nameRow =
    FleetColumnRow("name", "name", "NAME", width: 12, wide: 16, rank: 60)
    .sorted("n", 2, SortRow.ofTexts) { ranks, fleet, place in ranks.name(place, fleet) }

  private static let regionRow =
    FleetColumnRow("region", "region", "REGION", width: 8, wide: 11, rank: 100)
    .sorted("r", 80, SortRow.ofTexts) { ranks, fleet, place in ranks.region(place, fleet) }

  private static let gaugeRow =
    FleetColumnRow("gauge", "fuel as a gauge", "FUEL", width: 8, wide: 14, rank: 40)

  private static let percentRow =
    FleetColumnRow("percent", "fuel in percent", "%", width: 6, rank: 20, isNumber: true)
    .sorted("f", 3, as: "fuel") { _, fleet, place in fleet.generators.span[place].fuelPercent }

  private static let timeToEmptyRow =
    FleetColumnRow("tte", "time to empty", "EMPTY", width: 7, rank: 30, isNumber: true)
    .sorted("t", 5, (up: "the shortest first", down: "the longest first")) { ranks, fleet, place in
      ranks.emptyAt(place, fleet)
    }

  private static let ageRow =
    FleetColumnRow("age", "age, where it is not live", "AGE", width: 4, rank: 50, isNumber: true)
    .costly
    .sorted("a", 90, titled: "age", (up: "the newest first", down: "the oldest first")) {
      _,
      fleet,
      place in fleet.generators.span[place].readingAt.map { -$0.seconds }
    }

  private static let trendRow =
    FleetColumnRow("trend", "fuel of the last hour", "FUEL 60 MIN", width: 12, rank: 110)
    .costly

  private static let metricRows = Metric.allCases.map(row)

  /// Beside the gauge and the percents, fuel is told in its units.
  private static func row(of metric: Metric) -> FleetColumnRow {
    let (row, isFuel) = (metric.row, metric == .fuel)
    let place = isFuel ? 4 : (metric.isFurther ? 100 : 10) + Int(metric.rawValue)
    var column = FleetColumnRow(
      isFuel ? "units" : metric.wireName,
      isFuel ? "fuel in units" : row.title,
      row.unit == "%" ? row.heading + "%" : row.heading,
      width: row.column?.width ?? 0,
      rank: row.column?.importance ?? .max,
      isNumber: true
    )
    column.isHiddenAtFirst = metric.isFurther
    guard let letter = row.column?.letter else { return column }
    return column.sorted(letter, place) { _, fleet, place in
      fleet.value(of: metric, GeneratorIndex(place))
    }
  }
}

/// What is known of one ``FleetColumn``.
public struct FleetColumnRow: Sendable {
  /// Its name in commands, settings and files.
  let name: String
  /// What it is called in the menu of columns.
  public let title: String
  /// What stands above it where nothing else is worth telling.
  public let heading: String
  /// The cells that it needs at least.
  public let width: Int
  /// The same where there is room to read texts.
  public let wideWidth: Int?
  /// When it finds room: the least come first, and are there on the smallest screens.
  public let importance: Int
  /// Text is read from the left, numbers from the right.
  public let isNumber: Bool
  /// Whether it changes though nothing happens: a slow link has no room for it.
  public private(set) var isCostly = false
  /// Whether it takes room only where it was chosen.
  fileprivate(set) var isHiddenAtFirst = false
  /// What sorts by it; nil for what does not.
  fileprivate(set) var sort: SortRow?

  fileprivate init(
    _ name: String,
    _ title: String,
    _ heading: String,
    width: Int,
    wide: Int? = nil,
    rank importance: Int,
    isNumber: Bool = false,
    sort: SortRow? = nil
  ) {
    (self.name, self.title, self.heading) = (name, title, heading)
    (self.width, wideWidth, self.importance) = (width, wide, importance)
    (self.isNumber, self.sort) = (isNumber, sort)
  }

  /// The row of a column that changes all the time.
  fileprivate var costly: FleetColumnRow {
    var row = self
    row.isCostly = true
    return row
  }

  /// The row of a column that sorts: by which key and at which place of the menu of sorts, and, where that is not as in
  /// the row of the column, under which name and title.
  fileprivate func sorted(
    _ letter: Character,
    _ place: Int,
    as name: String? = nil,
    titled title: String? = nil,
    _ words: SortRow.Words = SortRow.ofNumbers,
    by value: @escaping SortRow.Value
  ) -> FleetColumnRow {
    let (name, title) = (name ?? self.name, title ?? self.title)
    var row = self
    row.sort = SortRow(name: name, title: title, letter: letter, place: place, value: value)
    row.sort?.words = words
    return row
  }
}
