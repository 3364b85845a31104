internal import CRdkafka
internal import System

/// A record that was not delivered, with all that it takes to send it again.
public struct KafkaFailedRecord: Sendable {
  public let topic: String
  /// Nil if none was chosen yet.
  public let partition: Int32?
  public let key: [UInt8]?
  public let value: [UInt8]?
  /// Since 1970 UTC.
  public let milliseconds: Int64
  public let headers: [KafkaProducer.Header]
  /// Why; a record whose batch or whose predecessor failed has a reason that says nothing of itself.
  public let code: KafkaErrorCode
  /// Its place among all that the producer was given.
  let number: Int

  /// Why, with where it was to go.
  public var error: KafkaError { KafkaError(code: code, text: "record to \(topic): \(code)") }

  init(_ message: UnsafePointer<rd_kafka_message_t>) {
    let message = UnsafeMutablePointer(mutating: message)
    let record = KafkaMessage(message, topic: 0)
    topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
    partition = record.partition < 0 ? nil : record.partition
    let (key, value) = record.withKeyAndValue { ($0.copied, $1.copied) }
    self.key = record.hasNullKey ? nil : key
    self.value = record.isTombstone ? nil : value
    // The library knows the time of a record that failed, and tells it only of one that did not.
    let error = message.pointee.err
    message.pointee.err = RD_KAFKA_RESP_ERR_NO_ERROR
    milliseconds = record.milliseconds ?? 0
    message.pointee.err = error
    var headers: [KafkaProducer.Header] = []
    record.forEachHeader { headers.append(.init(name: $0.copied, $1.copied)) }
    self.headers = headers
    code = KafkaErrorCode(error)
    number = Int(bitPattern: message.pointee._private)
  }
}
