/// A number that a generator reports of itself.
///
/// All that the program knows of a metric stands in its row, ``row``: a new one is a case here, in the order in which
/// recordings keep them, and a row.
public enum Metric: UInt8, CaseIterable, Codable, Sendable {
  case fuel, load, power, temperature, latitude, longitude
}

/// What is known of one ``Metric``.
public struct MetricRow: Sendable {
  /// The names of its field in a message: the first is written, all are read.
  public let wireNames: [String]
  /// What it is called in a sentence or a menu: `temperature`.
  public let title: String
  /// The heading of its column: `TEMP`.
  public let heading: String
  /// How it is labelled where there is little room: `temp`.
  public let label: String
  /// What its values count in; empty where that depends on the fleet or is not known.
  public let unit: String
  /// How many decimals are shown at most.
  public let decimals: Int
  /// The words that name it in a filter; none if it cannot be compared.
  public let filterWords: [String]
  /// What its history holds to the full; nil if it keeps none.
  public let history: ClosedRange<Double>?
}

extension Metric {
  public var row: MetricRow {
    switch self {
    case .fuel: Self.fuelRow
    case .load: Self.loadRow
    case .power: Self.powerRow
    case .temperature: Self.temperatureRow
    case .latitude: Self.latitudeRow
    case .longitude: Self.longitudeRow
    }
  }

  /// The name of its field in messages that we write.
  public var wireName: String { row.wireNames[0] }

  private static let fuelRow = MetricRow(
    wireNames: ["fuel"],
    title: "fuel",
    heading: "FUEL",
    label: "fuel",
    unit: "",
    decimals: 1,
    filterWords: ["fuel"],
    history: 0...2_000
  )

  private static let loadRow = MetricRow(
    wireNames: ["load"],
    title: "load",
    heading: "LOAD",
    label: "load",
    unit: "%",
    decimals: 1,
    filterWords: ["load"],
    history: 0...200
  )

  private static let powerRow = MetricRow(
    wireNames: ["power"],
    title: "power",
    heading: "POWER",
    label: "power",
    unit: "",
    decimals: 1,
    filterWords: ["power"],
    history: 0...4_000
  )

  private static let temperatureRow = MetricRow(
    wireNames: ["temperature"],
    title: "temperature",
    heading: "TEMP",
    label: "temp",
    unit: "",
    decimals: 1,
    filterWords: ["temp", "temperature"],
    history: -100...500
  )

  private static let latitudeRow = MetricRow(
    wireNames: ["lat"],
    title: "latitude",
    heading: "LAT",
    label: "lat",
    unit: "°",
    decimals: 4,
    filterWords: [],
    history: nil
  )

  private static let longitudeRow = MetricRow(
    wireNames: ["lon"],
    title: "longitude",
    heading: "LON",
    label: "lon",
    unit: "°",
    decimals: 4,
    filterWords: [],
    history: nil
  )
}
