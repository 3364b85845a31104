internal import Kafka
internal import System

/// What goes to Kafka from one thread of a stage, until Kafka has it.
///
/// However long Kafka is away no record is given up, but when the program is to end it is waited for no longer than
/// patience lasts.
final class KafkaOutbox {
  let producer: KafkaProducer
  /// What the log says once when Kafka does not answer for a while.
  private let warning: StaticString
  private let patience: Int64
  let run: StageRun
  /// When patience ends, from when the program was seen to end.
  private var giveUp: Int64?

  private static let second: Int64 = 1_000_000_000

  /// - Parameters:
  ///   - properties: Of librdkafka.
  ///   - standard: Those that hold where `properties` say nothing.
  ///   - warning: What the log says once when Kafka does not answer for a while.
  ///   - patience: Nanoseconds that the end of the program waits for Kafka.
  ///   - run: Tells when it is to end, and gets the library's warnings and what is told once.
  /// - Throws: `KafkaError` naming the property that was refused.
  init(
    _ properties: [String: String],
    standard: [String: String] = [:],
    warning: StaticString,
    patience: Int64,
    _ run: StageRun,
  ) throws(KafkaError) {
    var all = standard
    all["message.timeout.ms"] = "0"
    // A producer would warn of those that only a consumer has.
    for (name, value) in properties where !consumerProperties.contains(name) { all[name] = value }
    producer = try KafkaProducer(all, observer: KafkaObserver(run.log))
    self.warning = warning
    self.patience = patience
    self.run = run
  }

  /// Queues one record, waiting while the queue is full.
  ///
  /// - Parameter offer: Hands the record to the producer, as often as it takes.
  /// - Returns: Why Kafka takes the record from nobody; nil if it is queued.
  /// - Throws: `.queueFull` when patience has ended, and what keeps the producer from going on.
  func send(_ offer: (KafkaProducer) throws(KafkaError) -> Void) throws(KafkaError) -> KafkaError? {
    while true {
      do throws(KafkaError) {
        try offer(producer)
        return nil
      } catch {
        if error.code.isOfRecord { return error }
        guard error.code == .queueFull, !isPatienceOver else { throw error }
        producer.serve(milliseconds: 10)
      }
    }
  }

  /// Sends some records and waits until Kafka has them all, sending all again when one was given up.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - topic: What the log calls the place where they go.
  ///   - retries: Counts the times that they are sent again.
  ///   - offer: Hands the record of a place to the producer.
  /// - Returns: How many of them Kafka takes from nobody; nil if the program is to end before it has the others.
  /// - Throws: `KafkaError` when the producer cannot go on.
  func deliver(
    _ count: Int,
    to topic: String,
    retries: Counter,
    _ offer: (Int, KafkaProducer) throws(KafkaError) -> Void,
  ) throws(KafkaError) -> Int? {
    while true {
      let (refused, undelivered) = (producer.refused, producer.undelivered)
      var lost = 0
      do throws(KafkaError) {
        for index in 0..<count {
          let refusal = try send { producer throws(KafkaError) in try offer(index, producer) }
          if refusal != nil { lost += 1 }
        }
      } catch  where error.code == .queueFull {
        return nil
      }
      guard try waitForDelivery() else { return nil }
      if producer.undelivered == undelivered {
        lost += producer.refused - refused
        if lost > 0 {
          let reason = producer.deliveryError?.text ?? "too large"
          run.log.error(
            "records that Kafka does not take",
            ["count": "\(lost)", "topic": topic, "reason": reason]
          )
        }
        return lost
      }
      retries.add()
      let reason = producer.deliveryError?.text ?? ""
      run.log.error("Kafka takes nothing", ["topic": topic, "reason": reason])
      if run.stop.wait(nanoseconds: Self.second) { return nil }
    }
  }

  /// Waits until Kafka has all that was queued, and tells once if that takes long.
  ///
  /// - Parameters:
  ///   - limit: Nanoseconds that it may take.
  ///   - whileWaiting: Called now and then; what it throws ends the wait.
  /// - Returns: Whether Kafka has it; false when the limit is reached or patience has ended.
  /// - Throws: `KafkaError` when the producer cannot go on.
  func waitForDelivery(
    limit: Int64 = .max,
    whileWaiting: () throws(KafkaError) -> Void = {},
  ) throws(KafkaError) -> Bool {
    let start = monotonicNanoseconds()
    var isTold = false
    while try !isDelivered(milliseconds: 100) {
      try whileWaiting()
      let waited = monotonicNanoseconds() - start
      if waited > Self.second, !isTold {
        isTold = true
        let reason = producer.takeConnectionError()?.text ?? "no answer"
        run.log.warning(warning, ["reason": reason])
      }
      if waited > limit || isPatienceOver { return false }
    }
    if isTold { run.log.info("Kafka acknowledges again") }
    return true
  }

  /// Whether Kafka has all that was queued, waiting for it a little.
  func isDelivered(milliseconds: Int32) throws(KafkaError) -> Bool {
    do throws(KafkaError) {
      try producer.flush(milliseconds: milliseconds)
      return true
    } catch  where error.code == .timedOut {
      return false
    }
  }

  private var isPatienceOver: Bool {
    guard run.stop.isSet else { return false }
    let now = monotonicNanoseconds()
    let end = giveUp ?? now + patience
    giveUp = end
    return now > end
  }
}

extension KafkaObserver {
  /// Hands the library's warnings and errors to our own log.
  init(_ log: Log) {
    self.init(log: { line in
      // One set of properties serves producers and consumers alike, and each warns of those of the other.
      guard line.level <= 4, line.facility != "CONFWARN" else { return }
      log.warning("librdkafka", ["facility": line.facility, "text": line.text])
    })
  }
}

/// Properties of librdkafka that only a consumer has.
private let consumerProperties: Set = [
  "auto.offset.reset", "fetch.error.backoff.ms", "fetch.max.bytes", "fetch.message.max.bytes",
  "fetch.min.bytes", "fetch.wait.max.ms", "group.instance.id", "heartbeat.interval.ms",
  "isolation.level", "max.partition.fetch.bytes", "max.poll.interval.ms",
  "partition.assignment.strategy", "queued.max.messages.kbytes", "queued.min.messages",
  "session.timeout.ms",
]
