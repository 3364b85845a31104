internal import SQLite

/// Points of one series and one moment that came in one partition.
struct CrowdKey: Hashable {
  var series: SeriesPlace
  var time: Int64
  var topic: Int64
  var partition: Int32
}

extension Bucket {
  /// What became of a point that was to be written.
  enum Outcome {
    case written
    /// There was another at its time, which this one has taken the place of.
    case replaced
    /// It was there already, and nothing was changed.
    case unchanged
  }

  /// Adds a point that came in a record; nothing is lost to another point at its time.
  ///
  /// Another record's point of the same series and time stays, and this one is put at the next free nanosecond. The same
  /// record's, which comes again after a crash, is found and nothing is changed.
  func append(_ point: Point) throws(SQLiteError) -> Outcome {
    guard let origin = point.origin else { return try put(point) }
    let id = try seriesID(point.series)
    if try insert(point, id, at: point.time) { return .written }
    let key = CrowdKey(
      series: point.series,
      time: point.time,
      topic: origin.topic,
      partition: origin.partition,
    )
    var time = point.time
    // Of one partition's points, later ones were put at later times.
    if let last = crowds[key], last.offset < origin.offset { time = last.time &+ 1 }
    let outcome = try settle(point, id, origin, from: &time)
    if crowds.count >= 10_000 { crowds.removeAll(keepingCapacity: true) }
    crowds[key] = (origin.offset, time)
    return outcome
  }

  /// Goes through the nanoseconds from `time` on, to the point itself or to a free place for it.
  private func settle(
    _ point: Point,
    _ id: Int64,
    _ origin: Origin,
    from time: inout Int64,
  ) throws(SQLiteError) -> Outcome {
    while true {
      if try insert(point, id, at: time) { return .written }
      let found = try occupant(id, time) { row in
        Origin(
          topic: row.integer(at: BucketStatements.origin),
          partition: Int32(truncatingIfNeeded: row.integer(at: BucketStatements.origin + 1)),
          offset: row.integer(at: BucketStatements.origin + 2),
        )
      }
      if found == origin { return .unchanged }
      time &+= 1
    }
  }

  /// Writes a point in place of the one at its time, if that says something else.
  func put(_ point: Point) throws(SQLiteError) -> Outcome {
    let id = try seriesID(point.series)
    let found = try occupant(id, point.time) { $0.fields }
    if found == point.fields { return .unchanged }
    try bind(point, id, at: point.time, to: statements.replace)
    try statements.replace.run()
    return found == nil ? .written : .replaced
  }

  /// The number of a topic in this bucket.
  func topicID(_ name: String) throws(SQLiteError) -> Int64 {
    try statements.insertTopic.bind(1, name)
    try statements.insertTopic.run()
    try statements.findTopic.bind(1, name)
    defer { statements.findTopic.reset() }
    guard try statements.findTopic.step() else { return 0 }
    return statements.findTopic.integer(at: 0)
  }

  /// Whether there was room for it.
  private func insert(_ point: Point, _ id: Int64, at time: Int64) throws(SQLiteError) -> Bool {
    try bind(point, id, at: time, to: statements.insert)
    try statements.insert.run()
    return connection.changes > 0
  }

  private func occupant<R>(
    _ id: Int64,
    _ time: Int64,
    _ body: (SQLiteStatement) -> R,
  ) throws(SQLiteError) -> R? {
    try statements.occupant.bind(1, id)
    try statements.occupant.bind(2, time)
    defer { statements.occupant.reset() }
    return try statements.occupant.step() ? body(statements.occupant) : nil
  }

  private func bind(
    _ point: Point,
    _ id: Int64,
    at time: Int64,
    to statement: SQLiteStatement,
  ) throws(SQLiteError) {
    let fields = point.fields
    try statement.bind(1, id)
    try statement.bind(2, time)
    for (place, metric) in BucketStatements.metrics.enumerated() {
      try statement.bind(BucketStatements.fields + Int32(place), fields[metric])
    }
    try statement.bind(BucketStatements.alarm, fields.alarm)
    if fields.extra.isEmpty {
      try statement.bindNull(BucketStatements.extra)
    } else {
      try statement.bindText(BucketStatements.extra, fields.extra.span)
    }
    try statement.bind(BucketStatements.origin, point.origin?.topic)
    try statement.bind(BucketStatements.origin + 1, (point.origin?.partition).map(Int64.init))
    try statement.bind(BucketStatements.origin + 2, point.origin?.offset)
  }

  /// The number of a series in the file, which it gets now if it has none.
  private func seriesID(_ place: SeriesPlace) throws(SQLiteError) -> Int64 {
    if let id = series.id(place) { return id }
    let one = series[place]
    var id = try find(one)
    if id == nil { id = try add(one) }
    guard let id else { return 0 }
    series.set(id, of: place)
    return id
  }

  private func find(_ one: Series) throws(SQLiteError) -> Int64? {
    let statement = statements.findSeries
    try bind(one, to: statement)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(at: 0) : nil
  }

  private func add(_ one: Series) throws(SQLiteError) -> Int64? {
    try bind(one, to: statements.insertSeries)
    try statements.insertSeries.run()
    return connection.lastRow
  }

  private func bind(_ one: Series, to statement: SQLiteStatement) throws(SQLiteError) {
    try statement.bind(1, one.measurement)
    try statement.bind(2, one.generator)
    try statement.bind(3, one.region)
  }
}
