public import Model

/// What a point says besides whose it is and when; nil for what it does not say.
public struct PointFields: Equatable, Sendable {
  private var numbers = PointNumbers()
  public var alarm: String?
  /// Fields of other names as one object of JSON; empty if there are none.
  public var extra: [UInt8]

  public init(
    _ numbers: KeyValuePairs<Metric, PointNumber?> = [:],
    alarm: String? = nil,
    extra: [UInt8] = [],
  ) {
    self.alarm = alarm
    self.extra = extra
    for (metric, number) in numbers { self.numbers[metric] = number }
  }

  public subscript(metric: Metric) -> PointNumber? {
    get { numbers[metric] }
    set { numbers[metric] = newValue }
  }

  /// Whether there is a number of a metric: something that was read of a generator.
  public var hasReading: Bool { !numbers.isEmpty }
}

/// The record of Kafka that a point came in.
public struct Origin: Equatable, Sendable {
  /// Place of the topic among those that come with the points.
  public var topic: Int
  public var partition: Int32
  public var offset: Int64

  public init(topic: Int, partition: Int32, offset: Int64) {
    self.topic = topic
    self.partition = partition
    self.offset = offset
  }
}

/// By what a point is known that comes again in another record.
///
/// A broker of MQTT sends a message again whose acknowledgement was lost, and then Kafka has it twice, at two offsets and
/// with two timestamps.
public enum PointMark: Equatable, Sendable {
  /// By nothing else than its record.
  case record
  /// By its time, which is the sample's own: what says the same at the same time is the same.
  case time
  /// By the number that its generator has given it, together with a hash of the whole message.
  case number(Int64, message: Int64)
}

/// A point to be written.
public struct Point: Equatable, Sendable {
  public var series: SeriesPlace
  /// Nanoseconds since 1970 UTC.
  public var time: Int64
  public var fields: PointFields
  /// Nil for one that was made here.
  public var origin: Origin?
  /// For one that came in a record.
  public var mark: PointMark

  public init(
    series: SeriesPlace,
    time: Int64,
    fields: PointFields,
    origin: Origin? = nil,
    mark: PointMark = .record,
  ) {
    self.series = series
    self.time = time
    self.fields = fields
    self.origin = origin
    self.mark = mark
  }
}

/// A point as a reader finds it.
public struct StoredPoint: Equatable, Sendable {
  public var sequence: Int64
  /// Number of its series in the bucket.
  public var series: Int64
  public var time: Int64
  public var fields: PointFields
}

/// What became of points that were to be written.
public struct PointCounts: Equatable, Sendable {
  public internal(set) var written = 0
  /// There was another at its time, which the new one has taken the place of.
  public internal(set) var replaced = 0
  /// It was there already, and nothing was changed.
  public internal(set) var unchanged = 0

  /// Those that are new, or say something else than before.
  public var changed: Int { written + replaced }
}
