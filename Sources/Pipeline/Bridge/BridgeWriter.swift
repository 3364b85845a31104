internal import Kafka
internal import MQTT
internal import System

/// The Kafka side of a bridge: used by the bridge's thread.
final class BridgeWriter {
  let stage: BridgeStage
  let outbox: KafkaOutbox
  /// In the order of the rules.
  private let topics: [KafkaProducer.Topic]
  private let matcher: TopicMatcher
  /// Those of the message before, which are often the next one's too.
  private var headers: [KafkaProducer.Header] = []
  private var headersAreOf: (qos: Int, isRetained: Bool, milliseconds: Int64) = (-1, false, 0)
  /// Counts of the producer when they were last looked at.
  private var delivered = 0
  private var refused = 0
  private var undelivered = 0
  /// The broker waits for an acknowledgement of something that was written since the last wait for delivery.
  private(set) var owesAcknowledgement = false
  private var failure: KafkaError?

  private var counts: Counts<BridgeCount> { stage.counts }
  private var producer: KafkaProducer { outbox.producer }

  init(_ stage: BridgeStage, _ run: StageRun) throws {
    let options = stage.options
    self.stage = stage
    outbox = try KafkaOutbox(
      options.properties,
      // What a broker sends at once shares a request; a batch that is waited for is sent without this delay.
      standard: ["linger.ms": "5", "queue.buffering.max.kbytes": "65536"],
      warning: "Kafka acknowledges nothing: nor do we",
      patience: 5_000_000_000,
      run,
    )
    let producer = outbox.producer
    topics = try options.map.topics.map { name throws(KafkaError) in try producer.topic(name) }
    matcher = options.map.matcher()
  }

  /// Hands one message to Kafka, waiting while its queue is full.
  func write(_ topic: Span<UInt8>, _ payload: Span<UInt8>, _ message: MQTTMessage) {
    CrashPoint.pass(.bridgeRead)
    counts[.received].add()
    guard failure == nil else { return }
    guard let rule = matcher.rule(for: topic) else {
      counts[.unmatched].add()
      return
    }
    if message.qos > 0 { owesAcknowledgement = true }
    let milliseconds = wallNanoseconds() / 1_000_000
    prepareHeaders(message, milliseconds)
    do throws(KafkaError) {
      let refusal = try outbox.send { producer throws(KafkaError) in
        try producer.send(
          to: topics[rule],
          key: topic,
          value: payload,
          milliseconds: milliseconds,
          headers: headers,
        )
      }
      guard let refusal else { return }
      counts[.refused].add()
      outbox.run.log
        .warning("Kafka refuses a message", ["reason": refusal.text, "topic": topics[rule].name])
    } catch {
      failure = error
    }
  }

  private func prepareHeaders(_ message: MQTTMessage, _ milliseconds: Int64) {
    let wanted = (message.qos, message.isRetained, milliseconds)
    guard headersAreOf != wanted else { return }
    headersAreOf = wanted
    headers = [
      KafkaProducer.Header("mqtt.qos", Array("\(message.qos)".utf8)),
      KafkaProducer.Header("mqtt.retained", Array("\(message.isRetained)".utf8)),
      KafkaProducer.Header("mqtt.received", Array("\(milliseconds)".utf8)),
    ]
  }

  /// Counts what has arrived, without waiting.
  ///
  /// - Throws: `KafkaError` when a record was given up, or the client cannot go on.
  func countDelivered() throws(KafkaError) {
    producer.serve()
    counts[.delivered].add(producer.delivered - delivered)
    delivered = producer.delivered
    let news = producer.refused - refused
    if news > 0 {
      refused += news
      counts[.refused].add(news)
      let reason = producer.deliveryError?.text ?? ""
      outbox.run.log.warning("Kafka refuses messages", ["reason": reason])
    }
    if let failure { throw failure }
    guard producer.undelivered > undelivered else { return }
    undelivered = producer.undelivered
    throw producer.deliveryError ?? KafkaError(code: .transport)
  }

  /// Waits until all that was written has arrived in Kafka, for a time in nanoseconds; whether it has.
  ///
  /// - Throws: `KafkaError` when a record was given up, or the client cannot go on.
  func waitForDelivery(limit: Int64) throws(KafkaError) -> Bool {
    let isDelivered = try outbox.waitForDelivery(limit: limit, whileWaiting: countDelivered)
    try countDelivered()
    if isDelivered { owesAcknowledgement = false }
    return isDelivered
  }

  /// Waits until what a lost connection has left is in Kafka, however long it takes, or the program is to end.
  func waitForLeftovers() {
    while !outbox.run.stop.isSet, (try? isDelivered()) == false {}
    failure = nil
    owesAcknowledgement = false
  }

  private func isDelivered() throws(KafkaError) -> Bool {
    let isDelivered = try outbox.isDelivered(milliseconds: 100)
    try countDelivered()
    return isDelivered
  }
}
