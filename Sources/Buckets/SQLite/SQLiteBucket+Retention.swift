internal import SQLite

extension SQLiteBucket {
  /// Goes from series to series, so that nothing is searched that is not to go; at most `limit` are looked at.
  func expire(now: Int64, limit: Int) throws(BucketError) -> Int {
    guard let retention = options.retention else { return 0 }
    let (oldest, overflow) = now.subtractingReportingOverflow(retention)
    guard !overflow else { return 0 }
    return try transaction { () throws(SQLiteError) in
      let candidates = try series(afterExpired: limit)
      var count = 0
      for id in candidates {
        count += try expire(id, before: oldest, limit: limit - count)
        // The rest of this one's comes next.
        guard count < limit else { return count }
        expiredUpTo = id
      }
      if candidates.count < limit { expiredUpTo = 0 }
      return count
    }
  }

  private func expire(
    _ series: Int64,
    before oldest: Int64,
    limit: Int,
  ) throws(SQLiteError) -> Int {
    let statement = statements.expire
    try statement.bind(1, series)
    try statement.bind(2, oldest)
    try statement.bind(3, Int64(limit))
    try statement.run()
    return connection.changes
  }

  private func series(afterExpired limit: Int) throws(SQLiteError) -> [Int64] {
    let statement = statements.seriesAfter
    try statement.bind(1, expiredUpTo)
    try statement.bind(2, Int64(limit))
    defer { statement.reset() }
    var ids: [Int64] = []
    while try statement.step() { ids.append(statement.integer(at: 0)) }
    return ids
  }
}
