internal import Kafka

/// Where a record lies, and Kafka's time of it.
struct RecordOrigin {
  /// The place in the reader's topics.
  var topic: Int
  var partition: Int32
  var offset: Int64
  /// Wall nanoseconds.
  var time: Int64?

  init(_ message: borrowing KafkaMessage, time: Int64?) {
    topic = message.topic
    partition = message.partition
    offset = message.offset
    self.time = time
  }
}
