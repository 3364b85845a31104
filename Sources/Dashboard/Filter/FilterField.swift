import Model

/// What a filter can compare: the words that name it are those of the columns.
enum FilterField: Equatable, Sendable {
  case text(FilterText)
  case number(FilterNumber)
  case state

  /// For messages, in the order they are worth knowing; metrics that most generators do not tell are left out.
  static let names =
    (["fuel", "tte"] + Metric.usual.compactMap(\.row.filter?.words.first)
    + ["age", "id", "name", "region", "state"]).joined(separator: " ")

  init?(_ name: String) {
    switch name.lowercased() {
    case "id", "gen", "generator": self = .text(.id)
    case "name", "site": self = .text(.name)
    case "region": self = .text(.region)
    case "fuel": self = .number(.percent)
    case "tte", "empty": self = .number(.timeToEmpty)
    case "age": self = .number(.age)
    case "state", "is": self = .state
    case let word:
      let metric = Metric.allCases.first { $0.row.filter?.words.contains(word) == true }
      guard let metric else { return nil }
      self = .number(.metric(metric))
    }
  }
}

/// The texts of a generator.
enum FilterText: Equatable, Sendable { case id, name, region }

/// The numbers of a generator.
enum FilterNumber: Equatable, Sendable {
  /// Fuel in percent of the tank.
  case percent
  /// In seconds.
  case timeToEmpty
  /// In the metric's unit; fuel in that of the tank.
  case metric(Metric)
  /// Seconds since the values shown were true.
  case age

  var isTime: Bool { self == .timeToEmpty || self == .age }

  /// How a value is written, for messages.
  var example: String {
    switch self {
    case .percent: "fuel<15%"
    case .timeToEmpty: "tte<2h"
    case .metric(let metric): metric.row.filter?.example ?? "fuel<15%"
    case .age: "age>30s"
    }
  }
}
