internal import SQLite

/// Points that come again in another record, known by their marks.
extension SQLiteBucket {
  /// Of different points with one time of their own, so many are known when they come again.
  private static let mostInMoment: Int64 = 1000
  /// So many numbers of a series are remembered: more than a broker has under way to a bridge at once.
  private static let numberMemory: Int64 = 1024
  /// Nanoseconds between two points of one number that may be one: a generator that begins to count again, and tells no
  /// time, may say after that what it said before, byte for byte.
  private static let numberLife: Int64 = 3_600_000_000_000

  /// Whether what a point says is there at the time that it says itself, or crowds behind that; if not, it will be.
  func isKnown(atItsTime point: Point, _ id: Int64) throws(SQLiteError) -> Bool {
    let moment = Moment(series: id, time: point.time)
    if moments[moment] == nil { moments[moment] = try fields(crowdedAt: moment) }
    let told = moments[moment]?.count ?? 0
    if moments[moment]?.contains(point.fields) == true { return true }
    if told < Self.mostInMoment { moments[moment]?.append(point.fields) }
    return false
  }

  private func fields(crowdedAt moment: Moment) throws(SQLiteError) -> [PointFields] {
    var found: [PointFields] = []
    let range = [moment.series, moment.time, moment.time &+ Self.mostInMoment]
    try statements[.occupants].forEachRow(range) { row in
      // Behind a gap there are points of other times.
      if row.integer(at: 2) == moment.time + Int64(found.count) { found.append(fields(of: row)) }
    }
    return found
  }

  /// Whether a point of this number is there whose message was the same, byte for byte.
  func isKnown(
    _ number: Int64,
    _ message: Int64,
    _ id: Int64,
    at pointTime: Int64
  ) throws(SQLiteError) -> Bool {
    var time: Int64?
    let key = [id, slot(of: number), number, message]
    try statements[.findNumber].forEachRow(key) { time = $0.integer(at: 0) }
    return time.map { (pointTime - Self.numberLife...pointTime + Self.numberLife).contains($0) }
      ?? false
  }

  /// Remembers the message and the time of a number's point.
  func remember(
    _ number: Int64,
    _ message: Int64,
    _ id: Int64,
    at time: Int64
  ) throws(SQLiteError) {
    try statements[.setNumber].forEachRow([id, slot(of: number), number, time, message]) { _ in }
  }

  private func slot(of number: Int64) -> Int64 {
    let rest = number % Self.numberMemory
    return rest < 0 ? rest + Self.numberMemory : rest
  }

  /// What the point of a row says, with what was no metric yet when it was written.
  func fields(of row: SQLiteStatement) -> PointFields {
    var fields = row.fields
    extraFields.readMetrics(of: &fields)
    return fields
  }
}
