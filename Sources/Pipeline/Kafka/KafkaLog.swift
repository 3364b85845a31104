internal import Kafka
internal import System

extension KafkaObserver {
  /// Hands the library's warnings and errors to our own log.
  init(_ log: Log) {
    self.init(log: { line in
      // One set of properties serves producers and consumers alike, and each warns of those of the other.
      guard line.level <= 4, line.facility != "CONFWARN" else { return }
      log.warning("librdkafka", ["facility": line.facility, "text": line.text])
    })
  }
}
