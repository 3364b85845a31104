internal import Model

/// A number as it was written: integers stay integers.
enum PointNumber: Equatable, Sendable {
  case integer(Int64)
  case decimal(Double)

  /// For comparisons.
  var value: Double {
    switch self {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    }
  }
}

/// What a point says beside whose it is and when; nil for what it does not say.
struct PointFields: Equatable, Sendable {
  private var numbers = PointNumbers()
  var alarm: String?
  /// Fields of other names as one object of JSON; empty if there are none.
  var extra: [UInt8]

  init(
    _ numbers: KeyValuePairs<Metric, PointNumber?> = [:],
    alarm: String? = nil,
    extra: [UInt8] = [],
  ) {
    self.alarm = alarm
    self.extra = extra
    for (metric, number) in numbers { self.numbers[metric] = number }
  }

  subscript(metric: Metric) -> PointNumber? {
    get { numbers[metric] }
    set { numbers[metric] = newValue }
  }

  /// Whether there is nothing at all.
  var isEmpty: Bool { numbers.isEmpty && alarm == nil && extra.isEmpty }
}

/// Whose points are: what a point's time must be unique in.
struct Series: Hashable, Sendable {
  var measurement: String
  var generator: String
  /// Empty for none.
  var region: String
}

/// The record of Kafka that a point came in.
struct Origin: Equatable, Sendable {
  /// Number of the topic in the bucket.
  var topic: Int64
  var partition: Int32
  var offset: Int64
}

/// A point of a bucket.
struct Point: Equatable, Sendable {
  var series: SeriesPlace
  /// Nanoseconds since 1970 UTC.
  var time: Int64
  var fields: PointFields
  /// Nil for one that was made here.
  var origin: Origin?
}

/// Place of a series in a bucket's memory.
typealias SeriesPlace = Int32
