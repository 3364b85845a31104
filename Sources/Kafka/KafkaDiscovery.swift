internal import CRdkafka

/// How a reader looks for topics; the answers are also the sign that the brokers live.
public struct KafkaDiscovery: Sendable {
  /// Between two looks.
  public var interval: Duration = .seconds(2)
  /// For one answer.
  public var timeout: Duration = .seconds(2)
  /// Without any answer for this long, the brokers are called unreachable.
  public var patience: Duration = .seconds(5)

  public init() {}
}

extension KafkaConfiguration {
  /// Properties for a client that only watches: defaults of ours, then the caller's, then those that no
  /// caller may change, with `own` among them.
  static func watching(
    _ properties: [String: String],
    own: [String: String] = [:]
  ) throws(KafkaError) -> KafkaConfiguration {
    var configuration = KafkaConfiguration()
    try configuration.set([
      "client.id": "egtop",
      // A broker answers as soon as it has something, and says within this time that it has nothing. For each partition
      // of an answer the library looks through all topics: a thousand at rest cost 5 % of a core at 100 ms.
      "fetch.wait.max.ms": "200",
      "fetch.error.backoff.ms": "250",
      "reconnect.backoff.max.ms": "2000",
      "socket.keepalive.enable": "true",
      // Prefetched records are bounded in bytes; the library fetches again only below both bounds.
      "queued.min.messages": "100000",
      "queued.max.messages.kbytes": "8192",
      "fetch.max.bytes": "8388608",
    ])
    // Only newer versions of the library have it.
    try? configuration.set("fetch.queue.backoff.ms", "10")
    try configuration.set(properties)
    try configuration.set([
      "group.id": "",
      "enable.auto.commit": "false",
      "enable.auto.offset.store": "false",
      "auto.commit.enable": "false",
      "allow.auto.create.topics": "false",
      "enable.partition.eof": "true",
      // An offset that is gone is an error to us, so that it can be reported.
      "auto.offset.reset": "error",
    ])
    try configuration.set(own)
    return configuration
  }
}

extension Duration {
  /// Whole milliseconds, clamped to what the library takes.
  var milliseconds: Int32 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, seconds < 2_000_000 else { return seconds < 0 ? 0 : .max }
    return Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  /// Whole nanoseconds, at least 0 and at most a few decades.
  var nanoseconds: Int64 { Int64(milliseconds) * 1_000_000 }
}
