internal import Kafka
internal import System

extension KafkaObserver {
  /// Hands the library's warnings and errors to our own log.
  init(_ log: Log) {
    self.init(log: { line in
      guard line.level <= 4 else { return }
      log.warning("librdkafka", ["facility": line.facility, "text": line.text])
    })
  }
}
