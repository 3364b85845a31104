internal import Model

/// What the values of a metric measure.
enum MetricQuantity {
  static let tank = metric("tank")
  static let refuelMark = metric("refuelMark")
  static let running = metric("running")

  private static func metric(_ name: String) -> Metric? {
    Metric.allCases.first { $0.wireName == name }
  }

  static func isState(_ metric: Metric) -> Bool { metric == running }

  static func measures(_ quantity: SourceUnit.Quantity, _ metric: Metric) -> Bool {
    switch metric {
    case .fuel: quantity == .volume || quantity == .percent
    case .load: quantity == .percent
    case .power: quantity == .power
    case .temperature: quantity == .temperature
    case .latitude, .longitude: quantity == .angle
    case .voltage, .batteryVoltage: quantity == .voltage
    case .frequency: quantity == .frequency
    case .oilPressure: quantity == .pressure
    case .runHours: quantity == .duration
    }
  }

  /// Whether a value can be one at all: nothing that a controller sends instead of one.
  static func isPossible(_ value: Double, _ unit: SourceUnit?, of metric: Metric) -> Bool {
    switch metric {
    case .latitude: abs(value) <= 90
    case .longitude: abs(value) <= 180
    default: unit?.quantity == .percent ? (-20...300).contains(value) : true
    }
  }
}
