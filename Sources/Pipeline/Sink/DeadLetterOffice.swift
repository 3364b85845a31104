internal import Buckets
internal import Kafka
internal import System

/// Sees to it that no record which can never be written is lost: its topic has it, or else the bucket.
final class DeadLetterOffice {
  private let stage: SinkStage
  private let outbox: KafkaOutbox
  private let bucket: any Bucket
  private let letterTopic: DeadLetterTopic
  /// What Kafka had taken when it last did not take a letter, and when it is tried again; nil while it takes all.
  private var away: (delivered: Int, nextTry: Int64)?
  /// Why.
  private var reason = ""

  private var topic: String { letterTopic.name }
  private var counts: Counts<SinkCount> { stage.counts }
  private var log: Log { outbox.run.log }

  /// What became of letters that were offered to Kafka.
  private enum Outcome {
    case delivered
    /// Kafka does not take some of them as they are, by themselves or at once.
    case refused
    /// Patience is at its end.
    case undelivered
    /// The program is to end.
    case interrupted
  }

  init(_ stage: SinkStage, _ run: StageRun, _ bucket: any Bucket) throws {
    self.stage = stage
    self.bucket = bucket
    let options = stage.options
    var properties = options.properties
    // The library gives a letter up by itself.
    properties["message.timeout.ms"] = "\(options.letterPatience)"
    outbox = try KafkaOutbox(
      properties,
      // A dead letter has more headers than the record that it was, and its topic may be made late.
      standard: [
        "message.max.bytes": "2000000", "topic.metadata.refresh.interval.ms": "10000",
      ],
      warning: "Kafka acknowledges nothing: the sink waits",
      patience: 3_000_000_000,
      run,
    )
    letterTopic = try DeadLetterTopic(
      options.deadLetterTopic,
      options.properties,
      lack:
        "there is no topic of dead letters and none can be made: make it, else the bucket keeps them",
      run.log
    )
  }

  /// To be called now and then: see ``DeadLetterTopic``.
  func lookAfterTopic() { letterTopic.lookAfter() }

  /// Waits until Kafka or the bucket has all of the letters.
  ///
  /// - Returns: Whether they are safe; false if the program is to end before.
  /// - Throws: `KafkaError` when the producer cannot go on, `BucketError` when the bucket cannot.
  func deliver(_ letters: [DeadLetter]) throws -> Bool {
    guard let last = letters.last else { return true }
    log.warning(
      "records that are no samples",
      ["count": "\(letters.count)", "topic": last.topic, "reason": last.reason.description]
    )
    guard try !isAway(trying: last) else { return try keep(letters[...]) }
    switch try offer(letters[...]) {
    case .delivered: return true
    case .refused: return try deliverEach(letters)
    case .undelivered: return try giveUp(letters[...])
    case .interrupted: return false
    }
  }

  /// One after the other: a batch may be too large where each of its letters is not, and one that is too large by
  /// itself is cut.
  private func deliverEach(_ letters: [DeadLetter]) throws -> Bool {
    for (index, letter) in letters.enumerated() {
      var letter = letter
      var outcome = try offer([letter])
      while outcome == .refused, letter.cut() { outcome = try offer([letter]) }
      switch outcome {
      case .delivered: break
      case .refused: guard try keep(letters[index...index]) else { return false }
      case .undelivered: return try giveUp(letters[index...])
      case .interrupted: return false
      }
    }
    return true
  }

  /// Sends letters to the topic, and waits for the answer as long as patience lasts.
  private func offer(_ letters: ArraySlice<DeadLetter>) throws(KafkaError) -> Outcome {
    let (refused, undelivered) = (outbox.refused, outbox.undelivered)
    var isRefused = false
    for letter in letters {
      do throws(KafkaError) {
        let refusal = try outbox.send { producer throws(KafkaError) in
          try send(letter, by: producer)
        }
        if refusal != nil { isRefused = true }
      } catch {
        if error.code == .queueFull { return .interrupted }
        guard !error.isFatal else { throw error }
        // The library knows already that there is no such topic.
        reason = error.text
        return .undelivered
      }
    }
    guard try outbox.waitForDelivery() else { return .interrupted }
    if outbox.undelivered > undelivered {
      reason = outbox.deliveryError?.text ?? "no answer"
      return .undelivered
    }
    if isRefused || outbox.refused > refused { return .refused }
    counts[.deadLetters].add(letters.count)
    return .delivered
  }

  private func send(_ letter: DeadLetter, by producer: KafkaProducer) throws(KafkaError) {
    try producer.send(
      to: topic,
      key: letter.key,
      value: letter.value,
      milliseconds: letter.milliseconds ?? 0,
      headers: letter.allHeaders(connector: stage.options.group),
    )
  }

  // MARK: - While Kafka takes none

  /// Whether Kafka still takes no letters; now and then it is offered one that the bucket gets as well, without
  /// waiting.
  private func isAway(trying letter: DeadLetter) throws(KafkaError) -> Bool {
    outbox.serve()
    guard let away else { return false }
    if outbox.delivered > away.delivered {
      log.info("Kafka takes dead letters again", ["topic": topic])
      self.away = nil
      return false
    }
    let now = monotonicNanoseconds()
    if now >= away.nextTry {
      self.away?.nextTry = now + pause
      // Whether it arrives is seen at the next letter.
      outbox.tryOnce { producer throws(KafkaError) in try send(letter, by: producer) }
    }
    return true
  }

  /// Nanoseconds from one try to the next.
  private var pause: Int64 { Int64(stage.options.letterPatience) * 1_000_000 }

  private func giveUp(_ letters: ArraySlice<DeadLetter>) throws -> Bool {
    counts[.retries].add()
    away = (outbox.delivered, monotonicNanoseconds() + pause)
    log.error(
      "Kafka takes no dead letters: the bucket keeps them until it does",
      ["topic": topic, "bucket": bucket.options.name, "reason": reason]
    )
    try letterTopic.lookAgain()
    return try keep(letters)
  }

  /// Puts letters into the bucket.
  private func keep(_ letters: ArraySlice<DeadLetter>) throws -> Bool {
    let kept = letters.map(\.kept)
    let warning: StaticString = "the bucket takes nothing: the dead letters wait"
    let isKept = try outbox.run.insist(.rawBucket, counts[.retries], warning) {
      try bucket.keep(kept)
    }
    guard isKept else { return false }
    counts[.keptDeadLetters].add(kept.count)
    return true
  }
}
