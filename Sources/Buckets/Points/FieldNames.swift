internal import Model

/// The names in a record that have a meaning of their own: a field of another name is free.
enum FieldNames {
  /// Metrics by their names, in any of their spellings.
  private static let metrics = Metric.allCases.flatMap { metric in
    metric.row.wireNames.map { (name: Array($0.utf8), metric: metric) }
  }

  private static let others = [
    "alarm", "region", "generatorID", "measurement", "time", "tags",
  ].map { Array($0.utf8) }

  /// The metric that a field is; nil for any other.
  static func metric(_ name: Span<UInt8>) -> Metric? {
    metrics.first { isEqual($0.name, name) }?.metric
  }

  static func isFree(_ name: Span<UInt8>) -> Bool {
    metric(name) == nil && !others.contains { isEqual($0, name) }
  }

  private static func isEqual(_ bytes: [UInt8], _ name: Span<UInt8>) -> Bool {
    bytes.count == name.count && name.indices.allSatisfy { bytes[$0] == name[$0] }
  }
}
