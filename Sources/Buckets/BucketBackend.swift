/// What keeps a bucket.
public struct BucketBackend: Sendable {
  public let name: String
  let open: @Sendable (BucketOptions) throws(BucketError) -> any Bucket

  /// All that there are: the first is used where no other is asked for, and `BucketTests` try each.
  public static let all: [BucketBackend] = [.sqlite]
}

extension BucketOptions {
  /// Opens the bucket, making it if there is none.
  ///
  /// - Throws: `BucketError` when that cannot be, or its points are not ours.
  public func open() throws(BucketError) -> any Bucket {
    guard isNameValid else { throw .invalidName(name) }
    return try backend.open(self)
  }
}
