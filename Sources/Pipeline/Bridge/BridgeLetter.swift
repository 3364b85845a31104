internal import Kafka

/// A message that cannot go where it would, kept in the topic `dlq-<client id>`.
///
/// Key and headers are those that any message gets; why it is here and its whole size are told by headers of their own.
struct BridgeLetter {
  let key: [UInt8]
  private(set) var value: [UInt8]
  let milliseconds: Int64
  private(set) var headers: [KafkaProducer.Header]

  init(
    key: [UInt8],
    value: [UInt8],
    milliseconds: Int64,
    headers: [KafkaProducer.Header],
    reason: StaticString,
  ) {
    (self.key, self.value, self.milliseconds) = (key, value, milliseconds)
    self.headers =
      headers + [
        KafkaProducer.Header("egpipe.reason", Array("\(reason)".utf8)),
        KafkaProducer.Header("egpipe.size", Array("\(value.count)".utf8)),
      ]
  }

  /// Of a record that Kafka has refused: a message, or a letter that is to be cut.
  init(_ record: KafkaFailedRecord, isLetter: Bool) {
    self.init(
      key: record.key ?? [],
      value: record.value ?? [],
      milliseconds: record.milliseconds,
      headers: record.headers,
      reason: Self.tooLarge,
    )
    guard isLetter else { return }
    headers = record.headers
    cut()
  }

  /// Leaves the first half of the value.
  mutating func cut() { value.removeLast((value.count + 1) / 2) }

  static let tooLarge: StaticString = "larger than Kafka takes"
  static let foreign: StaticString = "it came by none of the bridge's filters"
}
