internal import SQLite

extension SQLiteBucket {
  func lastSequence() throws(BucketError) -> Int64 {
    try failingAsBucket { () throws(SQLiteError) in
      defer { statements.lastSequence.reset() }
      guard try statements.lastSequence.step() else { return 0 }
      return statements.lastSequence.integer(at: 0)
    }
  }

  func points(
    after sequence: Int64,
    limit: Int,
    _ body: (StoredPoint) -> Void,
  ) throws(BucketError) {
    try failingAsBucket { () throws(SQLiteError) in
      let statement = statements.pointsAfter
      try statement.bind(1, sequence)
      try statement.bind(2, Int64(limit))
      defer { statement.reset() }
      while try statement.step() { body(point(of: statement)) }
    }
  }

  func times(
    after sequence: Int64,
    limit: Int,
    _ body: (_ series: Int64, _ time: Int64) -> Void,
  ) throws(BucketError) -> Int64? {
    try failingAsBucket { () throws(SQLiteError) in
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
  }

  func last(of series: Int64, in range: Range<Int64>) throws(BucketError) -> StoredPoint? {
    try failingAsBucket { () throws(SQLiteError) in
      let statement = statements.lastWithFuel
      try statement.bind(1, series)
      try statement.bind(2, range.lowerBound)
      try statement.bind(3, range.upperBound)
      defer { statement.reset() }
      return try statement.step() ? point(of: statement) : nil
    }
  }

  func first(of series: Int64, from time: Int64) throws(BucketError) -> Int64? {
    try failingAsBucket { () throws(SQLiteError) in
      let statement = statements.firstWithFuel
      try statement.bind(1, series)
      try statement.bind(2, time)
      defer { statement.reset() }
      return try statement.step() ? statement.integer(at: 0) : nil
    }
  }

  func series(after id: Int64) throws(BucketError) -> [(id: Int64, series: Series)] {
    try failingAsBucket { () throws(SQLiteError) in
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
  }

  private func point(of statement: SQLiteStatement) -> StoredPoint {
    var fields = statement.fields
    extraFields.readMetrics(of: &fields)
    return StoredPoint(
      sequence: statement.integer(at: 0),
      series: statement.integer(at: 1),
      time: statement.integer(at: 2),
      fields: fields,
    )
  }
}
