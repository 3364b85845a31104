/// A number that a generator reports of itself.
///
/// All that the program knows of a metric stands in its row, ``row``: a new one is a case here, in the order in which
/// recordings keep them, its row, and one more place in ``FurtherValues``.
///
/// The last sixteen are the user's: what they are called is in ``NamedMetric``. They are cases like the others, so that
/// all that goes through the table of metrics (messages, columns, filters, buckets, files) has them without a way of its
/// own; while none is named, ``allCases`` ends before them, and no loop is longer.
public enum Metric: UInt8, CaseIterable, Codable, Sendable {
  case fuel, load, power, temperature, latitude, longitude
  case voltage, frequency, batteryVoltage, oilPressure, runHours
  case tank, refuelMark, running
  case named1, named2, named3, named4, named5, named6, named7, named8
  case named9, named10, named11, named12, named13, named14, named15, named16

  /// Those that the program brings.
  public static let builtIn = (fuel.rawValue...running.rawValue).compactMap(Metric.init(rawValue:))

  /// All that there are: those that the program brings, and those that the user has named.
  public static let allCases =
    builtIn + NamedMetric.inUse.indices.compactMap(NamedMetric.metric(at:))
}

/// Room for the values of the metrics that the program brings beyond the first six: as many as there are.
typealias FurtherValues = InlineArray<8, Double>

/// What is known of one ``Metric``.
public struct MetricRow: Sendable {
  /// The names of its field in a message: the first is written, all are read.
  public var wireNames: [String]
  /// What it is called in a sentence or a menu: `temperature`.
  public var title: String
  /// What stands above its values in a table: `TEMP`.
  public var heading: String
  /// How it is labelled where there is little room, in at most seven letters: `temp`.
  public var label: String
  /// What its values count in; empty where that depends on the fleet or is not known.
  public var unit = ""
  /// What may be told of it, each in its base unit; empty where it has no unit.
  public var quantities: [SourceUnit.Quantity] = []
  /// How many decimals are shown at most.
  public var decimals = 1
  /// Whether every generator is expected to tell it, so that it is shown as unknown where it is absent.
  public var isUsual = false
  /// The value that fills a gauge; nil if there is none, or if it depends on the generator.
  public var full: Double?
  /// Whether its chart begins at 0 rather than at the least value.
  public var isFromZero = false
  /// Its column in the list of the fleet, by which that can be sorted; nil if it has none.
  public var column: MetricColumn?
  /// How a filter compares it; nil if it cannot be compared.
  public var filter: MetricFilter?
  /// Which values its history keeps in equal steps; nil if it keeps none.
  public var history: ClosedRange<Double>?
}

/// The column of a metric in the list of the fleet.
public struct MetricColumn: Sendable {
  /// How many cells it needs.
  public var width: Int
  /// Its key in the menu of sorts.
  public var letter: Character
  /// When it finds room; the least come first.
  ///
  /// One that was chosen by hand comes before most of the others.
  public var importance = 55
}

/// How a metric is written in a filter.
public struct MetricFilter: Sendable {
  /// The words that name it, in lower case; the first is the one that is told.
  public var words: [String]
  /// The units that may stand behind a value, in lower case.
  public var units: [String]
  /// How a comparison is written, for messages.
  public var example: String
}

extension Metric {
  /// Lent, not copied: frames ask for it again and again.
  public var row: MetricRow {
    _read {
      if isNamed {
        yield Self.namedRows.span[Int(rawValue) - Self.builtIn.count]
      } else {
        yield Self.rows.span[Int(rawValue)]
      }
    }
  }

  /// Apart from those of the user, so that reading a setting that is about these does not ask for those.
  private static let rows = builtIn.map(row)

  private static let namedRows = (0..<NamedMetric.most).map { place in
    NamedMetric.inUse.indices.contains(place)
      ? NamedMetric.inUse[place].row(at: place) : MetricRow(unnamed: place)
  }

  private static func row(of metric: Metric) -> MetricRow {
    switch metric {
    case .fuel: fuelRow
    case .load: loadRow
    case .power: powerRow
    case .temperature: temperatureRow
    case .latitude: latitudeRow
    case .longitude: longitudeRow
    case .voltage: voltageRow
    case .frequency: frequencyRow
    case .batteryVoltage: batteryVoltageRow
    case .oilPressure: oilPressureRow
    case .runHours: runHoursRow
    case .tank: tankRow
    case .refuelMark: refuelMarkRow
    case .running: runningRow
    case .named1, .named2, .named3, .named4, .named5, .named6, .named7, .named8, .named9, .named10,
      .named11, .named12, .named13, .named14, .named15, .named16:
      MetricRow(unnamed: Int(metric.rawValue) - builtIn.count)
    }
  }

  /// The name of its field in messages that we write.
  public var wireName: String { row.wireNames[0] }

  /// Those that every generator is expected to tell.
  public static let usual = builtIn.filter(\.row.isUsual)

  /// Those beyond the first six: most generators do not send them, and are not to pay for them.
  public static let further = allCases.filter(\.isFurther)

  public var isFurther: Bool { rawValue >= CoreReading.count }

  /// Whether it is one of the user's.
  public var isNamed: Bool { rawValue > Metric.running.rawValue }

  private static let fuelRow = MetricRow(
    wireNames: ["fuel"],
    title: "fuel",
    heading: "FUEL",
    label: "fuel",
    quantities: [.volume, .percent],
    isUsual: true,
    isFromZero: true,
    // A filter means the share of the tank by this word.
    column: MetricColumn(width: 7, letter: "u", importance: 120),
    history: -250...3_000
  )

  private static let loadRow = MetricRow(
    wireNames: ["load"],
    title: "load",
    heading: "LOAD",
    label: "load",
    unit: "%",
    quantities: [.percent],
    isUsual: true,
    full: 100,
    isFromZero: true,
    column: MetricColumn(width: 5, letter: "l", importance: 70),
    filter: MetricFilter(words: ["load"], units: ["%"], example: "load>80%"),
    history: -20...300
  )

  private static let powerRow = MetricRow(
    wireNames: ["power"],
    title: "power",
    heading: "POWER",
    label: "power",
    quantities: [.power],
    isUsual: true,
    isFromZero: true,
    column: MetricColumn(width: 6, letter: "p", importance: 80),
    filter: MetricFilter(words: ["power"], units: ["kw"], example: "power>=200"),
    history: -100...3_000
  )

  private static let temperatureRow = MetricRow(
    wireNames: ["temperature"],
    title: "temperature",
    heading: "TEMP",
    label: "temp",
    quantities: [.temperature],
    isUsual: true,
    column: MetricColumn(width: 5, letter: "c", importance: 90),
    filter: MetricFilter(words: ["temp", "temperature"], units: ["c", "°c"], example: "temp>95"),
    history: -100...500
  )

  private static let latitudeRow = MetricRow(
    wireNames: ["lat"],
    title: "latitude",
    heading: "LAT",
    label: "lat",
    unit: "°",
    quantities: [.angle],
    decimals: 4
  )

  private static let longitudeRow = MetricRow(
    wireNames: ["lon"],
    title: "longitude",
    heading: "LON",
    label: "lon",
    unit: "°",
    quantities: [.angle],
    decimals: 4
  )

  private static let voltageRow = MetricRow(
    wireNames: ["voltage"],
    title: "voltage",
    heading: "VOLTS",
    label: "voltage",
    unit: "V",
    quantities: [.voltage],
    column: MetricColumn(width: 6, letter: "v"),
    filter: MetricFilter(words: ["voltage"], units: ["v"], example: "voltage<210"),
    history: 0...650
  )

  private static let frequencyRow = MetricRow(
    wireNames: ["frequency"],
    title: "frequency",
    heading: "HERTZ",
    label: "freq",
    unit: "Hz",
    quantities: [.frequency],
    decimals: 2,
    column: MetricColumn(width: 6, letter: "z"),
    filter: MetricFilter(words: ["freq", "frequency"], units: ["hz"], example: "freq<49.5"),
    history: 0...150
  )

  private static let batteryVoltageRow = MetricRow(
    wireNames: ["batteryVoltage", "battery_voltage"],
    title: "battery voltage",
    heading: "BATT",
    label: "battery",
    unit: "V",
    quantities: [.voltage],
    column: MetricColumn(width: 5, letter: "b"),
    filter: MetricFilter(words: ["battery"], units: ["v"], example: "battery<12"),
    history: 0...60
  )

  private static let oilPressureRow = MetricRow(
    wireNames: ["oilPressure", "oil_pressure"],
    title: "oil pressure",
    heading: "OIL",
    label: "oil",
    unit: "kPa",
    quantities: [.pressure],
    isFromZero: true,
    column: MetricColumn(width: 6, letter: "o"),
    filter: MetricFilter(words: ["oil"], units: ["kpa"], example: "oil<150"),
    history: 0...1_500
  )

  private static let runHoursRow = MetricRow(
    wireNames: ["runHours", "run_hours", "engine_hours"],
    title: "run hours",
    heading: "HOURS",
    label: "hours",
    unit: "h",
    quantities: [.duration],
    column: MetricColumn(width: 8, letter: "h"),
    filter: MetricFilter(words: ["hours"], units: ["h"], example: "hours>500")
  )

  /// What its tank holds, in the unit of its fuel; of fuel in percent 100: see ``TankLevels``.
  private static let tankRow = MetricRow(
    wireNames: ["tank"],
    title: "tank",
    heading: "TANK",
    label: "tank",
    quantities: [.volume],
    column: MetricColumn(width: 7, letter: "x")
  )

  /// Below so much fuel it is to be refuelled.
  private static let refuelMarkRow = MetricRow(
    wireNames: ["refuelMark"],
    title: "refuel mark",
    heading: "MARK",
    label: "mark",
    quantities: [.volume],
    column: MetricColumn(width: 7, letter: "m")
  )

  /// 1 while the engine runs, else 0.
  private static let runningRow = MetricRow(
    wireNames: ["running"],
    title: "running",
    heading: "RUNS",
    label: "running",
    column: MetricColumn(width: 5, letter: "e")
  )
}
