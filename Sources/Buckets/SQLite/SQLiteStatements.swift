internal import Model
internal import SQLite

/// The statements of a bucket, compiled once.
struct SQLiteStatements {
  let insert: SQLiteStatement
  let replace: SQLiteStatement
  /// The fields and the origin of the point of a series at a time.
  let occupant: SQLiteStatement
  let insertSeries: SQLiteStatement
  let findSeries: SQLiteStatement
  let seriesAfter: SQLiteStatement
  let insertTopic: SQLiteStatement
  let findTopic: SQLiteStatement
  let lastWithFuel: SQLiteStatement
  let firstWithFuel: SQLiteStatement
  let pointsAfter: SQLiteStatement
  let timesAfter: SQLiteStatement
  let lastSequence: SQLiteStatement
  let expire: SQLiteStatement
  let state: SQLiteStatement
  let setState: SQLiteStatement

  /// Those that have columns, in their order.
  static let metrics = Metric.allCases
  /// The first column of the fields in a row of a point, after its sequence, series and time; one before the first
  /// parameter of them, for a row that is written has no sequence yet and parameters count from 1.
  static let fields: Int32 = 3
  /// The alarm's column, after those of the metrics.
  static let alarm = fields + Int32(metrics.count)
  static let extra = alarm + 1
  /// The first column of the origin.
  static let origin = extra + 1

  init(_ connection: SQLiteConnection) throws(SQLiteError) {
    let names = Self.metrics.map(\.wireName) + ["alarm", "extra"]
    let fields = names.joined(separator: ", ")
    let columns = "sequence, series, time, \(fields)"
    let values = repeatElement("?", count: names.count + 5).joined(separator: ", ")
    let all = "(series, time, \(fields), topic, partition, offset) VALUES (\(values))"
    insert = try connection.prepare(
      "INSERT INTO point \(all) ON CONFLICT (series, time) DO NOTHING"
    )
    replace = try connection.prepare("INSERT OR REPLACE INTO point \(all)")
    occupant = try connection.prepare(
      "SELECT \(columns), topic, partition, offset FROM point WHERE series = ? AND time = ?"
    )
    insertSeries = try connection.prepare(
      "INSERT INTO series (measurement, generatorID, region) VALUES (?, ?, ?)"
    )
    findSeries = try connection.prepare(
      "SELECT id FROM series WHERE measurement = ? AND generatorID = ? AND region = ?"
    )
    seriesAfter = try connection.prepare(
      "SELECT id, measurement, generatorID, region FROM series WHERE id > ? ORDER BY id LIMIT ?"
    )
    insertTopic = try connection.prepare("INSERT OR IGNORE INTO topic (name) VALUES (?)")
    findTopic = try connection.prepare("SELECT id FROM topic WHERE name = ?")
    lastWithFuel = try connection.prepare(
      """
      SELECT \(columns) FROM point WHERE series = ? AND time >= ? AND time < ?
      AND fuel IS NOT NULL ORDER BY time DESC LIMIT 1
      """
    )
    firstWithFuel = try connection.prepare(
      """
      SELECT time FROM point WHERE series = ? AND time >= ?
      AND fuel IS NOT NULL ORDER BY time LIMIT 1
      """
    )
    pointsAfter = try connection.prepare(
      "SELECT \(columns) FROM point WHERE sequence > ? ORDER BY sequence LIMIT ?"
    )
    timesAfter = try connection.prepare(
      "SELECT sequence, series, time FROM point WHERE sequence > ? ORDER BY sequence LIMIT ?"
    )
    lastSequence = try connection.prepare("SELECT max(sequence) FROM point")
    expire = try connection.prepare(
      """
      DELETE FROM point WHERE sequence IN
      (SELECT sequence FROM point WHERE series = ? AND time < ?
      AND sequence < (SELECT max(sequence) FROM point) ORDER BY time LIMIT ?)
      """
    )
    state = try connection.prepare("SELECT value FROM state WHERE key = ?")
    setState = try connection.prepare("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)")
  }
}

extension SQLiteStatement {
  /// Binds a number as what it is.
  func bind(_ parameter: Int32, _ number: PointNumber?) throws(SQLiteError) {
    switch number {
    case .integer(let value): try bind(parameter, value)
    case .decimal(let value): try bind(parameter, value)
    case nil: try bindNull(parameter)
    }
  }

  /// A number as what it is; nil for anything else.
  func number(at column: Int32) -> PointNumber? {
    switch storage(at: column) {
    case .integer: .integer(integer(at: column))
    case .real: .decimal(decimal(at: column))
    case .null, .text, .blob: nil
    }
  }

  /// The fields of a point, as they were written.
  var fields: PointFields {
    var fields = PointFields()
    for (place, metric) in SQLiteStatements.metrics.enumerated() {
      fields[metric] = number(at: SQLiteStatements.fields + Int32(place))
    }
    let (alarm, extra) = (SQLiteStatements.alarm, SQLiteStatements.extra)
    if storage(at: alarm) == .text { fields.alarm = text(at: alarm) }
    if storage(at: extra) == .text { fields.extra = bytes(at: extra) }
    return fields
  }

  private func bytes(at column: Int32) -> [UInt8] {
    withBytes(at: column) { bytes in bytes.indices.map { bytes[$0] } }
  }
}
