public import Model

/// What the fleet pane shows of a generator.
///
/// All that the program knows of a column but how it is drawn stands in its row, ``row``. The metrics that have a
/// column bring their rows with them.
public enum FleetColumn: Hashable, Sendable {
  case mark, id, name, region, gauge, percent, timeToEmpty, age, trend
  case metric(Metric)
}

/// What is known of one ``FleetColumn``.
public struct FleetColumnRow: Sendable {
  /// Its name in commands, settings and files.
  var name: String
  /// What it is called in the menu of columns.
  public var title: String
  /// What stands above it where nothing else is worth telling.
  public var heading: String
  /// The cells that it needs at least.
  public var width: Int
  /// The same where there is room to read texts.
  public var wideWidth: Int?
  /// When it finds room: the least come first, and are there on the smallest screens.
  public var importance: Int
  /// Text is read from the left, numbers from the right.
  public var isNumber = false
  /// Whether it changes though nothing happens: a slow link has no room for it.
  public var isCostly = false
  /// Whether it takes room only where it was chosen.
  var isHiddenAtFirst = false
  /// What sorts by it; nil for what does not.
  var sort: SortRow?
}

extension FleetColumn: CaseIterable {
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
}

extension FleetColumn: RawRepresentable, Codable {
  public var rawValue: String { row.name }

  public init?(rawValue: String) {
    guard let column = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = column
  }
}

extension FleetColumn {
  /// Lent, not copied: frames ask for it again and again.
  public var row: FleetColumnRow {
    _read {
      switch self {
      case .mark: yield Self.markRow
      case .id: yield Self.idRow
      case .name: yield Self.nameRow
      case .region: yield Self.regionRow
      case .gauge: yield Self.gaugeRow
      case .percent: yield Self.percentRow
      case .timeToEmpty: yield Self.timeToEmptyRow
      case .age: yield Self.ageRow
      case .trend: yield Self.trendRow
      case .metric(let metric): yield Self.metricRows[Int(metric.rawValue)]
      }
    }
  }

  private static let markRow = FleetColumnRow(
    name: "mark",
    title: "state",
    heading: "",
    width: 3,
    importance: 10,
    sort: severity
  )

  /// By two numbers: see `FleetRanks.key`.
  static let severity = SortRow(
    name: "severity",
    title: "severity, then time to empty",
    letter: "s",
    place: 0,
    upwards: "the worst first",
    downwards: "the worst last",
    value: { _, _, _ in nil }
  )

  private static let idRow = FleetColumnRow(
    name: "id",
    title: "generator",
    heading: "GENERATOR",
    width: 14,
    wideWidth: 18,
    importance: 0,
    sort: SortRow(name: "id", title: "generator", letter: "i", place: 1, ofText: { $0.id($2) })
  )

  private static let nameRow = FleetColumnRow(
    name: "name",
    title: "name",
    heading: "NAME",
    width: 12,
    wideWidth: 16,
    importance: 60,
    sort: SortRow(name: "name", title: "name", letter: "n", place: 2, ofText: { $0.name($2, $1) })
  )

  private static let regionRow = FleetColumnRow(
    name: "region",
    title: "region",
    heading: "REGION",
    width: 8,
    wideWidth: 11,
    importance: 100,
    sort: SortRow(
      name: "region",
      title: "region",
      letter: "r",
      place: 80,
      ofText: { $0.region($2, $1) }
    )
  )

  private static let gaugeRow = FleetColumnRow(
    name: "gauge",
    title: "fuel as a gauge",
    heading: "FUEL",
    width: 8,
    wideWidth: 14,
    importance: 40
  )

  private static let percentRow = FleetColumnRow(
    name: "percent",
    title: "fuel in percent",
    heading: "%",
    width: 6,
    importance: 20,
    isNumber: true,
    sort: SortRow(
      name: "fuel",
      title: "fuel in percent",
      letter: "f",
      place: 3,
      value: { _, fleet, place in fleet.generators.span[place].fuelPercent }
    )
  )

  private static let timeToEmptyRow = FleetColumnRow(
    name: "tte",
    title: "time to empty",
    heading: "EMPTY",
    width: 6,
    importance: 30,
    isNumber: true,
    sort: SortRow(
      name: "tte",
      title: "time to empty",
      letter: "t",
      place: 5,
      upwards: "the shortest first",
      downwards: "the longest first",
      value: { ranks, fleet, place in ranks.emptyAt(place, fleet) }
    )
  )

  private static let ageRow = FleetColumnRow(
    name: "age",
    title: "age, where it is not live",
    heading: "AGE",
    width: 4,
    importance: 50,
    isNumber: true,
    isCostly: true,
    sort: SortRow(
      name: "age",
      title: "age",
      letter: "a",
      place: 90,
      upwards: "the newest first",
      downwards: "the oldest first",
      value: { _, fleet, place in fleet.generators.span[place].readingAt.map { -$0.seconds } }
    )
  )

  private static let trendRow = FleetColumnRow(
    name: "trend",
    title: "fuel of the last hour",
    heading: "FUEL 60 MIN",
    width: 12,
    importance: 110,
    isCostly: true
  )

  private static let metricRows = Metric.allCases.map(row)

  /// Beside the gauge and the percents, fuel is told in its units.
  private static func row(of metric: Metric) -> FleetColumnRow {
    let row = metric.row
    let name = metric == .fuel ? "units" : metric.wireName
    let title = metric == .fuel ? "fuel in units" : row.title
    let place = metric == .fuel ? 4 : (metric.isFurther ? 100 : 10) + Int(metric.rawValue)
    return FleetColumnRow(
      name: name,
      title: title,
      heading: row.unit == "%" ? row.heading + "%" : row.heading,
      width: row.column?.width ?? 0,
      importance: row.column?.importance ?? .max,
      isNumber: true,
      isHiddenAtFirst: metric.isFurther,
      sort: row.column.map { column in
        SortRow(
          name: name,
          title: title,
          letter: column.letter,
          place: place,
          value: { _, fleet, place in fleet.value(of: metric, GeneratorIndex(place)) }
        )
      }
    )
  }
}
