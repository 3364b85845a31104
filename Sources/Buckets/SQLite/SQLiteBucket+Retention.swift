internal import SQLite

extension SQLiteBucket {
  /// Goes from series to series, so that nothing is searched that is not to go; at most `limit` are looked at.
  func expire(now: Int64, limit: Int) throws(BucketError) -> Int {
    guard let retention = options.retention else { return 0 }
    let (oldest, overflow) = now.subtractingReportingOverflow(retention)
    guard !overflow else { return 0 }
    return try transaction { () throws(SQLiteError) in
      var candidates: [Int64] = []
      try statements[.seriesAfter].forEachRow([expiredUpTo, Int64(limit)]) {
        candidates.append($0.integer(at: 0))
      }
      var count = 0
      for id in candidates {
        try statements[.expire].forEachRow([id, oldest, Int64(limit - count)]) { _ in }
        count += connection.changes
        // The rest of this one's comes next.
        guard count < limit else { return count }
        expiredUpTo = id
      }
      if candidates.count < limit { expiredUpTo = 0 }
      return count
    }
  }
}
