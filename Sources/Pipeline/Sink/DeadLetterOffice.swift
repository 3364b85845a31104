internal import Kafka
internal import System

/// Delivers records that can never be written to the dead-letter topic.
final class DeadLetterOffice {
  private let topic: String
  private let connector: String
  private let counts: SinkCounts
  private let log: Log
  private let outbox: KafkaOutbox

  /// Nil if there is no such topic.
  init?(_ stage: SinkStage, stop: StopSignal, log: Log) throws(KafkaError) {
    let options = stage.options
    guard let topic = options.deadLetterTopic else { return nil }
    self.topic = topic
    self.log = log
    counts = stage.counts
    connector = options.group
    outbox = try KafkaOutbox(
      options.properties,
      // A dead letter has more headers than the record that it was.
      standard: ["message.max.bytes": "2000000"],
      warning: "Kafka acknowledges nothing: the sink waits",
      patience: 3_000_000_000,
      stop: stop,
      log: log,
    )
  }

  /// Waits until Kafka has all of the letters.
  ///
  /// - Returns: Whether it has; false if the program is to end before.
  /// - Throws: `KafkaError` when the producer cannot go on.
  func deliver(_ letters: [DeadLetter]) throws(KafkaError) -> Bool {
    guard let last = letters.last else { return true }
    let lost = try outbox.deliver(letters.count, to: topic, retries: counts.retries) {
      (index, producer) throws(KafkaError) in
      let letter = letters[index]
      try producer.send(
        to: topic,
        key: letter.key,
        value: letter.value,
        milliseconds: letter.milliseconds,
        headers: letter.allHeaders(connector: connector),
      )
    }
    guard let lost else { return false }
    counts.deadLetters.add(letters.count)
    counts.lostDeadLetters.add(lost)
    log.warning(
      "records that are no samples",
      ["count": "\(letters.count)", "topic": last.topic, "reason": last.reason.description]
    )
    return true
  }
}
