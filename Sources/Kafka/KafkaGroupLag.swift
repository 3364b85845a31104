/// How far a consumer group is behind in one partition, seen from outside.
public struct KafkaPartitionLag: Sendable, Equatable {
  public let topic: String
  public let partition: Int32
  /// Offset that the group reads next; `nil` when it never committed one.
  public internal(set) var committed: Int64?
  /// The first offset that is still there.
  public internal(set) var low: Int64 = 0
  /// The next offset to be written (under `read_committed`, the default: the last stable offset).
  public internal(set) var high: Int64 = 0
  /// Timestamp of the first record that the group has not done with, in milliseconds since 1970 UTC;
  /// `nil` when there is none, it has no timestamp, or it could not be read in time.
  public internal(set) var oldestMilliseconds: Int64?
  /// Why the figures of this partition are not known.
  public internal(set) var error: KafkaError?

  /// Records that the group has not done with, at least 0; `nil` without a commit.
  public var recordsBehind: Int64? {
    guard error == nil, let committed else { return nil }
    let behind = high.subtractingReportingOverflow(max(committed, low))
    return behind.overflow ? nil : max(0, behind.partialValue)
  }

  /// Records that were deleted before the group came to them.
  public var recordsLost: Int64 {
    guard error == nil, let committed, committed < low else { return 0 }
    return low.subtractingReportingOverflow(committed).partialValue
  }
}
