internal import Kafka
internal import SQLite
internal import System

/// A run of the source: its bucket, its producer and the records between them.
final class SourceSession {
  private let options: SourceStage.Options
  private let counts: SourceCounts
  private let stop: StopSignal
  private let log: Log
  private let bucket: Bucket
  private let producer: KafkaProducer
  private let topic: KafkaProducer.Topic
  private let cursorKey: String
  private var batch = SourceBatch()

  /// How long the end of the program waits for Kafka, in nanoseconds.
  private static let patience: Int64 = 3_000_000_000

  init(_ stage: SourceStage, stop: StopSignal, log: Log) throws {
    options = stage.options
    counts = stage.counts
    self.stop = stop
    self.log = log
    bucket = try Bucket(options.bucket)
    var properties = options.properties
    // Whatever Kafka is away for, a record is not given up.
    properties["message.timeout.ms"] = properties["message.timeout.ms"] ?? "0"
    producer = try KafkaProducer(properties.forProducer, observer: KafkaObserver(log))
    topic = try producer.topic(options.topic)
    cursorKey = "source.\(options.name).sequence"
  }

  /// Publishes what is to be published now, batch by batch.
  ///
  /// - Throws: what keeps the source from going on; what Kafka has not acknowledged comes again then.
  func poll() throws {
    do {
      try publish()
    } catch let error as SQLiteError where error.isTemporary {
      counts.retries.add()
      log.warning("the bucket gives nothing: the source waits", ["reason": error.text])
    }
  }

  private func publish() throws {
    var cursor = options.mode == .bulk ? 0 : try bucket.state(cursorKey) ?? 0
    let end = try bucket.lastSequence()
    while cursor < end, !stop.isSet {
      try batch.fill(from: bucket, after: cursor, limit: options.batch)
      guard let last = batch.lastSequence, try deliver() else { return }
      CrashPoint.pass(.sourcePublished)
      cursor = last
      if options.mode == .timestamp { try save(cursor) }
    }
  }

  // MARK: - Kafka

  /// Waits until Kafka has the whole batch, sending again what it gave up.
  ///
  /// - Returns: Whether it has; false if the program is to end before.
  /// - Throws: `KafkaError` when the producer cannot go on.
  private func deliver() throws(KafkaError) -> Bool {
    while true {
      let (refused, undelivered) = (producer.refused, producer.undelivered)
      var lost = 0
      for index in 0..<batch.count {
        if index == batch.count / 2 { CrashPoint.pass(.sourcePublishing) }
        guard try send(index, &lost) else { return false }
      }
      guard try isSettled() else { return false }
      if producer.undelivered == undelivered {
        lost += producer.refused - refused
        counts.published.add(batch.count - lost)
        counts.refused.add(lost)
        counts.batches.add()
        if lost > 0 { tell(lost: lost) }
        return true
      }
      counts.retries.add()
      let reason = producer.deliveryError?.text ?? ""
      log.error("Kafka takes nothing", ["topic": options.topic, "reason": reason])
      if stop.wait(nanoseconds: 1_000_000_000) { return false }
    }
  }

  private func tell(lost: Int) {
    let reason = producer.deliveryError?.text ?? "too large"
    log.error("records that Kafka does not take", ["count": "\(lost)", "reason": reason])
  }

  /// Queues one record; whether the program may go on.
  private func send(_ index: Int, _ lost: inout Int) throws(KafkaError) -> Bool {
    while true {
      do throws(KafkaError) {
        try batch.withRecord(index) { (key, value, milliseconds) throws(KafkaError) in
          try producer.send(
            to: topic,
            key: key,
            value: value,
            milliseconds: milliseconds,
          )
        }
        return true
      } catch {
        if error.code.isOfRecord {
          lost += 1
          return true
        }
        guard error.code == .queueFull else { throw error }
        producer.serve(milliseconds: 20)
        if stop.isSet { return false }
      }
    }
  }

  private func isSettled() throws(KafkaError) -> Bool {
    let start = monotonicNanoseconds()
    var giveUp: Int64?
    var isTold = false
    while true {
      do throws(KafkaError) {
        try producer.flush(milliseconds: 100)
        if isTold { log.info("Kafka acknowledges again") }
        return true
      } catch {
        guard error.code == .timedOut else { throw error }
        let now = monotonicNanoseconds()
        if now - start > 2_000_000_000, !isTold {
          isTold = true
          let reason = producer.takeConnectionError()?.text ?? "no answer"
          log.warning("Kafka acknowledges nothing: the source waits", ["reason": reason])
        }
        if stop.isSet, giveUp == nil { giveUp = now + Self.patience }
        if let giveUp, now > giveUp { return false }
      }
    }
  }

  /// Waits while another has the bucket: records that Kafka has are not to come again for that.
  private func save(_ cursor: Int64) throws(SQLiteError) {
    while true {
      do throws(SQLiteError) {
        return try bucket.setState(cursorKey, cursor)
      } catch {
        guard error.isTemporary, !stop.isSet else { throw error }
        counts.retries.add()
        log.warning("the bucket takes nothing: the source waits", ["reason": error.text])
      }
      stop.wait(nanoseconds: 200_000_000)
    }
  }
}
