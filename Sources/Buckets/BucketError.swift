internal import Wording

/// Why a bucket cannot be used.
public enum BucketError: Error, Equatable, CustomStringConvertible {
  case invalidName(String)
  /// What is there is no bucket, and was left as it is.
  case notABucket(path: String)
  /// It was made by a later version, and was left as it is.
  case newer(path: String, version: Int)
  /// With its place, in the words of what keeps it; when it is temporary, the same call may succeed later.
  case failed(String, isTemporary: Bool)

  /// Another writes, or the disk is full: the same call may succeed later.
  public var isTemporary: Bool {
    if case .failed(_, let isTemporary) = self { isTemporary } else { false }
  }

  public var description: String { words.printable }

  private var words: String {
    switch self {
    case .invalidName(let name):
      "\"\(name)\" is not a bucket name: use letters, digits, dots, _ and -"
    case .notABucket(let path): "\(path) is not a bucket; left unchanged"
    case .newer(let path, let version):
      "\(path) is a bucket of a later version (\(version)); left unchanged"
    case .failed(let reason, _): reason
    }
  }
}
