internal import Model
internal import SQLite

extension GeneratorLife {
  /// Writes samples of the past into a bucket as the task would have: with alarm and region, at their own times.
  ///
  /// For a fleet that begins with a history, such as that of a demo.
  ///
  /// - Throws: `BucketError`, `SQLiteError` or `SystemError` when the bucket cannot be written.
  public func write(
    _ past: [HistoricSample],
    into options: BucketOptions,
    measurement: String = "genData",
    refuelMark: Int = 500,
  ) throws {
    let bucket = try Bucket(options)
    try bucket.transaction { () throws(SQLiteError) in
      for moment in past {
        let identity = identities[moment.generator]
        let series = Series(
          measurement: measurement,
          generator: identity.id,
          region: identity.region,
        )
        let place = bucket.series.place(of: series)
        let fields = PointFields(moment.sample, of: identity, refuelMark: refuelMark)
        let point = Point(series: place, time: moment.wallNanoseconds, fields: fields)
        _ = try bucket.put(point)
      }
    }
  }
}

extension PointFields {
  fileprivate init(_ sample: GeneratorSample, of identity: GeneratorIdentity, refuelMark: Int) {
    self.init([
      .fuel: .integer(Int64(sample.fuel)), .load: .integer(Int64(sample.load)),
      .power: .integer(Int64(sample.power)), .temperature: .integer(Int64(sample.temperature)),
      .latitude: .decimal(identity.latitude), .longitude: .decimal(identity.longitude),
    ])
    alarm = sample.fuel < refuelMark ? "refuel" : "no action"
  }
}
