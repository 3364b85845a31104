internal import Kafka
internal import System

/// Delivers records that can never be written to the dead-letter topic.
final class DeadLetterOffice {
  private let topic: String
  private let connector: String
  private let counts: SinkCounts
  private let stop: StopSignal
  private let log: Log
  private let producer: KafkaProducer

  /// How long the end of the program waits for Kafka, in nanoseconds.
  private static let patience: Int64 = 3_000_000_000

  /// Nil if there is no such topic.
  init?(_ stage: SinkStage, stop: StopSignal, log: Log) throws(KafkaError) {
    let options = stage.options
    guard let topic = options.deadLetterTopic else { return nil }
    self.topic = topic
    self.stop = stop
    self.log = log
    counts = stage.counts
    connector = options.group
    var properties = options.properties
    // A dead letter has more headers than the record that it was; whatever Kafka is away for, it is not given up.
    properties["message.max.bytes"] = properties["message.max.bytes"] ?? "2000000"
    properties["message.timeout.ms"] = properties["message.timeout.ms"] ?? "0"
    producer = try KafkaProducer(
      properties.forProducer,
      observer: KafkaObserver(log)
    )
  }

  /// Waits until Kafka has all of the letters, sending again what it gave up.
  ///
  /// - Returns: Whether it has; false if the program is to end before.
  /// - Throws: `KafkaError` when the producer cannot go on.
  func deliver(_ letters: [DeadLetter]) throws(KafkaError) -> Bool {
    guard !letters.isEmpty else { return true }
    while true {
      let (refused, undelivered) = (producer.refused, producer.undelivered)
      var lost = 0
      for letter in letters where try !send(letter, &lost) { return false }
      guard try isSettled() else { return false }
      if producer.undelivered == undelivered {
        lost += producer.refused - refused
        counts.deadLetters.add(letters.count)
        counts.lostDeadLetters.add(lost)
        tell(letters, lost: lost)
        return true
      }
      counts.retries.add()
      let reason = producer.deliveryError?.text ?? ""
      log.error("the dead-letter topic takes nothing", ["topic": topic, "reason": reason])
      if stop.wait(nanoseconds: 1_000_000_000) { return false }
    }
  }

  private func tell(_ letters: [DeadLetter], lost: Int) {
    if let last = letters.last {
      log.warning(
        "records that are no samples",
        ["count": "\(letters.count)", "topic": last.topic, "reason": last.reason.description]
      )
    }
    if lost > 0 {
      log.error("dead letters that Kafka does not take", ["count": "\(lost)", "topic": topic])
    }
  }

  /// Queues one; whether the program may go on.
  private func send(_ letter: DeadLetter, _ lost: inout Int) throws(KafkaError) -> Bool {
    while true {
      do throws(KafkaError) {
        try producer.send(
          to: topic,
          key: letter.key,
          value: letter.value,
          milliseconds: letter.milliseconds,
          headers: letter.allHeaders(connector: connector),
        )
        return true
      } catch {
        if error.code.isOfRecord {
          lost += 1
          return true
        }
        guard error.code == .queueFull else { throw error }
        producer.serve(milliseconds: 50)
        if stop.isSet { return false }
      }
    }
  }

  private func isSettled() throws(KafkaError) -> Bool {
    var giveUp: Int64?
    while true {
      do throws(KafkaError) {
        try producer.flush(milliseconds: 100)
        return true
      } catch  where error.code == .timedOut {
        let now = monotonicNanoseconds()
        if stop.isSet, giveUp == nil { giveUp = now + Self.patience }
        if let giveUp, now > giveUp { return false }
      }
    }
  }
}
