internal import JSON
internal import Model

/// The names in a record that have a meaning of their own: a field of another name is free.
enum FieldNames {
  /// Metrics by their names, in any of their spellings: what is no number under one of them is none.
  static let metrics = JSONNames(
    Metric.allCases.flatMap { metric in
      metric.row.wireNames.map { JSONNames.Entry($0, .looseNumber(Int(metric.rawValue))) }
    }
  )

  private static let taken =
    (Metric.allCases.flatMap(\.row.wireNames) + [
      "alarm", "region", "generatorID", "measurement", "time", "tags",
    ]).map { Array($0.utf8) }

  static func isFree(_ name: Span<UInt8>) -> Bool { !taken.contains { name.equals($0.span) } }
}
