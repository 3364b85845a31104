/// A message's body and the prefix that Confluent's serializers put before it.
///
/// The prefix is a zero byte and a schema id of four bytes, most significant first.
public enum Envelope {
  private static let prefixLength = 5

  /// The id of the schema; nil if there is no prefix.
  public static func schema(_ payload: Span<UInt8>) -> UInt32? {
    guard payload.count >= prefixLength, payload[0] == 0 else { return nil }
    return (1..<prefixLength).reduce(0) { $0 << 8 | UInt32(payload[$1]) }
  }

  /// Where the body is: behind the prefix, or behind a UTF-8 byte order mark.
  public static func body(of payload: Span<UInt8>) -> Range<Int> {
    guard payload.count >= 3 else { return 0..<payload.count }
    let isPrefixed = payload[0] == 0 && payload.count >= prefixLength
    let isMarked = payload[0] == 0xEF && payload[1] == 0xBB && payload[2] == 0xBF
    return (isPrefixed ? prefixLength : isMarked ? 3 : 0)..<payload.count
  }
}
