internal import SQLite

extension BucketBackend {
  /// A file for each bucket, in a folder of this machine.
  public static let sqlite = BucketBackend(name: "sqlite") { options throws(BucketError) in
    try SQLiteBucket(options)
  }
}

/// A bucket in one file of SQLite.
///
/// Several connections, of one process or many, may have the file open: one of them writes at a time, and the others read
/// what was there before.
final class SQLiteBucket: Bucket {
  let options: BucketOptions
  private let migrations: [String]
  private var file: SQLiteBucketFile
  let series = SeriesTable()
  var whenHalfWritten: () -> Void = {}
  /// The numbers of series in the file, by place, as far as they are known.
  var seriesIDs: [Int64?] = []
  /// Places whose numbers were given out in the transaction that is open.
  var freshSeries: [SeriesPlace] = []
  /// The numbers of topics in the file.
  var topicIDs: [String: Int64] = [:]
  /// Where points of one series and one moment were put, so that a flood of them is not searched again and again.
  var crowds: [CrowdKey: (offset: Int64, time: Int64)] = [:]
  /// What the points say that stand at a time of their own or crowd behind it, in the transaction that is open.
  var moments: [Moment: [PointFields]] = [:]
  /// Reads what points of before a metric say of it.
  var extraFields = ExtraFields()
  /// The last series that `expire` looked at.
  var expiredUpTo: Int64 = 0

  /// Opens a bucket, making it if there is none, and bringing it to this version if it is of an older one.
  ///
  /// - Parameters:
  ///   - options: Which one, and how it is kept.
  ///   - migrations: The steps to this version.
  /// - Throws: `BucketError` when it cannot be opened, and for a file that is not ours.
  init(_ options: BucketOptions, migrations: [String] = SQLiteMigrations.all) throws(BucketError) {
    self.options = options
    self.migrations = migrations
    file = try SQLiteBucketFile(options, migrations: migrations, after: nil)
  }

  var connection: SQLiteConnection { file.connection }
  var statements: SQLiteStatements { file.statements }

  var location: String { options.path }

  var isReplaced: Bool { !file.isInPlace }

  func reopen() throws(BucketError) {
    file = try SQLiteBucketFile(options, migrations: migrations, after: file)
    // Numbers of the file before mean nothing in this one.
    seriesIDs.removeAll()
    topicIDs.removeAll()
    crowds.removeAll()
    expiredUpTo = 0
  }

  func snapshot<R>(_ body: () throws(BucketError) -> R) throws(BucketError) -> R {
    let result: Result<R, BucketError> = try failingAsBucket { () throws(SQLiteError) in
      try connection.snapshot { Result(catching: body) }
    }
    return try result.get()
  }

  func state(_ key: String) throws(BucketError) -> Int64? {
    try failingAsBucket { () throws(SQLiteError) in
      let statement = statements[.state]
      try statement.bind(1, key)
      defer { statement.reset() }
      guard try statement.step(), statement.storage(at: 0) == .integer else { return nil }
      return statement.integer(at: 0)
    }
  }

  func setState(_ key: String, _ number: Int64) throws(BucketError) {
    try failingAsBucket { () throws(SQLiteError) in try write(state: key, number) }
  }

  /// Leaves a number; with the transaction that it is part of, if there is one.
  func write(state key: String, _ number: Int64) throws(SQLiteError) {
    let statement = statements[.setState]
    try statement.bind(1, key)
    try statement.bind(2, number)
    try statement.run()
  }
}

extension SQLiteBucket {
  /// Runs `body`, and tells what SQLite refuses as a bucket does.
  func failingAsBucket<R>(_ body: () throws(SQLiteError) -> R) throws(BucketError) -> R {
    try Buckets.failingAsBucket(options.path, body)
  }
}

/// Runs `body`, and tells what SQLite refuses as a bucket does: with its file, and what to do where that is known.
func failingAsBucket<R>(
  _ path: String,
  _ body: () throws(SQLiteError) -> R
) throws(BucketError) -> R {
  do throws(SQLiteError) {
    return try body()
  } catch {
    let advice = error.advice.map { ": \($0)" } ?? ""
    throw .failed("\(path): \(error.text)\(advice)", isTemporary: error.isTemporary)
  }
}
