internal import SQLite

/// The statements of a bucket, compiled once.
struct BucketStatements {
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

  /// The first column of the fields in a row of a point, after its sequence, series and time.
  static let fields: Int32 = 3

  init(_ connection: SQLiteConnection) throws(SQLiteError) {
    let fields = "fuel, load, power, temperature, lat, lon, alarm, extra"
    let values = "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    let columns = "sequence, series, time, \(fields)"
    let all = "(series, time, \(fields), topic, partition, offset) VALUES \(values)"
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

  /// The fields of a point, whose columns begin at this one.
  func fields(at column: Int32) -> PointFields {
    PointFields(
      fuel: number(at: column),
      load: number(at: column + 1),
      power: number(at: column + 2),
      temperature: number(at: column + 3),
      latitude: number(at: column + 4),
      longitude: number(at: column + 5),
      alarm: storage(at: column + 6) == .text ? text(at: column + 6) : nil,
      extra: storage(at: column + 7) == .text ? bytes(at: column + 7) : [],
    )
  }

  private func bytes(at column: Int32) -> [UInt8] {
    withBytes(at: column) { bytes in bytes.indices.map { bytes[$0] } }
  }
}
