internal import Buckets
internal import Decoding
internal import Kafka
internal import Model

extension SinkDecoder {
  /// The points of a record that configured sources read; their origin is left to the caller.
  ///
  /// - Parameters:
  ///   - decoder: What has read the record.
  ///   - outcome: What came of that.
  ///   - milliseconds: The record's timestamp; nil if it has none.
  ///   - isRetained: Whether a broker kept the message, so that it is of now only if it says so.
  ///   - series: Where the points' series are found or added.
  /// - Returns: The points; none of a record in order that tells nothing.
  /// - Throws: `Unwritable`.
  mutating func points(
    of decoder: SourceDecoder,
    _ outcome: SourceOutcome,
    milliseconds: Int64?,
    isRetained: Bool,
    series: SeriesTable,
  ) throws(Unwritable) -> [Point] {
    switch outcome {
    case .passed: return []
    case .ignored(let reason), .rejected(let reason): throw .notUnderstood(reason)
    case .understood: break
    }
    var points: [Point] = []
    for finding in decoder.findings {
      if case .presence = finding.kind { continue }
      let fields = PointFields(finding.reading)
      guard fields.hasReading, !isRetained || finding.time != nil else { continue }
      guard let time = finding.time ?? milliseconds.map({ $0.multipliedClamped(by: 1_000_000) })
      else { throw .noTime }
      // 2200: far enough from the end of 64 bits for what is added to a time.
      guard (0...7_258_118_400_000_000_000).contains(time) else { throw .timeOutOfRange }
      let place = place(
        of: decoder.identifier(of: finding).span,
        region: decoder.region(of: finding).span,
        in: series
      )
      let mark: PointMark = finding.time == nil ? .record : .time
      points.append(Point(series: place, time: time, fields: fields, mark: mark))
    }
    return points
  }
}

extension PointFields {
  /// The numbers of a reading; those without decimals as integers.
  init(_ reading: Reading) {
    self.init()
    for metric in Metric.allCases { self[metric] = reading[metric].map { PointNumber(plain: $0) } }
  }
}

extension PointNumber {
  /// As an integer, if it is one.
  init(plain value: Double) {
    let isWhole = value.rounded() == value && abs(value) < 1e15
    self = isWhole ? .integer(Int64(value)) : .decimal(value)
  }
}

extension Int64 {
  fileprivate func multipliedClamped(by factor: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? (self < 0 ? .min : .max) : product
  }
}
