internal import Buckets
internal import Kafka
internal import System

/// A run of the source: its bucket, its producer and the records between them.
final class SourceSession {
  private let stage: SourceStage
  private let bucket: any Bucket
  private let outbox: KafkaOutbox
  private var batch = SourceBatch()

  /// How far the source is, as the bucket remembers it.
  private static let cursorKey = "source.source.sequence"

  private var options: SourceStage.Options { stage.options }
  private var counts: Counts<SourceCount> { stage.counts }

  init(_ stage: SourceStage, _ run: StageRun) throws {
    self.stage = stage
    run.health.beat(allowing: StageHealth.openingOfBucket)
    bucket = try stage.options.bucket.open()
    run.health.note(up: .enrichedBucket)
    outbox = try KafkaOutbox(
      stage.options.properties,
      warning: "Kafka acknowledges nothing: the source waits",
      patience: 3_000_000_000,
      run,
    )
  }

  /// Publishes what is to be published now, batch by batch.
  ///
  /// - Throws: what keeps the source from going on; what Kafka has not acknowledged comes again then.
  func poll() throws {
    let warning: StaticString = "the bucket gives nothing: the source waits"
    _ = try outbox.run.unlessBusy(.enrichedBucket, counts[.retries], warning, publish)
  }

  private func publish() throws {
    _ = try reopenIfReplaced()
    var cursor = options.mode == .bulk ? 0 : try bucket.state(Self.cursorKey) ?? 0
    let end = try bucket.lastSequence()
    while cursor < end, !outbox.run.stop.isSet {
      try batch.fill(from: bucket, after: cursor, limit: min(max(1, options.batch), 100_000))
      guard let last = batch.lastSequence, try deliver() else { return }
      CrashPoint.pass(.sourcePublished)
      // How far it was in another file says nothing of this one.
      if try reopenIfReplaced() { return }
      cursor = last
      // Waits while another has the bucket: records that Kafka has are not to come again for that.
      if options.mode == .timestamp {
        let warning: StaticString = "the bucket takes nothing: the source waits"
        _ = try outbox.run.insist(.enrichedBucket, counts[.retries], warning) {
          try bucket.setState(Self.cursorKey, cursor)
        }
      }
    }
  }

  private func reopenIfReplaced() throws(BucketError) -> Bool {
    guard try bucket.reopenIfReplaced(outbox.run.log) else { return false }
    batch = SourceBatch()
    return true
  }

  /// Waits until Kafka has the whole batch.
  ///
  /// - Returns: Whether it has; false if the program is to end before.
  /// - Throws: `KafkaError` when the producer cannot go on.
  private func deliver() throws(KafkaError) -> Bool {
    let (batch, topic) = (batch, options.topic)
    let begin = monotonicNanoseconds()
    let lost = try outbox.deliver(batch.count, to: topic, retries: counts[.retries]) {
      (index, producer) throws(KafkaError) in
      if index == batch.count / 2 { CrashPoint.pass(.sourcePublishing) }
      try batch.withRecord(index) { (key, value, milliseconds) throws(KafkaError) in
        try producer.send(to: topic, key: key, value: value, milliseconds: milliseconds)
      }
    }
    guard let lost else { return false }
    stage.delivery.observe(since: begin)
    stage.newestRow.note(batch.newestTime)
    counts[.published].add(batch.count - lost)
    counts[.refused].add(lost)
    counts[.batches].add()
    return true
  }
}
