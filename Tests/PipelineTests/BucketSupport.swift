import Model
import SQLite
import System
import Testing

@testable import Pipeline

extension Bucket {
  /// Opens a bucket in a folder of a test.
  convenience init(_ folder: String, _ name: String = "kafka", retention: Int64? = nil) throws {
    try self.init(
      BucketOptions(folder: folder, name: name, retention: retention, synchronous: .normal)
    )
  }

  func series(
    _ generator: String,
    region: String = "",
    measurement: String = "genData"
  )
    -> SeriesPlace
  {
    series.place(
      of: Series(measurement: measurement, generator: generator, region: region)
    )
  }

  /// Adds a sample of a generator, as if it came in the next record of partition 0.
  @discardableResult
  func add(
    _ generator: String,
    at time: Int64,
    fuel: PointNumber?,
    power: PointNumber? = .integer(186),
  ) throws -> Outcome {
    let offset = try lastSequence() + 1
    return try transaction { () throws(SQLiteError) in
      try append(
        Point(
          series: series(generator),
          time: time,
          fields: PointFields([
            .fuel: fuel, .load: .integer(2), .power: power, .temperature: .integer(170),
            .latitude: .decimal(40.5), .longitude: .decimal(-73.25),
          ]),
          origin: Origin(topic: 1, partition: 0, offset: offset)
        )
      )
    }
  }

  /// All points as `generator/region@time fuel alarm`, by sequence.
  func summary() throws -> [String] {
    let names = Dictionary(
      uniqueKeysWithValues: try series(after: 0).map { ($0.id, $0.series) }
    )
    var lines: [String] = []
    try points(after: 0, limit: .max) { row in
      let series = names[row.series]
      let fuel = row.fields[.fuel].map(text) ?? "-"
      let alarm = row.fields.alarm.map { " \($0)" } ?? ""
      let region = series?.region ?? ""
      lines.append(
        "\(series?.generator ?? "?")\(region.isEmpty ? "" : "/")\(region)@\(row.time) \(fuel)\(alarm)"
      )
    }
    return lines
  }
}

/// A number as it was written.
func text(_ number: PointNumber) -> String {
  switch number {
  case .integer(let value): "\(value)"
  case .decimal(let value): "\(value)"
  }
}
