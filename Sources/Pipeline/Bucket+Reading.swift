internal import SQLite

extension Bucket {
  /// A point as a reader finds it.
  struct Row {
    var sequence: Int64
    /// Number of its series in the file.
    var series: Int64
    var time: Int64
    var fields: PointFields
  }

  /// The highest sequence; 0 for an empty bucket.
  func lastSequence() throws(SQLiteError) -> Int64 {
    defer { statements.lastSequence.reset() }
    guard try statements.lastSequence.step() else { return 0 }
    return statements.lastSequence.integer(at: 0)
  }

  /// Hands out the points after a sequence in their order, at most `limit`.
  ///
  /// - Returns: How many there were.
  @discardableResult
  func points(
    after sequence: Int64,
    limit: Int,
    _ body: (Row) throws(SQLiteError) -> Void,
  ) throws(SQLiteError) -> Int {
    let statement = statements.pointsAfter
    try statement.bind(1, sequence)
    try statement.bind(2, Int64(limit))
    defer { statement.reset() }
    var count = 0
    while try statement.step() {
      try body(row(of: statement))
      count += 1
    }
    return count
  }

  /// Hands out the series and times of the points after a sequence, in their order, at most `limit`.
  ///
  /// - Returns: The sequence of the last; nil if there was none.
  func times(
    after sequence: Int64,
    limit: Int,
    _ body: (_ series: Int64, _ time: Int64) -> Void,
  ) throws(SQLiteError) -> Int64? {
    let statement = statements.timesAfter
    try statement.bind(1, sequence)
    try statement.bind(2, Int64(limit))
    defer { statement.reset() }
    var last: Int64?
    while try statement.step() {
      body(statement.integer(at: 1), statement.integer(at: 2))
      last = statement.integer(at: 0)
    }
    return last
  }

  /// The last point of a series in a range of times that says its fuel.
  func last(of series: Int64, in range: Range<Int64>) throws(SQLiteError) -> Row? {
    let statement = statements.lastWithFuel
    try statement.bind(1, series)
    try statement.bind(2, range.lowerBound)
    try statement.bind(3, range.upperBound)
    defer { statement.reset() }
    return try statement.step() ? row(of: statement) : nil
  }

  /// The time of the first point of a series from a time on that says its fuel.
  func first(of series: Int64, from time: Int64) throws(SQLiteError) -> Int64? {
    let statement = statements.firstWithFuel
    try statement.bind(1, series)
    try statement.bind(2, time)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(at: 0) : nil
  }

  /// The series with numbers above `id`, in their order.
  func series(after id: Int64) throws(SQLiteError) -> [(id: Int64, series: Series)] {
    let statement = statements.seriesAfter
    try statement.bind(1, id)
    try statement.bind(2, -1 as Int64)
    defer { statement.reset() }
    var found: [(id: Int64, series: Series)] = []
    while try statement.step() {
      let one = Series(
        measurement: statement.text(at: 1),
        generator: statement.text(at: 2),
        region: statement.text(at: 3),
      )
      found.append((statement.integer(at: 0), one))
    }
    return found
  }

  private func row(of statement: SQLiteStatement) -> Row {
    var fields = statement.fields
    extraFields.readMetrics(of: &fields)
    return Row(
      sequence: statement.integer(at: 0),
      series: statement.integer(at: 1),
      time: statement.integer(at: 2),
      fields: fields,
    )
  }
}
