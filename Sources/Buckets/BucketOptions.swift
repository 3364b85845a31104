internal import System

/// Which bucket, and how it is kept.
public struct BucketOptions: Sendable {
  /// When a batch counts as written.
  public enum Durability: Sendable {
    /// When the disk has it: a power cut loses nothing.
    case disk
    /// When the system has it: a power cut may lose the newest batches, and nothing else.
    case system
  }

  /// The folder of the buckets; made if it is not there.
  public var folder: String
  /// Letters, digits, `.`, `_` and `-`: it is part of a file's name and of a topic's.
  public var name: String
  /// How long points are kept after their time, in nanoseconds; nil forever.
  public var retention: Int64?
  public var durability = Durability.disk
  public var backend = BucketBackend.all[0]

  /// Whether the name can be that of a file and of a topic.
  public var isNameValid: Bool {
    (1...200).contains(name.utf8.count) && !name.hasPrefix(".")
      && name.utf8.allSatisfy(plainBytes.contains)
  }
}

extension BucketOptions {
  public init(folder: String, name: String) {
    self.folder = folder
    self.name = name
  }
}
