internal import Model
internal import SQLite

/// The statements of a bucket, compiled once.
struct SQLiteStatements {
  enum Kind: Int, CaseIterable {
    case insert, replace
    /// The fields and the origin of the point of a series at a time.
    case occupant
    /// The fields of the points of a series in a range of times.
    case occupants
    case findNumber, setNumber
    case insertSeries, findSeries, seriesAfter, insertTopic, findTopic
    case lastWithFuel, firstWithFuel, pointsAfter, timesAfter, lastSequence, expire
    case state, setState, keepLetter
  }

  private let compiled: [SQLiteStatement]

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
    compiled = try Kind.allCases.map { kind throws(SQLiteError) in
      try connection.prepare(kind.text)
    }
  }

  subscript(kind: Kind) -> SQLiteStatement { compiled[kind.rawValue] }
}

extension SQLiteStatements.Kind {
  fileprivate var text: String {
    // A name of the user's may be a word of SQL.
    let names = SQLiteStatements.metrics.map { "\"\($0.wireName)\"" } + ["alarm", "extra"]
    let fields = names.joined(separator: ", ")
    let columns = "sequence, series, time, \(fields)"
    let values = repeatElement("?", count: names.count + 5).joined(separator: ", ")
    let all = "(series, time, \(fields), topic, partition, offset) VALUES (\(values))"
    return switch self {
    case .insert: "INSERT INTO point \(all) ON CONFLICT (series, time) DO NOTHING"
    case .replace: "INSERT OR REPLACE INTO point \(all)"
    case .occupant:
      "SELECT \(columns), topic, partition, offset FROM point WHERE series = ? AND time = ?"
    case .occupants:
      "SELECT \(columns) FROM point WHERE series = ? AND time >= ? AND time < ? ORDER BY time"
    case .findNumber:
      "SELECT time FROM numbered WHERE series = ? AND slot = ? AND number = ? AND message = ?"
    case .setNumber:
      "INSERT OR REPLACE INTO numbered (series, slot, number, time, message) VALUES (?, ?, ?, ?, ?)"
    case .insertSeries: "INSERT INTO series (measurement, generatorID, region) VALUES (?, ?, ?)"
    case .findSeries:
      "SELECT id FROM series WHERE measurement = ? AND generatorID = ? AND region = ?"
    case .seriesAfter:
      "SELECT id, measurement, generatorID, region FROM series WHERE id > ? ORDER BY id LIMIT ?"
    case .insertTopic: "INSERT OR IGNORE INTO topic (name) VALUES (?)"
    case .findTopic: "SELECT id FROM topic WHERE name = ?"
    case .lastWithFuel:
      """
      SELECT \(columns) FROM point WHERE series = ? AND time >= ? AND time < ?
      AND fuel IS NOT NULL ORDER BY time DESC LIMIT 1
      """
    case .firstWithFuel:
      """
      SELECT time FROM point WHERE series = ? AND time >= ?
      AND fuel IS NOT NULL ORDER BY time LIMIT 1
      """
    case .pointsAfter: "SELECT \(columns) FROM point WHERE sequence > ? ORDER BY sequence LIMIT ?"
    case .timesAfter:
      "SELECT sequence, series, time FROM point WHERE sequence > ? ORDER BY sequence LIMIT ?"
    case .lastSequence: "SELECT max(sequence) FROM point"
    case .expire:
      """
      DELETE FROM point WHERE sequence IN
      (SELECT sequence FROM point WHERE series = ? AND time < ?
      AND sequence < (SELECT max(sequence) FROM point) ORDER BY time LIMIT ?)
      """
    case .state: "SELECT value FROM state WHERE key = ?"
    case .setState: "INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)"
    case .keepLetter:
      "INSERT INTO dead_letters VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    }
  }
}

extension SQLiteStatement {
  /// Hands out the rows that it has for these parameters.
  func forEachRow(_ parameters: [Int64], _ body: (SQLiteStatement) -> Void) throws(SQLiteError) {
    for (place, number) in parameters.enumerated() { try bind(Int32(place + 1), number) }
    defer { reset() }
    while try step() { body(self) }
  }

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
    if storage(at: extra) == .text {
      fields.extra = withBytes(at: extra) { bytes in bytes.indices.map { bytes[$0] } }
    }
    return fields
  }
}
