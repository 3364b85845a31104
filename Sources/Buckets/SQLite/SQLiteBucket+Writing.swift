internal import SQLite

/// Points of one series and one moment that came in one partition.
struct CrowdKey: Hashable {
  var series: SeriesPlace
  var time: Int64
  var topic: Int64
  var partition: Int32
}

/// A series and a time that its points say themselves.
struct Moment: Hashable {
  var series: Int64
  var time: Int64
}

extension SQLiteBucket {
  func forgetSeries() {
    series.removeAll()
    seriesIDs.removeAll()
    crowds.removeAll()
  }

  func append(_ points: [Point], topics: [String]) throws(BucketError) -> PointCounts {
    let topics = try failingAsBucket { () throws(SQLiteError) in try topics.map(topicID) }
    return try write(points) { point throws(SQLiteError) in
      try append(point, topics: topics)
    }
  }

  func put(_ points: [Point], states: [String: Int64]) throws(BucketError) -> PointCounts {
    try write(points, states: states, put)
  }

  func keep(_ letters: [KeptLetter]) throws(BucketError) {
    try transaction { () throws(SQLiteError) in
      let statement = statements[.keepLetter]
      for letter in letters {
        try statement.bind(1, letter.topic)
        try statement.bind(2, Int64(letter.partition))
        try statement.bind(3, letter.offset)
        try statement.bind(4, letter.milliseconds)
        try statement.bind(5, bytes: letter.key)
        try statement.bind(6, bytes: letter.value)
        try statement.bindText(7, letter.headers.span)
        try statement.bind(8, letter.reason)
        try statement.run()
      }
    }
  }

  /// Runs `body` in one transaction, which is in the file as a whole or not at all.
  func transaction<R>(_ body: () throws(SQLiteError) -> R) throws(BucketError) -> R {
    do throws(BucketError) {
      let result = try failingAsBucket { () throws(SQLiteError) in
        try connection.transaction(body)
      }
      freshSeries.removeAll()
      moments.removeAll()
      return result
    } catch {
      // Numbers that it gave out mean nothing.
      for place in freshSeries { seriesIDs[Int(place)] = nil }
      freshSeries.removeAll()
      crowds.removeAll()
      moments.removeAll()
      throw error
    }
  }

  private enum Outcome {
    case written, replaced, unchanged
  }

  @inline(__always)
  private func write(
    _ points: [Point],
    states: [String: Int64] = [:],
    _ body: (Point) throws(SQLiteError) -> Outcome,
  ) throws(BucketError) -> PointCounts {
    try transaction { () throws(SQLiteError) in
      var counts = PointCounts()
      for (index, point) in points.enumerated() {
        if index == points.count / 2 { whenHalfWritten() }
        switch try body(point) {
        case .written: counts.written += 1
        case .replaced: counts.replaced += 1
        case .unchanged: counts.unchanged += 1
        }
      }
      for (key, number) in states { try write(state: key, number) }
      return counts
    }
  }

  // MARK: - Points

  private func append(_ point: Point, topics: [Int64]) throws(SQLiteError) -> Outcome {
    guard let origin = point.origin else { return try put(point) }
    let record = Record(topics[origin.topic], origin)
    let id = try seriesID(point.series)
    if case .number(let number, let message) = point.mark,
      try isKnown(number, message, id, at: point.time)
    {
      return .unchanged
    }
    var place = (time: point.time, outcome: Outcome.written)
    if try !insert(point, id, record, at: point.time) {
      if point.mark == .time, try isKnown(atItsTime: point, id) { return .unchanged }
      place = try findPlace(point, id, record)
    }
    if case .number(let number, let message) = point.mark {
      try remember(number, message, id, at: place.time)
    }
    return place.outcome
  }

  /// Finds a record's own point, or puts it at the next free nanosecond where its time is taken.
  private func findPlace(
    _ point: Point,
    _ id: Int64,
    _ record: Record
  ) throws(SQLiteError) -> (time: Int64, outcome: Outcome) {
    let (topic, partition) = (record.topic, record.partition)
    let key = CrowdKey(series: point.series, time: point.time, topic: topic, partition: partition)
    var time = point.time
    // Of one partition's points, later ones were put at later times.
    if let last = crowds[key], last.offset < record.offset { time = last.time &+ 1 }
    var outcome = Outcome.written
    // Through the nanoseconds from there on, to the point itself or to a free place for it.
    while try !insert(point, id, record, at: time) {
      if try occupant(id, time, Record.init) == record {
        outcome = .unchanged
        break
      }
      time &+= 1
    }
    if crowds.count >= 10_000 { crowds.removeAll(keepingCapacity: true) }
    crowds[key] = (record.offset, time)
    return (time, outcome)
  }

  /// Writes a point in place of the one at its time, if that says something else.
  private func put(_ point: Point) throws(SQLiteError) -> Outcome {
    let id = try seriesID(point.series)
    let found = try occupant(id, point.time) { $0.fields }
    if found == point.fields { return .unchanged }
    try bind(point, id, nil, at: point.time, to: statements[.replace])
    try statements[.replace].run()
    return found == nil ? .written : .replaced
  }

  /// Whether there was room for it.
  private func insert(
    _ point: Point,
    _ id: Int64,
    _ record: Record,
    at time: Int64,
  ) throws(SQLiteError) -> Bool {
    try bind(point, id, record, at: time, to: statements[.insert])
    try statements[.insert].run()
    return connection.changes > 0
  }

  private func occupant<R>(
    _ id: Int64,
    _ time: Int64,
    _ body: (SQLiteStatement) -> R,
  ) throws(SQLiteError) -> R? {
    try statements[.occupant].bind(1, id)
    try statements[.occupant].bind(2, time)
    defer { statements[.occupant].reset() }
    return try statements[.occupant].step() ? body(statements[.occupant]) : nil
  }

  private func bind(
    _ point: Point,
    _ id: Int64,
    _ record: Record?,
    at time: Int64,
    to statement: SQLiteStatement,
  ) throws(SQLiteError) {
    let fields = point.fields
    try statement.bind(1, id)
    try statement.bind(2, time)
    for (place, metric) in SQLiteStatements.metrics.enumerated() {
      try statement.bind(SQLiteStatements.fields + Int32(place), fields[metric])
    }
    try statement.bind(SQLiteStatements.alarm, fields.alarm)
    if fields.extra.isEmpty {
      try statement.bindNull(SQLiteStatements.extra)
    } else {
      try statement.bindText(SQLiteStatements.extra, fields.extra.span)
    }
    try statement.bind(SQLiteStatements.origin, record?.topic)
    try statement.bind(SQLiteStatements.origin + 1, (record?.partition).map(Int64.init))
    try statement.bind(SQLiteStatements.origin + 2, record?.offset)
  }

  // MARK: - Names

  /// The number of a topic in the file, which it gets now if it has none.
  private func topicID(_ name: String) throws(SQLiteError) -> Int64 {
    if let id = topicIDs[name] { return id }
    try statements[.insertTopic].bind(1, name)
    try statements[.insertTopic].run()
    try statements[.findTopic].bind(1, name)
    defer { statements[.findTopic].reset() }
    guard try statements[.findTopic].step() else { return 0 }
    let id = statements[.findTopic].integer(at: 0)
    topicIDs[name] = id
    return id
  }

  /// The number of a series in the file, which it gets now if it has none.
  private func seriesID(_ place: SeriesPlace) throws(SQLiteError) -> Int64 {
    let index = Int(place)
    while seriesIDs.count <= index { seriesIDs.append(nil) }
    if let id = seriesIDs[index] { return id }
    let one = series[place]
    let find = statements[.findSeries]
    try bind(one, to: find)
    var id = try find.step() ? find.integer(at: 0) : nil
    find.reset()
    if id == nil {
      try bind(one, to: statements[.insertSeries])
      try statements[.insertSeries].run()
      id = connection.lastRow
    }
    seriesIDs[index] = id
    freshSeries.append(place)
    return id ?? 0
  }

  private func bind(_ one: Series, to statement: SQLiteStatement) throws(SQLiteError) {
    try statement.bind(1, one.measurement)
    try statement.bind(2, one.generator)
    try statement.bind(3, one.region)
  }
}

/// The record of Kafka that a point came in, as the file has it.
private struct Record: Equatable {
  var topic: Int64
  var partition: Int32
  var offset: Int64

  init(_ topic: Int64, _ origin: Origin) {
    self.topic = topic
    partition = origin.partition
    offset = origin.offset
  }

  init(_ row: SQLiteStatement) {
    topic = row.integer(at: SQLiteStatements.origin)
    partition = Int32(truncatingIfNeeded: row.integer(at: SQLiteStatements.origin + 1))
    offset = row.integer(at: SQLiteStatements.origin + 2)
  }
}
