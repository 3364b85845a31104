internal import Synchronization

extension BucketBackend {
  /// In the memory of this process, gone with it.
  public static let memory = BucketBackend(name: "memory") { options throws(BucketError) in
    MemoryBucket(options)
  }
}

/// A bucket that is nowhere but in memory, by folder and name; all that open it have the same points.
final class MemoryBucket: Bucket {
  let options: BucketOptions
  let series = SeriesTable()
  var whenHalfWritten: () -> Void = {}
  private let content: MemoryContent
  /// What a snapshot reads.
  private var frozen: MemoryPoints?

  private static let contents = Mutex<[String: MemoryContent]>([:])

  init(_ options: BucketOptions) {
    self.options = options
    let path = "\(options.folder)/\(options.name)"
    content = Self.contents.withLock { contents in
      let content = contents[path] ?? MemoryContent()
      contents[path] = content
      return content
    }
  }

  func forgetSeries() { series.removeAll() }

  func append(
    _ points: [Point],
    topics: [String],
  ) throws(BucketError) -> PointCounts {
    write(points, [:]) { content, point, id in
      guard let origin = point.origin else { return content.put(point, id) }
      let record = MemoryRecord(topics[origin.topic], origin)
      return content.append(point, id, record)
    }
  }

  func put(
    _ points: [Point],
    states: [String: Int64],
  ) throws(BucketError) -> PointCounts {
    write(points, states) { content, point, id in content.put(point, id) }
  }

  private func write(
    _ points: [Point],
    _ states: [String: Int64],
    _ body: (inout MemoryPoints, Point, Int64) -> PointCounts,
  ) -> PointCounts {
    content.points.withLock { content in
      var counts = PointCounts()
      for (index, point) in points.enumerated() {
        if index == points.count / 2 { whenHalfWritten() }
        let one = body(&content, point, content.number(of: series[point.series]))
        counts.written += one.written
        counts.replaced += one.replaced
        counts.unchanged += one.unchanged
      }
      content.states.merge(states) { $1 }
      return counts
    }
  }

  func state(_ key: String) throws(BucketError) -> Int64? { read { $0.states[key] } }

  func setState(_ key: String, _ number: Int64) throws(BucketError) {
    content.points.withLock { $0.states[key] = number }
  }

  func expire(now: Int64, limit: Int) throws(BucketError) -> Int {
    guard let retention = options.retention else { return 0 }
    let (oldest, overflow) = now.subtractingReportingOverflow(retention)
    guard !overflow else { return 0 }
    return content.points.withLock { $0.expire(before: oldest, limit: limit) }
  }

  func snapshot<R>(_ body: () throws(BucketError) -> R) throws(BucketError) -> R {
    frozen = content.points.withLock { $0 }
    defer { frozen = nil }
    return try body()
  }

  private func read<R>(_ body: (MemoryPoints) -> R) -> R {
    body(frozen ?? content.points.withLock { $0 })
  }

  func series(after id: Int64) throws(BucketError) -> [(id: Int64, series: Series)] {
    read { content in
      content.series.enumerated().map { (id: Int64($0.offset) + 1, series: $0.element) }
        .filter { $0.id > id }
    }
  }

  func lastSequence() throws(BucketError) -> Int64 { read(\.lastSequence) }

  func points(
    after sequence: Int64,
    limit: Int,
    _ body: (StoredPoint) -> Void,
  ) throws(BucketError) {
    for point in read({ $0.points(after: sequence, limit: limit) }) { body(point) }
  }

  func times(
    after sequence: Int64,
    limit: Int,
    _ body: (_ series: Int64, _ time: Int64) -> Void,
  ) throws(BucketError) -> Int64? {
    let points = read { $0.points(after: sequence, limit: limit) }
    for point in points { body(point.series, point.time) }
    return points.last?.sequence
  }

  func last(of series: Int64, in range: Range<Int64>) throws(BucketError) -> StoredPoint? {
    read { content in
      content.withFuel(series).filter { range.contains($0.time) }.max { $0.time < $1.time }
    }
  }

  func first(of series: Int64, from time: Int64) throws(BucketError) -> Int64? {
    read { content in content.withFuel(series).map(\.time).filter { $0 >= time }.min() }
  }
}
