extension [String: String] {
  /// Properties of librdkafka without those that only a consumer has, of which a producer would warn.
  var forProducer: Self { filter { !consumerProperties.contains($0.key) } }
}

private let consumerProperties: Set = [
  "auto.offset.reset", "fetch.error.backoff.ms", "fetch.max.bytes", "fetch.message.max.bytes",
  "fetch.min.bytes", "fetch.wait.max.ms", "group.instance.id", "heartbeat.interval.ms",
  "isolation.level", "max.partition.fetch.bytes", "max.poll.interval.ms",
  "partition.assignment.strategy", "queued.max.messages.kbytes", "queued.min.messages",
  "session.timeout.ms",
]
