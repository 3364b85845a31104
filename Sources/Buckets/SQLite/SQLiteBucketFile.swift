internal import SQLite
internal import System

/// The file of a bucket as it was opened.
struct SQLiteBucketFile {
  let connection: SQLiteConnection
  let statements: SQLiteStatements
  private let path: String
  private let identity: FileIdentity?
  /// Those that SQLite keeps beside it while it is open, by path.
  private var companions: [String: FileIdentity] = [:]

  /// Opens a bucket's file, making it if there is none, and bringing it to this version if it is of an older one.
  ///
  /// - Parameters:
  ///   - options: Which one, and how it is kept.
  ///   - migrations: The steps to this version.
  ///   - previous: The one that was at its place before.
  /// - Throws: `BucketError` when it cannot be opened, and for a file that is not ours.
  init(
    _ options: BucketOptions,
    migrations: [String],
    after previous: SQLiteBucketFile?,
  ) throws(BucketError) {
    let path = options.path
    self.path = path
    try Self.check(SQLiteHeader(of: path), path, newest: migrations.count)
    // What the one before has written goes into its file, wherever that is now.
    try? previous?.connection.execute("PRAGMA wal_checkpoint")
    do throws(SystemError) {
      try makeDirectories(options.folder)
      try Self.prepare(options, after: previous)
    } catch {
      throw .failed("\(error)", isTemporary: false)
    }
    identity = FileIdentity(of: path)
    let opened = try failingAsBucket(path) { () throws(SQLiteError) in
      // How long a call waits for another writer.
      let connection = try SQLiteConnection(path, busyMilliseconds: 2000)
      return (connection, version: try connection.migrate(migrations))
    }
    let connection = opened.0
    let header = SQLiteHeader.database(
      application: SQLiteMigrations.application,
      version: opened.version
    )
    try Self.check(header, path, newest: migrations.count)
    self.connection = connection
    statements = try failingAsBucket(path) { () throws(SQLiteError) in
      try connection.addMetricColumns()
      try connection.useWriteAheadLog(options.durability == .disk ? .full : .normal)
      try connection.execute(Self.sizes)
      // The first read makes the files beside it.
      _ = try connection.number("PRAGMA user_version")
      return try SQLiteStatements(connection)
    }
    let found = Self.companions(of: path).map { ($0, FileIdentity(of: $0)) }
    // They are this file's only if it was at its place all the time.
    if isInPlace { companions = Dictionary(uniqueKeysWithValues: found).compactMapValues { $0 } }
  }

  /// Whether others that open the bucket now get this file.
  var isInPlace: Bool { identity != nil && FileIdentity(of: path) == identity }

  /// Makes the file if there is none, for this user alone, as SQLite then makes those beside it.
  ///
  /// To one that is there, such as earlier versions made for all to read, nobody but its owner and its group keeps access.
  /// What a file that is gone has left beside it is removed, for SQLite would take it for the new one's.
  private static func prepare(
    _ options: BucketOptions,
    after previous: SQLiteBucketFile?,
  ) throws(SystemError) {
    let path = options.path
    try withLockedFolder(options.folder) { () throws(SystemError) in
      let isAbsent = FileIdentity(of: path) == nil
      for companion in companions(of: path) {
        let isLeft = previous?.companions[companion].map { $0 == FileIdentity(of: companion) }
        if isAbsent || isLeft == true { removeFile(companion) }
      }
      if isAbsent { try writeNewFile(path, []) }
      for name in [path] + companions(of: path) { closeToOthers(name) }
    }
  }

  private static func companions(of path: String) -> [String] { ["\(path)-wal", "\(path)-shm"] }

  private static func check(
    _ header: SQLiteHeader,
    _ path: String,
    newest: Int,
  ) throws(BucketError) {
    switch header {
    case .absent: return
    case .database(SQLiteMigrations.application, let version):
      if version > newest { throw .newer(path: path, version: Int(version)) }
    case .database, .other: throw .notABucket(path: path)
    }
  }

  /// A batch changes a page of the index for each generator; with SQLite's own sizes they would be read and copied
  /// again for each batch.
  private static let sizes = """
    PRAGMA cache_size = -32768;
    PRAGMA wal_autocheckpoint = 8000;
    PRAGMA journal_size_limit = 67108864;
    """
}

extension BucketOptions {
  /// The file, beside which SQLite keeps two more while it is open.
  var path: String { "\(folder)/\(name).db" }
}
