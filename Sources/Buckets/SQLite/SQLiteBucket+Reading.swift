internal import SQLite

extension SQLiteBucket {
  func lastSequence() throws(BucketError) -> Int64 {
    var last: Int64 = 0
    try forEachRow(of: .lastSequence, []) { last = $0.integer(at: 0) }
    return last
  }

  func points(
    after sequence: Int64,
    limit: Int,
    _ body: (StoredPoint) -> Void,
  ) throws(BucketError) {
    try forEachRow(of: .pointsAfter, [sequence, Int64(limit)]) { body(point(of: $0)) }
  }

  func times(
    after sequence: Int64,
    limit: Int,
    _ body: (_ series: Int64, _ time: Int64) -> Void,
  ) throws(BucketError) -> Int64? {
    var last: Int64?
    try forEachRow(of: .timesAfter, [sequence, Int64(limit)]) { row in
      body(row.integer(at: 1), row.integer(at: 2))
      last = row.integer(at: 0)
    }
    return last
  }

  func last(of series: Int64, in range: Range<Int64>) throws(BucketError) -> StoredPoint? {
    var found: StoredPoint?
    try forEachRow(of: .lastWithFuel, [series, range.lowerBound, range.upperBound]) {
      found = point(of: $0)
    }
    return found
  }

  func first(of series: Int64, from time: Int64) throws(BucketError) -> Int64? {
    var found: Int64?
    try forEachRow(of: .firstWithFuel, [series, time]) { found = $0.integer(at: 0) }
    return found
  }

  func series(
    after id: Int64,
    limit: Int
  ) throws(BucketError) -> [(id: Int64, series: Series)] {
    var found: [(id: Int64, series: Series)] = []
    try forEachRow(of: .seriesAfter, [id, Int64(limit)]) { row in
      let one = Series(
        measurement: row.text(at: 1),
        generator: row.text(at: 2),
        region: row.text(at: 3),
      )
      found.append((row.integer(at: 0), one))
    }
    return found
  }

  private func forEachRow(
    of kind: SQLiteStatements.Kind,
    _ parameters: [Int64],
    _ body: (SQLiteStatement) -> Void,
  ) throws(BucketError) {
    try failingAsBucket { () throws(SQLiteError) in
      try statements[kind].forEachRow(parameters, body)
    }
  }

  private func point(of statement: SQLiteStatement) -> StoredPoint {
    StoredPoint(
      sequence: statement.integer(at: 0),
      series: statement.integer(at: 1),
      time: statement.integer(at: 2),
      fields: fields(of: statement),
    )
  }
}
