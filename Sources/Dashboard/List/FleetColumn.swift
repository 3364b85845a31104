/// What the fleet pane shows of a generator, from left to right.
public enum FleetColumn: String, CaseIterable, Codable, Sendable {
  case mark, id, name, region, gauge, percent
  case fuel = "units"
  case timeToEmpty = "tte"
  case load, power, temperature, age, trend

  /// Those that can be left out: without the mark an alarm could not be seen, without the id nobody
  /// knew whose it is.
  public static let choosable = allCases.filter { $0 != .mark && $0 != .id }

  /// What sorts by it; nil for what does not.
  public var sort: SortColumn? {
    switch self {
    case .mark: .severity
    case .id: .id
    case .name: .name
    case .region: .region
    case .percent: .fuel
    case .fuel: .units
    case .timeToEmpty: .timeToEmpty
    case .load: .load
    case .power: .power
    case .temperature: .temperature
    case .age: .age
    case .gauge, .trend: nil
    }
  }

  /// For the menu of columns.
  public var title: String {
    switch self {
    case .mark: "state"
    case .id: "generator"
    case .name: "name"
    case .region: "region"
    case .gauge: "fuel as a gauge"
    case .percent: "fuel in percent"
    case .fuel: "fuel in units"
    case .timeToEmpty: "time to empty"
    case .load: "load"
    case .power: "power"
    case .temperature: "temperature"
    case .age: "age, where it is not live"
    case .trend: "fuel of the last hour"
    }
  }
}
