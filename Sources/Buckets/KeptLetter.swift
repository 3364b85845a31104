/// A record that can be no point, kept beside the points because nobody else takes it.
public struct KeptLetter: Equatable, Sendable {
  public var topic: String
  public var partition: Int32
  public var offset: Int64
  /// Of the record, since 1970 UTC; nil if it has no time.
  public var milliseconds: Int64?
  public var key: [UInt8]?
  public var value: [UInt8]
  /// An object of JSON.
  public var headers: [UInt8]
  /// Why it can be no point.
  public var reason: String

  public init(
    topic: String,
    partition: Int32,
    offset: Int64,
    milliseconds: Int64?,
    key: [UInt8]?,
    value: [UInt8],
    headers: [UInt8],
    reason: String,
  ) {
    self.topic = topic
    self.partition = partition
    self.offset = offset
    self.milliseconds = milliseconds
    self.key = key
    self.value = value
    self.headers = headers
    self.reason = reason
  }
}
