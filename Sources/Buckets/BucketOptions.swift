/// Which bucket, and how it is kept.
public struct BucketOptions: Sendable {
  /// When a batch counts as written.
  public enum Durability: Sendable {
    /// When the disk has it: a power cut loses nothing.
    case disk
    /// When the system has it: a power cut may lose the newest batches, and nothing else.
    case system
  }

  public var backend: BucketBackend
  /// The folder of the buckets; made if it is not there.
  public var folder: String
  /// Letters, digits, `.`, `_` and `-`: it is part of a file's name and of a topic's.
  public var name: String
  /// How long points are kept after their time, in nanoseconds; nil for ever.
  public var retention: Int64?
  public var durability: Durability

  public init(
    folder: String,
    name: String,
    retention: Int64? = nil,
    durability: Durability = .disk,
    backend: BucketBackend = .sqlite,
  ) {
    self.folder = folder
    self.name = name
    self.retention = retention
    self.durability = durability
    self.backend = backend
  }

  /// Whether the name can be that of a file and of a topic.
  public var isNameValid: Bool {
    let rest = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
    return !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".")
      && name.allSatisfy(rest.contains)
  }
}
