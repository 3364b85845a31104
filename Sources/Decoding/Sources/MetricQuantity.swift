internal import Model

/// What the values of a metric measure.
enum MetricQuantity {
  static func measures(_ quantity: SourceUnit.Quantity, _ metric: Metric) -> Bool {
    metric.row.quantities.contains(quantity)
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
