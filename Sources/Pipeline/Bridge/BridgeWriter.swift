internal import Kafka
internal import MQTT
internal import System

/// The Kafka side of a bridge: used by the bridge's thread.
final class BridgeWriter {
  private let producer: KafkaProducer
  /// In the order of the rules.
  private let topics: [KafkaProducer.Topic]
  private let matcher: TopicMatcher
  /// Those of the message before, which are often the next one's too.
  private var headers: [KafkaProducer.Header] = []
  private var headersAreOf: (qos: Int, isRetained: Bool, milliseconds: Int64) = (-1, false, 0)
  private let counts: BridgeCounts
  private let stop: StopSignal
  private let log: Log
  /// Counts of the producer when they were last looked at.
  private var delivered = 0
  private var refused = 0
  private var undelivered = 0
  /// The broker waits for an acknowledgement of something that was written since the last `settle`.
  private(set) var owesAcknowledgement = false
  private(set) var failure: KafkaError?

  /// How long the end of the program waits for Kafka, in nanoseconds.
  private static let patience: Int64 = 5_000_000_000

  init(_ options: BridgeStage.Options, counts: BridgeCounts, stop: StopSignal, log: Log) throws {
    var properties = options.properties.forProducer
    // Whatever Kafka is away for, a record is not given up.
    properties["message.timeout.ms"] = properties["message.timeout.ms"] ?? "0"
    // What a broker sends at once shares a request; a batch that is waited for is sent without this delay.
    properties["linger.ms"] = properties["linger.ms"] ?? "5"
    properties["queue.buffering.max.kbytes"] = properties["queue.buffering.max.kbytes"] ?? "65536"
    producer = try KafkaProducer(properties, observer: KafkaObserver(log))
    let producer = producer
    topics = try options.map.topics.map { name throws(KafkaError) in try producer.topic(name) }
    matcher = options.map.matcher()
    self.counts = counts
    self.stop = stop
    self.log = log
  }

  /// Hands one message to Kafka, waiting while its queue is full.
  func write(_ topic: Span<UInt8>, _ payload: Span<UInt8>, _ message: MQTTMessage) {
    CrashPoint.pass(.bridgeRead)
    counts.received.add()
    guard failure == nil else { return }
    guard let rule = matcher.rule(for: topic) else {
      counts.unmatched.add()
      return
    }
    if message.qos > 0 { owesAcknowledgement = true }
    let milliseconds = wallNanoseconds() / 1_000_000
    prepareHeaders(message, milliseconds)
    var giveUp: Int64?
    while true {
      do throws(KafkaError) {
        return try producer.send(
          to: topics[rule],
          key: topic,
          value: payload,
          milliseconds: milliseconds,
          headers: headers,
        )
      } catch {
        if error.code.isOfRecord {
          counts.refused.add()
          let name = topics[rule].name
          log.warning("Kafka refuses a message", ["reason": error.text, "topic": name])
          return
        }
        guard error.code == .queueFull else {
          failure = error
          return
        }
        // The end of the program need not wait for a Kafka that is away.
        if stop.isSet {
          let now = monotonicNanoseconds()
          if now > giveUp ?? now + Self.patience {
            failure = error
            return
          }
          giveUp = giveUp ?? now + Self.patience
        }
        producer.serve(milliseconds: 10)
      }
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
  func serve() throws(KafkaError) {
    producer.serve()
    count()
    if let failure { throw failure }
    if producer.undelivered > undelivered {
      undelivered = producer.undelivered
      throw producer.deliveryError ?? KafkaError(code: .transport)
    }
  }

  /// Waits up to `nanoseconds` until all that was written has arrived in Kafka; whether it has.
  ///
  /// - Throws: `KafkaError` when a record was given up, or the client cannot go on.
  func settle(nanoseconds: Int64) throws(KafkaError) -> Bool {
    do throws(KafkaError) {
      try producer.flush(milliseconds: Int32(clamping: nanoseconds / 1_000_000))
    } catch  where error.code == .timedOut {
      try serve()
      return false
    }
    try serve()
    owesAcknowledgement = false
    return true
  }

  /// Waits until all has arrived, however long it takes, or the program is to end.
  func settle() {
    while !stop.isSet, (try? settle(nanoseconds: 100_000_000)) == false {}
    failure = nil
    owesAcknowledgement = false
  }

  /// Why Kafka does not answer, in the library's words; nil if it said nothing.
  var trouble: String? { producer.takeConnectionError()?.text }

  private func count() {
    counts.delivered.add(producer.delivered - delivered)
    delivered = producer.delivered
    let news = producer.refused - refused
    guard news > 0 else { return }
    refused += news
    counts.refused.add(news)
    log.warning("Kafka refuses messages", ["reason": producer.deliveryError?.text ?? ""])
  }
}
