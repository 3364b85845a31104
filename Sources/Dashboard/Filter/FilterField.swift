/// What a filter can compare: the words that name it are those of the columns.
enum FilterField: Equatable, Sendable {
  case text(FilterText)
  case number(FilterNumber)
  case state

  /// For messages, in the order they are worth knowing.
  static let names = "fuel tte load power temp age id name region state"

  init?(_ name: String) {
    switch name.lowercased() {
    case "id", "gen", "generator": self = .text(.id)
    case "name", "site": self = .text(.name)
    case "region": self = .text(.region)
    case "fuel": self = .number(.percent)
    case "tte", "empty": self = .number(.timeToEmpty)
    case "load": self = .number(.load)
    case "power": self = .number(.power)
    case "temp", "temperature": self = .number(.temperature)
    case "age": self = .number(.age)
    case "state", "is": self = .state
    default: return nil
    }
  }
}

/// The texts of a generator.
enum FilterText: Equatable, Sendable { case id, name, region }

/// The numbers of a generator.
enum FilterNumber: Equatable, Sendable {
  /// Fuel in percent of the tank.
  case percent
  /// Fuel in the unit of the tank.
  case fuel
  /// In seconds.
  case timeToEmpty
  case load, power, temperature
  /// Seconds since the values shown were true.
  case age

  var isTime: Bool { self == .timeToEmpty || self == .age }

  /// How a value is written, for messages.
  var example: String {
    switch self {
    case .percent, .fuel: "fuel<15%"
    case .timeToEmpty: "tte<2h"
    case .load: "load>80%"
    case .power: "power>=200"
    case .temperature: "temp>95"
    case .age: "age>30s"
    }
  }
}
