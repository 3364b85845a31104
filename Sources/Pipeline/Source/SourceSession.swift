internal import Buckets
internal import Kafka
internal import System

/// A run of the source: its bucket, its producer and the records between them.
final class SourceSession {
  private let options: SourceStage.Options
  private let counts: SourceCounts
  private let stop: StopSignal
  private let log: Log
  private let bucket: any Bucket
  private let outbox: KafkaOutbox
  private let topic: KafkaProducer.Topic
  private let cursorKey: String
  private var batch = SourceBatch()

  init(_ stage: SourceStage, stop: StopSignal, log: Log) throws {
    options = stage.options
    counts = stage.counts
    self.stop = stop
    self.log = log
    bucket = try options.bucket.open()
    outbox = try KafkaOutbox(
      options.properties,
      warning: "Kafka acknowledges nothing: the source waits",
      patience: 3_000_000_000,
      stop: stop,
      log: log,
    )
    topic = try outbox.producer.topic(options.topic)
    cursorKey = "source.\(options.name).sequence"
  }

  /// Publishes what is to be published now, batch by batch.
  ///
  /// - Throws: what keeps the source from going on; what Kafka has not acknowledged comes again then.
  func poll() throws {
    do {
      try publish()
    } catch let error as BucketError where error.isTemporary {
      counts.retries.add()
      log.warning("the bucket gives nothing: the source waits", ["reason": "\(error)"])
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

  /// Waits until Kafka has the whole batch.
  ///
  /// - Returns: Whether it has; false if the program is to end before.
  /// - Throws: `KafkaError` when the producer cannot go on.
  private func deliver() throws(KafkaError) -> Bool {
    let (batch, topic) = (batch, topic)
    let lost = try outbox.deliver(batch.count, to: topic.name, retries: counts.retries) {
      (index, producer) throws(KafkaError) in
      if index == batch.count / 2 { CrashPoint.pass(.sourcePublishing) }
      try batch.withRecord(index) { (key, value, milliseconds) throws(KafkaError) in
        try producer.send(to: topic, key: key, value: value, milliseconds: milliseconds)
      }
    }
    guard let lost else { return false }
    counts.published.add(batch.count - lost)
    counts.refused.add(lost)
    counts.batches.add()
    return true
  }

  /// Waits while another has the bucket: records that Kafka has are not to come again for that.
  private func save(_ cursor: Int64) throws(BucketError) {
    while true {
      do throws(BucketError) {
        return try bucket.setState(cursorKey, cursor)
      } catch {
        guard error.isTemporary, !stop.isSet else { throw error }
        counts.retries.add()
        log.warning("the bucket takes nothing: the source waits", ["reason": "\(error)"])
      }
      stop.wait(nanoseconds: 200_000_000)
    }
  }
}
