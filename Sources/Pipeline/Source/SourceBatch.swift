internal import Buckets

/// Points of a bucket as records, all in one array of bytes that is used again.
struct SourceBatch {
  private var bytes: [UInt8] = []
  private var records: [Entry] = []
  /// What all records of a series have in common.
  private var texts: [Int64: (key: [UInt8], head: [UInt8])] = [:]
  private var lastSeries: Int64 = 0
  private var encoder = PointEncoder()
  /// Of the last point; nil if there is none.
  private(set) var lastSequence: Int64?
  /// The newest of the points, in nanoseconds since 1970 UTC.
  private(set) var newestTime = Int64.min

  private struct Entry {
    var series: Int64
    var end: Int
    var milliseconds: Int64
  }

  var count: Int { records.count }

  /// Takes the points after a sequence, at most `limit`.
  mutating func fill(from bucket: any Bucket, after sequence: Int64, limit: Int) throws(BucketError)
  {
    bytes.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    lastSequence = nil
    newestTime = .min
    try bucket.snapshot { () throws(BucketError) in
      try learn(from: bucket)
      try bucket.points(after: sequence, limit: limit) { row in
        lastSequence = row.sequence
        newestTime = max(newestTime, row.time)
        guard let series = texts[row.series] else { return }
        encoder.append(head: series.head, time: row.time, fields: row.fields, to: &bytes)
        // Kafka takes 0 for now.
        let milliseconds = max(0, row.time / 1_000_000)
        records.append(Entry(series: row.series, end: bytes.count, milliseconds: milliseconds))
      }
    }
  }

  /// Lends a record: the generator's id as its key, the point as its value, and the point's time.
  func withRecord<E: Error>(
    _ index: Int,
    _ body: (Span<UInt8>, Span<UInt8>, _ milliseconds: Int64) throws(E) -> Void,
  ) throws(E) {
    let entry = records[index]
    guard let key = texts[entry.series]?.key else { return }
    let begin = index == 0 ? 0 : records[index - 1].end
    try body(key.span, bytes.span.extracting(begin..<entry.end), entry.milliseconds)
  }

  /// Takes in the series that are new in the file.
  private mutating func learn(from bucket: any Bucket) throws(BucketError) {
    for (id, series) in try bucket.series(after: lastSeries, limit: .max) {
      lastSeries = id
      texts[id] = (Array(series.generator.utf8), PointEncoder.head(of: series))
    }
  }
}
