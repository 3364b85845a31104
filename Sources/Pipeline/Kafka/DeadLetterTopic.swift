internal import Kafka
internal import System

/// Sees to it that there is a topic of dead letters before one is needed, and tells once how it stands.
final class DeadLetterTopic {
  let name: String
  private let properties: [String: String]
  private let log: Log
  /// What the log says where there is none and none can be made.
  private let lack: StaticString
  /// Nil when it is known whether there is a topic.
  private var maker: KafkaTopicMaker?

  init(
    _ name: String,
    _ properties: [String: String],
    lack: StaticString,
    _ log: Log
  ) throws(KafkaError) {
    (self.name, self.properties, self.lack, self.log) = (name, properties, lack, log)
    try lookAgain()
  }

  /// What was found out is in doubt.
  func lookAgain() throws(KafkaError) {
    guard maker == nil else { return }
    maker = try KafkaTopicMaker(name, properties, observer: KafkaObserver(log))
  }

  /// Has the topic made as soon as brokers can be reached, without waiting for them; to be called now and then.
  func lookAfter() {
    guard let maker else { return }
    do throws(KafkaError) {
      guard let outcome = try maker.outcome() else { return }
      if outcome == .made { log.info("made the topic of dead letters", ["topic": name]) }
    } catch {
      log.error(lack, ["topic": name, "reason": error.text])
    }
    self.maker = nil
  }
}
