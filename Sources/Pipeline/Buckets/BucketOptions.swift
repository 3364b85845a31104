public import SQLite

/// Which bucket, and how it is kept.
public struct BucketOptions: Sendable {
  /// The folder of the buckets; made if it is not there.
  public var folder: String
  /// Letters, digits, `.`, `_` and `-`: it is part of a file's name and of a topic's.
  public var name: String
  /// How long points are kept after their time, in nanoseconds; nil for ever.
  public var retention: Int64?
  /// When a batch counts as written.
  public var synchronous: SQLiteConnection.Synchronous

  public init(
    folder: String,
    name: String,
    retention: Int64? = nil,
    synchronous: SQLiteConnection.Synchronous = .full,
  ) {
    self.folder = folder
    self.name = name
    self.retention = retention
    self.synchronous = synchronous
  }

  /// The file, beside which SQLite keeps two more while it is open.
  public var path: String { "\(folder)/\(name).db" }
}

/// Why a bucket cannot be used.
public enum BucketError: Error, Equatable, CustomStringConvertible {
  case invalidName(String)
  /// The file is no bucket, and was left as it is.
  case notABucket(path: String)
  /// The file was made by a later version, and was left as it is.
  case newer(path: String, version: Int)

  public var description: String {
    switch self {
    case .invalidName(let name):
      "\"\(name)\" is no name for a bucket: letters, digits, dots, _ and - are"
    case .notABucket(let path): "\(path) is no bucket; it was left as it is"
    case .newer(let path, let version):
      "\(path) is a bucket of a later version (\(version)); it was left as it is"
    }
  }
}

extension BucketOptions {
  /// Whether the name can be that of a file and of a topic.
  public var isNameValid: Bool {
    let rest = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
    return !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".")
      && name.allSatisfy(rest.contains)
  }
}
