public import Buckets
internal import Model

extension GeneratorLife {
  /// Writes samples of the past into a bucket as the task would have: with alarm and region, at their own times.
  ///
  /// For a fleet that begins with a history, such as that of a demo.
  ///
  /// - Throws: `BucketError` when the bucket cannot be written.
  public func write(_ past: [HistoricSample], into options: BucketOptions) throws(BucketError) {
    let bucket = try options.open()
    let points = past.map { moment in
      let identity = identities[moment.generator]
      let series = Series(
        measurement: Convention.measurement,
        generator: identity.id,
        region: identity.region,
      )
      let fields = PointFields(moment.sample, of: identity)
      let place = bucket.series.place(of: series)
      return Point(series: place, time: moment.wallNanoseconds, fields: fields)
    }
    _ = try bucket.put(points)
  }
}

extension PointFields {
  fileprivate init(_ sample: GeneratorSample, of identity: GeneratorIdentity) {
    self.init([
      .fuel: .integer(Int64(sample.fuel)), .load: .integer(Int64(sample.load)),
      .power: .integer(Int64(sample.power)), .temperature: .integer(Int64(sample.temperature)),
      .latitude: .decimal(identity.latitude), .longitude: .decimal(identity.longitude),
    ])
    let isLow = Double(sample.fuel) < Convention.refuelMark
    alarm = isLow ? Convention.refuel : Convention.noAction
  }
}
