internal import Model
internal import SQLite
internal import System

/// Points of time series in one file, used by one thread.
///
/// Several connections, of one process or many, may have the file open: one of them writes at a time, and the others read
/// what was there before. Each point has a sequence, which only grows: a point that is changed gets a new one.
final class Bucket {
  static let version: Int32 = 1
  /// `egpb`: says whose file it is.
  static let application: Int32 = 0x6567_7062

  let options: BucketOptions
  let connection: SQLiteConnection
  let statements: BucketStatements
  var series = SeriesTable()
  /// Where points of one series and one moment were put, so that a flood of them is not searched again and again.
  var crowds: [CrowdKey: (offset: Int64, time: Int64)] = [:]
  /// Reads what points of before a metric say of it.
  var extraFields = ExtraFields()
  /// The last series that `expire` looked at.
  var expiredUpTo: Int64 = 0

  /// Opens a bucket, making it if there is none.
  ///
  /// - Parameters:
  ///   - options: Which one, and how it is kept.
  ///   - busyMilliseconds: How long a call waits for another writer.
  /// - Throws: `BucketError` for a file that is not ours, `SQLiteError` or `SystemError` when it cannot be opened.
  init(_ options: BucketOptions, busyMilliseconds: Int32 = 2000) throws {
    guard options.isNameValid else { throw BucketError.invalidName(options.name) }
    try makeDirectories(options.folder)
    let path = options.path
    try Self.check(SQLiteHeader(of: path), path)
    let connection = try SQLiteConnection(path, busyMilliseconds: busyMilliseconds)
    if try !connection.isBucket {
      try connection.transaction { () throws(SQLiteError) in
        // Another process may have made it meanwhile.
        if try !connection.isBucket { try connection.execute(Self.schema) }
      }
    }
    let version = Int32(clamping: try connection.number("PRAGMA user_version") ?? 0)
    try Self.check(.database(application: Self.application, version: version), path)
    try connection.addMetricColumns()
    try connection.useWriteAheadLog(options.synchronous)
    try connection.execute(Self.sizes)
    self.options = options
    self.connection = connection
    statements = try BucketStatements(connection)
  }

  var name: String { options.name }

  /// Runs `body` in one transaction, which is in the file as a whole or not at all.
  ///
  /// - Throws: `SQLiteError` of `body` or of the commit; nothing of it is in the file then.
  func transaction<R>(_ body: () throws(SQLiteError) -> R) throws(SQLiteError) -> R {
    do throws(SQLiteError) {
      let result = try connection.transaction(body)
      series.keep()
      return result
    } catch {
      series.undo()
      crowds.removeAll()
      throw error
    }
  }

  /// A number that a stage has left here.
  func state(_ key: String) throws(SQLiteError) -> Int64? {
    let statement = statements.state
    try statement.bind(1, key)
    defer { statement.reset() }
    guard try statement.step(), statement.storage(at: 0) == .integer else { return nil }
    return statement.integer(at: 0)
  }

  /// Leaves a number here; with the transaction that it is part of, if there is one.
  func setState(_ key: String, _ number: Int64) throws(SQLiteError) {
    let statement = statements.setState
    try statement.bind(1, key)
    try statement.bind(2, number)
    try statement.run()
  }

  private static func check(_ header: SQLiteHeader, _ path: String) throws(BucketError) {
    switch header {
    case .absent: return
    case .database(application, let version):
      if version > Self.version { throw .newer(path: path, version: Int(version)) }
    case .database, .other: throw .notABucket(path: path)
    }
  }

  /// A batch changes a page of the index for each generator; with SQLite's own sizes they would be read and copied anew
  /// for each batch.
  private static let sizes = """
    PRAGMA cache_size = -32768;
    PRAGMA wal_autocheckpoint = 8000;
    PRAGMA journal_size_limit = 67108864;
    """

  /// Columns without a type keep each value as it was bound.
  ///
  /// A new point gets the sequence after the highest, and the point with the highest is never deleted, so none comes twice.
  /// AUTOINCREMENT would do the same at a quarter more work for each point.
  private static let schema = """
    PRAGMA application_id = \(application);
    PRAGMA user_version = \(version);
    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      measurement TEXT NOT NULL, generatorID TEXT NOT NULL, region TEXT NOT NULL,
      UNIQUE (measurement, generatorID, region)
    );
    CREATE TABLE topic (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE point (
      sequence INTEGER PRIMARY KEY,
      series INTEGER NOT NULL REFERENCES series (id),
      time INTEGER NOT NULL,
      fuel, load, power, temperature, lat, lon, alarm, extra,
      topic INTEGER REFERENCES topic (id), partition INTEGER, offset INTEGER,
      UNIQUE (series, time)
    );
    CREATE TABLE state (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
    """
}

extension SQLiteConnection {
  /// Whether the file has been made a bucket.
  fileprivate var isBucket: Bool {
    get throws(SQLiteError) {
      try number("PRAGMA application_id") == Int64(Bucket.application)
    }
  }

  /// Gives a bucket that was made before there was a metric the column of it; all programs read and write columns by
  /// their names.
  fileprivate func addMetricColumns() throws(SQLiteError) {
    guard try !missingMetrics().isEmpty else { return }
    try transaction { () throws(SQLiteError) in
      // Another process may have added them meanwhile.
      for metric in try missingMetrics() {
        try execute("ALTER TABLE point ADD COLUMN \(metric.wireName)")
      }
    }
  }

  private func missingMetrics() throws(SQLiteError) -> [Metric] {
    let statement = try prepare("SELECT name FROM pragma_table_info('point')")
    defer { statement.reset() }
    var columns: Set<String> = []
    while try statement.step() { columns.insert(statement.text(at: 0)) }
    return BucketStatements.metrics.filter { !columns.contains($0.wireName) }
  }

  /// The first column of the first row as an integer; nil if there is no row or it is null.
  func number(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    defer { statement.reset() }
    guard try statement.step(), statement.storage(at: 0) != .null else { return nil }
    return statement.integer(at: 0)
  }
}
