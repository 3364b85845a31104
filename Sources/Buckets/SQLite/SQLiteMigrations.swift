internal import Model
internal import SQLite

/// How the file of a bucket came to be what it is.
enum SQLiteMigrations {
  /// `egpb`: says whose file it is.
  static let application: Int32 = 0x6567_7062

  /// The statements that lead from each version to the next: the first make version 1 of an empty file.
  ///
  /// What stands here has run on files that exist: a change is a step of its own at the end. The columns of metrics are
  /// no step, they come from the table of metrics.
  static let all = [
    // Columns without a type keep each value as it was bound. A new point gets the sequence after the highest, and the
    // point with the highest is never deleted, so none comes twice.
    """
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
    """,
    // Records that can be no points and that Kafka did not take as dead letters; for people, so by whole names.
    """
    CREATE TABLE dead_letters (
      topic TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
      milliseconds INTEGER, key BLOB, value BLOB NOT NULL, headers TEXT NOT NULL, reason TEXT NOT NULL,
      PRIMARY KEY (topic, partition, offset)
    );
    """,
    // The last numbers of a series, with the time of the point and a hash of its message; a number has the slot of its
    // remainder.
    """
    CREATE TABLE numbered (
      series INTEGER NOT NULL, slot INTEGER NOT NULL, number INTEGER NOT NULL, time INTEGER NOT NULL,
      message INTEGER NOT NULL,
      PRIMARY KEY (series, slot)
    ) WITHOUT ROWID;
    """,
  ]
}

extension SQLiteConnection {
  /// Brings the file to the version after the last step, as one transaction.
  ///
  /// - Returns: The version that it has then; a higher one is left as it is.
  func migrate(_ steps: [String]) throws(SQLiteError) -> Int32 {
    if try bucketVersion() < steps.count {
      try transaction { () throws(SQLiteError) in
        // Another process may have done it meanwhile.
        let version = try bucketVersion()
        guard version < steps.count else { return }
        for step in steps[version...] { try execute(step) }
        try execute("PRAGMA application_id = \(SQLiteMigrations.application)")
        try execute("PRAGMA user_version = \(steps.count)")
      }
    }
    return Int32(clamping: try bucketVersion())
  }

  /// Gives a bucket that was made before there was a metric the column of it.
  ///
  /// That needs no version, for all programs read and write columns by their names, and those that they do not know are
  /// none to them.
  func addMetricColumns() throws(SQLiteError) {
    guard try !missingMetrics().isEmpty else { return }
    try transaction { () throws(SQLiteError) in
      // Another process may have added them meanwhile.
      for metric in try missingMetrics() {
        try execute("ALTER TABLE point ADD COLUMN \"\(metric.wireName)\"")
      }
    }
  }

  private func missingMetrics() throws(SQLiteError) -> [Metric] {
    let statement = try prepare("SELECT name FROM pragma_table_info('point')")
    defer { statement.reset() }
    var columns: Set<String> = []
    while try statement.step() { columns.insert(statement.text(at: 0)) }
    return SQLiteStatements.metrics.filter { !columns.contains($0.wireName) }
  }

  /// Which version of a bucket the file is; 0 if it has not been made one.
  private func bucketVersion() throws(SQLiteError) -> Int {
    guard try number("PRAGMA application_id") == Int64(SQLiteMigrations.application) else {
      return 0
    }
    return Int(clamping: max(0, try number("PRAGMA user_version") ?? 0))
  }

  /// The first column of the first row as an integer; nil if there is no row or it is null.
  func number(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    defer { statement.reset() }
    guard try statement.step(), statement.storage(at: 0) != .null else { return nil }
    return statement.integer(at: 0)
  }
}
