internal import Kafka
internal import System
internal import Wording

/// What goes to Kafka from one thread of a stage, until Kafka has it.
///
/// However long Kafka is away no record is given up, but when the program is to end it is waited for no longer than
/// patience lasts. A broker refuses a batch as a whole: then each record of it is sent alone, and only one that is refused
/// alone is refused. What comes later waits meanwhile, so that the order stays.
final class KafkaOutbox {
  private var producer: KafkaProducer
  /// Whether the producer sends each record alone, since a batch of them was refused.
  private var isAlone = false
  private let properties: [String: String]
  /// Bytes in a batch at most: less each time that one was too large though its records are not.
  private var batchSize: Int
  /// How many records were refused together.
  private var refusedTogether = 0
  /// What was counted by the producers before this one.
  private var past = (delivered: 0, undelivered: 0, refused: 0)
  /// What the log says once when Kafka does not answer for a while.
  private let warning: StaticString
  private let patience: Int64
  let run: StageRun
  /// When patience ends, from when the program was seen to end.
  private var giveUp: Int64?
  /// Told of Kafka that it acknowledges nothing, since then.
  private var silence: (begin: Int64, delivered: Int)?

  /// Whether Kafka is there.
  private let watch: KafkaWatch?
  /// Whether it acknowledges what waits for it.
  private var progress = DeliveryProgress()
  /// Whether a record waits for as long as it takes; else that one does is no sign that Kafka is away.
  private let givesNothingUp: Bool

  private static let second: Int64 = 1_000_000_000

  /// - Parameters:
  ///   - properties: Of librdkafka.
  ///   - standard: Those that hold where `properties` say nothing.
  ///   - warning: What the log says once when Kafka does not answer for a while.
  ///   - patience: Nanoseconds that the end of the program waits for Kafka.
  ///   - run: Tells when it is to end, and gets the library's warnings and what is told once.
  /// - Throws: `KafkaError` naming the property that was refused, `SystemError` for lack of descriptors or threads.
  init(
    _ properties: [String: String],
    standard: [String: String] = [:],
    warning: StaticString,
    patience: Int64,
    _ run: StageRun,
  ) throws {
    var all = standard
    all["message.timeout.ms"] = "0"
    // A producer would warn of those that only a consumer has.
    for (name, value) in properties where !consumerProperties.contains(name) { all[name] = value }
    self.properties = all
    batchSize = all["batch.size"].flatMap { Int($0) } ?? 1_000_000
    producer = try Self.producer(all, batchSize: batchSize, run.log)
    self.warning = warning
    self.patience = patience
    self.run = run
    givesNothingUp = all["message.timeout.ms"] == "0"
    watch = try run.health.has(.kafka) ? KafkaWatch(properties, run.health) : nil
  }

  deinit {
    watch?.end()
  }

  /// Records that Kafka has.
  var delivered: Int { past.delivered + producer.delivered }
  /// Records that were given up, though they could be written.
  var undelivered: Int { past.undelivered + producer.undelivered }
  /// Records that Kafka takes from nobody, such as too large ones.
  var refused: Int { past.refused + producer.refused }
  /// Why the last record that was given up or refused was.
  private(set) var deliveryError: KafkaError?
  /// Gets each record that was queued and that Kafka takes from nobody, on the thread that waits for it.
  var onRefused: (KafkaFailedRecord) throws(KafkaError) -> Void = { _ in }

  /// Counts what has arrived, without waiting.
  func serve() {
    producer.serve()
    lookAround()
  }

  /// Tells that this thread still goes round, and whether Kafka still takes what it is given.
  private func lookAround() {
    run.health.beat()
    guard let watch, givesNothingUp else { return }
    let settled = delivered + undelivered + refused
    let now = monotonicNanoseconds()
    watch.setOverdue(progress.isOverdue(waiting: producer.waiting, settled: settled, now: now))
  }

  /// Queues one record, waiting while the queue is full.
  ///
  /// - Parameter offer: Hands the record to the producer, as often as it takes.
  /// - Returns: Why Kafka takes the record from nobody; nil if it is queued.
  /// - Throws: `.queueFull` when patience has ended, and what keeps the producer from going on.
  func send(_ offer: (KafkaProducer) throws(KafkaError) -> Void) throws(KafkaError) -> KafkaError? {
    while isAlone || producer.hasFailed {
      guard try isDelivered(milliseconds: 10) || !isPatienceOver else {
        throw KafkaError(code: .queueFull)
      }
    }
    while true {
      do throws(KafkaError) {
        try offer(producer)
        return nil
      } catch {
        if error.code.isOfRecord { return error }
        if error.isFatal {
          // Others have failed: those go first.
          try sendFailedAgain()
          guard isAlone else { throw error }
          return try send(offer)
        }
        guard error.code == .queueFull, !isPatienceOver else { throw error }
        producer.serve(milliseconds: 10)
        lookAround()
      }
    }
  }

  /// Offers one record without waiting, if nothing else is under way; `delivered` tells whether it arrived.
  func tryOnce(_ offer: (KafkaProducer) throws(KafkaError) -> Void) {
    guard producer.waiting == 0, !isAlone else { return }
    if producer.hasFailed { try? sendFailedAgain() }
    try? offer(producer)
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
      let (refused, undelivered) = (self.refused, self.undelivered)
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
      if self.undelivered == undelivered {
        lost += self.refused - refused
        if lost > 0 {
          let reason = deliveryError?.text ?? "too large"
          run.log.error(
            "records that Kafka does not take",
            ["count": "\(lost)", "topic": topic, "reason": reason]
          )
        }
        return lost
      }
      retries.add()
      noteSilence(since: monotonicNanoseconds())
      let reason = deliveryError?.text ?? ""
      run.log.error(
        "Kafka takes nothing",
        ["brokers": brokers, "topic": topic, "reason": reason]
      )
      if run.rest(nanoseconds: Self.second) { return nil }
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
        noteSilence(since: start)
        run.log.warning(warning, ["brokers": brokers, "reason": reasonOfSilence])
      }
      if waited > limit || isPatienceOver { return false }
    }
    return true
  }

  /// For people.
  private var brokers: String { properties["bootstrap.servers"] ?? "" }

  private var reasonOfSilence: String {
    if let error = producer.takeConnectionError() { return error.text }
    guard let topic = producer.missingTopic(milliseconds: 500) else { return "no answer" }
    return "there is no topic \(topic), and brokers have not made it by themselves: make it"
  }

  private func noteSilence(since begin: Int64) { silence = silence ?? (begin, delivered) }

  /// Tells that Kafka acknowledges again, if it does and did not.
  private func tellEndOfSilence() {
    guard let silence, delivered > silence.delivered else { return }
    self.silence = nil
    let seconds = Double(monotonicNanoseconds() - silence.begin) / 1e9
    run.log.info("Kafka acknowledges again", ["after": Figures.about(seconds)])
  }

  /// Whether Kafka has all that was queued, waiting for it a little.
  func isDelivered(milliseconds: Int32) throws(KafkaError) -> Bool {
    defer { lookAround() }
    do throws(KafkaError) {
      try producer.flush(milliseconds: milliseconds)
    } catch {
      guard error.code == .timedOut else { throw error }
      guard !isAlone, producer.hasFailed else { return false }
    }
    if isAlone {
      guard producer.waiting == 0 else { return false }
      try endAlone()
    } else if producer.hasFailed {
      try sendFailedAgain()
    }
    tellEndOfSilence()
    return producer.waiting == 0
  }

  // MARK: - Batches that are refused

  /// One that fails as a whole, so that nothing overtakes a record of it.
  private static func producer(
    _ properties: [String: String],
    batchSize: Int,
    _ log: Log,
  ) throws(KafkaError) -> KafkaProducer {
    var all = properties
    all["batch.size"] = "\(batchSize)"
    // There is no such guarantee without idempotence.
    if all["enable.idempotence"] != "false" { all["enable.gapless.guarantee"] = "true" }
    return try KafkaProducer(all, observer: KafkaObserver(log), keepsFailed: true)
  }

  private func replace(_ next: KafkaProducer) {
    past = (delivered, undelivered, refused)
    producer = next
  }

  /// Goes on with a new producer: with each record alone if a batch was refused.
  private func sendFailedAgain() throws(KafkaError) {
    let failed = producer.takeFailed()
    guard let first = failed.first(where: { $0.code.isOfRecord }) else {
      deliveryError = failed.first?.error ?? deliveryError
      try replace(Self.producer(properties, batchSize: batchSize, run.log))
      past.undelivered += failed.count
      return
    }
    let properties = properties.merging(["batch.num.messages": "1", "linger.ms": "0"]) { $1 }
    try replace(KafkaProducer(properties, observer: KafkaObserver(run.log), keepsFailed: true))
    isAlone = true
    refusedTogether = failed.count { $0.code.isOfRecord }
    run.log.info(
      "Kafka refuses a batch: its records are sent alone",
      ["count": "\(refusedTogether)", "topic": first.topic, "reason": first.code.description]
    )
    for record in failed { try sendAlone(record) }
  }

  private func sendAlone(_ record: KafkaFailedRecord) throws(KafkaError) {
    while true {
      do throws(KafkaError) {
        return try producer.send(
          to: record.topic,
          key: record.key,
          value: record.value,
          partition: record.partition,
          milliseconds: record.milliseconds,
          headers: record.headers,
        )
      } catch {
        guard error.code == .queueFull, !isPatienceOver else { throw error }
        producer.serve(milliseconds: 10)
        lookAround()
      }
    }
  }

  /// All that was sent alone is delivered or has failed: goes on as usual.
  private func endAlone() throws(KafkaError) {
    let failed = producer.takeFailed()
    let refused = failed.filter(\.code.isOfRecord)
    if refused.count < refusedTogether { batchSize = max(1000, batchSize / 2) }
    try replace(Self.producer(properties, batchSize: batchSize, run.log))
    isAlone = false
    deliveryError = failed.last?.error ?? deliveryError
    past.refused += refused.count
    past.undelivered += failed.count - refused.count
    for record in refused { try onRefused(record) }
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
      // What makes a producer useless is an error that we handle.
      guard line.level <= 4, !["CONFWARN", "FATAL"].contains(line.facility) else { return }
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
