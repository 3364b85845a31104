public import Buckets
internal import Model

/// Opens a bucket in a folder of a test.
public func openBucket(
  _ folder: String,
  _ name: String = "kafka",
  retention: Int64? = nil,
  backend: BucketBackend = .sqlite,
) throws(BucketError) -> any Bucket {
  var options = BucketOptions(folder: folder, name: name)
  options.retention = retention
  options.durability = .system
  options.backend = backend
  return try options.open()
}

extension Bucket {
  public func place(
    _ generator: String,
    region: String = "",
    measurement: String = "genData",
  ) -> SeriesPlace {
    series.place(of: Series(measurement: measurement, generator: generator, region: region))
  }

  /// All series whose numbers are above `id`.
  public func series(after id: Int64) throws(BucketError) -> [(id: Int64, series: Series)] {
    try series(after: id, limit: .max)
  }

  /// Adds points that came in records of one topic.
  public func append(_ points: [Point]) throws(BucketError) -> PointCounts {
    try append(points, topics: ["emergency_generators"])
  }

  /// Adds a sample of a generator, as if it came in the next record of partition 0.
  public func add(
    _ generator: String,
    at time: Int64,
    fuel: PointNumber?,
    power: PointNumber? = .integer(186),
  ) throws(BucketError) {
    let fields = PointFields([
      .fuel: fuel, .load: .integer(2), .power: power, .temperature: .integer(170),
      .latitude: .decimal(40.5), .longitude: .decimal(-73.25),
    ])
    let offset = try lastSequence() + 1
    let origin = Origin(topic: 0, partition: 0, offset: offset)
    _ = try append([Point(series: place(generator), time: time, fields: fields, origin: origin)])
  }

  /// All points, by sequence.
  public func allPoints() throws(BucketError) -> [StoredPoint] {
    var all: [StoredPoint] = []
    try points(after: 0, limit: .max) { all.append($0) }
    return all
  }

  /// All points as `generator/region@time fuel alarm`, by sequence.
  public func summary() throws(BucketError) -> [String] {
    let names = Dictionary(uniqueKeysWithValues: try series(after: 0).map { ($0.id, $0.series) })
    return try allPoints().map { point in
      let series = names[point.series]
      let fuel = point.fields[.fuel].map(text) ?? "-"
      let alarm = point.fields.alarm.map { " \($0)" } ?? ""
      let region = series?.region ?? ""
      return "\(series?.generator ?? "?")\(region.isEmpty ? "" : "/")\(region)@\(point.time) "
        + "\(fuel)\(alarm)"
    }
  }
}

/// A number as it was written.
public func text(_ number: PointNumber) -> String {
  switch number {
  case .integer(let value): "\(value)"
  case .decimal(let value): "\(value)"
  }
}
