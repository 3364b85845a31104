internal import Kafka
internal import System

/// Delivers records that can never be written to the dead-letter topic.
final class DeadLetterOffice {
  private let stage: SinkStage
  private let outbox: KafkaOutbox

  init(_ stage: SinkStage, _ run: StageRun) throws(KafkaError) {
    self.stage = stage
    outbox = try KafkaOutbox(
      stage.options.properties,
      // A dead letter has more headers than the record that it was.
      standard: ["message.max.bytes": "2000000"],
      warning: "Kafka acknowledges nothing: the sink waits",
      patience: 3_000_000_000,
      run,
    )
  }

  /// Waits until Kafka has all of the letters.
  ///
  /// - Returns: Whether it has; false if the program is to end before.
  /// - Throws: `KafkaError` when the producer cannot go on.
  func deliver(_ letters: [DeadLetter]) throws(KafkaError) -> Bool {
    guard let last = letters.last else { return true }
    let (topic, counts) = (stage.options.deadLetterTopic, stage.counts)
    let lost = try outbox.deliver(letters.count, to: topic, retries: counts[.retries]) {
      (index, producer) throws(KafkaError) in
      let letter = letters[index]
      try producer.send(
        to: topic,
        key: letter.key,
        value: letter.value,
        milliseconds: letter.milliseconds,
        headers: letter.allHeaders(connector: stage.options.group),
      )
    }
    guard let lost else { return false }
    counts[.deadLetters].add(letters.count)
    counts[.lostDeadLetters].add(lost)
    outbox.run.log.warning(
      "records that are no samples",
      ["count": "\(letters.count)", "topic": last.topic, "reason": last.reason.description]
    )
    return true
  }
}
