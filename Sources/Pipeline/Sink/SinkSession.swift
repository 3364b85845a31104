internal import Buckets
internal import Decoding
internal import JSON
internal import Kafka
internal import Model
internal import System

/// A run of the sink: its consumer, its bucket and the batch between them.
final class SinkSession {
  private let stage: SinkStage
  private let run: StageRun
  private let consumer: KafkaConsumer
  private let bucket: any Bucket
  private let deadLetters: DeadLetterOffice
  private var decoder: SinkDecoder
  private let sources: SinkSources?
  private var batch = SinkBatch()
  private var isPaused = false
  private var nextExpiry: Int64 = 0
  private let readOutage = Outage()
  private let commitOutage = Outage()

  /// How long the end of the program waits for Kafka, in nanoseconds.
  private static let patience: Int64 = 2_000_000_000
  /// How long records gather after the first of a batch, in nanoseconds.
  private static let linger: Int64 = 20_000_000

  private var counts: Counts<SinkCount> { stage.counts }
  private var options: SinkStage.Options { stage.options }
  /// For people.
  private var brokers: String { options.properties["bootstrap.servers"] ?? "" }

  init(_ stage: SinkStage, _ run: StageRun) throws {
    self.stage = stage
    self.run = run
    let options = stage.options
    run.health.beat(allowing: StageHealth.openingOfBucket)
    bucket = try options.bucket.open()
    run.health.note(up: .rawBucket)
    bucket.whenHalfWritten = { CrashPoint.pass(.sinkWriting) }
    deadLetters = try DeadLetterOffice(stage, run, bucket)
    decoder = SinkDecoder(options)
    sources = SinkSources(options.sources)
    consumer = try KafkaConsumer(
      options.properties,
      group: options.group,
      topics: options.topics,
      observer: KafkaObserver(run.log)
    )
  }

  /// Leaves the group.
  func close() {
    consumer.close()
  }

  /// Reads what is there, writes it into the bucket, and then tells Kafka that it is done with.
  ///
  /// - Throws: what keeps the sink from going on; nothing of the batch is committed then.
  func carryBatch() throws {
    run.health.beat()
    setPaused(stage.isPaused)
    deadLetters.lookAfterTopic()
    gather()
    try report()
    if batch.records > 0 {
      guard try write(), try deadLetters.deliver(batch.deadLetters) else { return }
      CrashPoint.pass(.sinkWritten)
      commit()
    }
    try expire()
  }

  // MARK: - Reading

  private func setPaused(_ wanted: Bool) {
    // Partitions that a rebalance brings are not at rest, so a resting sink says it again and again.
    if wanted || isPaused { consumer.setPaused(wanted) }
    if wanted != isPaused { run.log.info(wanted ? "the sink pauses" : "the sink resumes") }
    isPaused = wanted
  }

  private func gather() {
    batch.clear()
    if decoder.isFull {
      decoder = SinkDecoder(options)
      bucket.forgetSeries()
    }
    let most = options.batch
    read(limit: isPaused ? 1 : most, milliseconds: 100)
    guard batch.records > 0 else { return }
    let deadline = monotonicNanoseconds() + Self.linger
    while batch.records < most, batch.bytes < SinkBatch.mostBytes, !isPaused, !run.stop.isSet {
      let left = deadline - monotonicNanoseconds()
      guard left > 0 else { break }
      read(limit: most - batch.records, milliseconds: Int32(clamping: left / 1_000_000))
    }
  }

  /// In portions, so that the bytes of large records stay bounded.
  private func read(limit: Int, milliseconds: Int32) {
    let now = wallNanoseconds()
    _ = consumer.read(limit: min(limit, 64), milliseconds: milliseconds) { message, topic in
      addToBatch(message, topic, now: now)
    }
  }

  private func addToBatch(_ message: borrowing KafkaMessage, _ topic: String, now: Int64) {
    batch.records += 1
    guard !message.isTombstone else {
      batch.tombstones += 1
      return
    }
    // What the broker had in its store is of any age: without a time of its own it tells nothing of now.
    let isRetained = message.hasHeader(Convention.retainedHeader, "true")
    let bySource = sources.flatMap { $0.isFor(message) ? $0 : nil }
    guard !isRetained || options.timeField != nil || bySource != nil else {
      batch.retained += 1
      return
    }
    do throws(Unwritable) {
      if let bySource {
        return try add(message, topic, by: bySource, now: now, isRetained: isRetained)
      }
      let point = try message.withKeyAndValue { (key, value) throws(Unwritable) in
        try decoder.point(
          key,
          value,
          milliseconds: message.milliseconds,
          now: now,
          isMerged: sources != nil,
          series: bucket.series,
        )
      }
      add(point, message, topic)
      noteLost(message, topic)
    } catch {
      guard !isRetained else {
        batch.retained += 1
        return
      }
      let letter = DeadLetter(message, topic: topic, reason: error)
      batch.bytes += letter.size
      batch.deadLetters.append(letter)
    }
  }

  private func add(_ point: Point, _ message: borrowing KafkaMessage, _ topic: String) {
    var point = point
    point.origin = Origin(
      topic: batch.place(of: topic),
      partition: message.partition,
      offset: message.offset,
    )
    batch.bytes += point.fields.extra.count
    batch.points.append(point)
  }

  /// Adds the points of a record that configured sources read.
  private func add(
    _ message: borrowing KafkaMessage,
    _ topic: String,
    by sources: SinkSources,
    now: Int64,
    isRetained: Bool
  ) throws(Unwritable) {
    let headers = message.headers(named: sources.headerNames)
    let outcome = message.withKeyAndValue { key, value in
      sources.decoder.decode(key: key, payload: value, kafkaTopic: topic, now: now) { headers[$0] }
    }
    let points = try decoder.points(
      of: sources.decoder,
      outcome,
      milliseconds: message.milliseconds,
      isRetained: isRetained,
      series: bucket.series,
    )
    for point in points { add(point, message, topic) }
    if points.isEmpty, isRetained { batch.retained += 1 }
    guard let loss = sources.decoder.loss else { return }
    batch.lostFields += sources.decoder.lostCount
    tellLost(loss.description, message, topic)
  }

  /// Counts and tells what a point is written without; the log bounds its lines.
  private func noteLost(_ message: borrowing KafkaMessage, _ topic: String) {
    guard decoder.lostCount > 0, let first = decoder.firstLost else { return }
    batch.lostFields += decoder.lostCount
    tellLost(first.reason, message, topic)
  }

  private func tellLost(_ reason: String, _ message: borrowing KafkaMessage, _ topic: String) {
    let (partition, offset) = (message.partition, message.offset)
    run.log.warning(
      "a field cannot be read: its record is written without it",
      ["record": "\(topic)@\(partition):\(offset)", "reason": reason]
    )
  }

  private func report() throws(KafkaError) {
    if batch.records > 0, let time = readOutage.end() {
      run.log.info("Kafka gives records again", ["after": time])
    }
    for error in consumer.takeErrors() {
      if error.isFatal { throw error }
      readOutage.begin()
      let isMissing = [.unknownTopic, .unknownTopicOrPartition].contains(error.code)
      let advice = isMissing ? ": is the bridge running? (--raw-topic names another)" : ""
      run.log.warning(
        "Kafka gives no records",
        ["brokers": brokers, "reason": error.text + advice]
      )
    }
  }

  // MARK: - Writing

  /// Writes the batch; whether it is written, for the program may have to end before.
  private func write() throws -> Bool {
    let begin = monotonicNanoseconds()
    let warning: StaticString = "the bucket takes nothing: the batch waits"
    guard try run.insist(.rawBucket, counts[.retries], warning, writeOnce) else { return false }
    stage.write.observe(since: begin)
    return true
  }

  private func writeOnce() throws(BucketError) {
    if !batch.points.isEmpty {
      var points: PointCounts
      // A file that is gone from its place has them for nobody, so their offsets must not be committed.
      repeat {
        points = try bucket.append(batch.points, topics: batch.topics)
      } while try bucket.reopenIfReplaced(run.log)
      counts[.batches].add()
      counts[.written].add(points.changed)
      counts[.duplicates].add(points.unchanged)
      stage.newestSample.note(batch.points.reduce(0) { max($0, $1.time) })
    }
    counts[.read].add(batch.records)
    counts[.tombstones].add(batch.tombstones)
    counts[.retained].add(batch.retained)
    counts[.lostFields].add(batch.lostFields)
  }

  private func commit() {
    var giveUp: Int64?
    do throws(KafkaError) {
      try consumer.commit {
        run.health.beat()
        guard run.stop.isSet else { return false }
        let now = monotonicNanoseconds()
        giveUp = giveUp ?? now + Self.patience
        return now > giveUp ?? now
      }
      if let time = commitOutage.end() {
        run.log.info("the offsets are committed again", ["after": time])
      }
    } catch {
      // The records come again, and the bucket knows them.
      counts[.commitFailures].add()
      commitOutage.begin()
      run.log.warning(
        "the offsets are not committed",
        ["brokers": brokers, "group": options.group, "reason": error.text]
      )
    }
  }

  /// Deletes old points now and then, a portion at a time.
  private func expire() throws {
    let now = monotonicNanoseconds()
    guard options.bucket.retention != nil, now >= nextExpiry, !run.stop.isSet else { return }
    do throws(BucketError) {
      let count = try bucket.expire(now: wallNanoseconds())
      counts[.expired].add(count)
      nextExpiry = count > 0 ? now : now + 5_000_000_000
    } catch {
      guard error.isTemporary else { throw error }
      nextExpiry = now + 5_000_000_000
    }
  }
}
