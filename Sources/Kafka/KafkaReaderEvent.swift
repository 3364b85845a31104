/// What happened to a reader besides records.
///
/// Topics are places in `KafkaReader.topics`.
public enum KafkaReaderEvent: Sendable, Equatable {
  case topicFound(topic: Int)
  /// The topic is no longer there; its partitions are not read until it is found again.
  case topicGone(topic: Int)
  case partitionsAdded(topic: Int, count: Int)
  /// Reading of a partition began at an offset.
  case started(topic: Int, partition: Int32, offset: Int64)
  /// The offset that was to be read is gone: records were deleted before they were read, or the topic was
  /// made again. Reading goes on at the beginning of what there is.
  case offsetLost(topic: Int, partition: Int32, offset: Int64)
  /// All there was has been read; the offset is the next to be written. Comes again after more records.
  case reachedEnd(topic: Int, partition: Int32, offset: Int64)
  case failed(topic: Int, partition: Int32, KafkaError)
}

/// Whether a client reaches its brokers.
public enum KafkaConnection: Sendable, Equatable {
  /// No answer yet and no error either.
  case connecting
  case connected
  /// The brokers do not answer; the library keeps trying. The text says why.
  case unreachable(KafkaError)
}
