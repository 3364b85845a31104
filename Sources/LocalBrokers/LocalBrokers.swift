public import Kafka
internal import System

/// A mosquitto and Kafka brokers of our own on 127.0.0.1, for the demo and the tests.
///
/// They and their files end with this object.
public final class LocalBrokers {
  public let mosquitto: LocalMosquitto
  public let kafka: LocalKafkaCluster
  /// The folder that is ours to remove.
  private let temporary: String?

  /// Starts both.
  ///
  /// - Parameters:
  ///   - directory: An existing folder for their files; nil for a temporary one.
  ///   - topics: Topics to make in Kafka, with the number of their partitions.
  ///   - kafkaBrokers: How many Kafka brokers there are.
  /// - Throws: `LocalMosquitto.Failure`, `KafkaError`, or `SystemError` when there is no room for files.
  public init(
    directory: String? = nil,
    topics: [(name: String, partitions: Int)] = [],
    kafkaBrokers: Int = 1,
  ) throws {
    let folder = try directory ?? makeTemporaryDirectory(prefix: "egtop-brokers")
    temporary = directory == nil ? folder : nil
    do {
      mosquitto = try LocalMosquitto.start(directory: folder)
      kafka = try LocalKafkaCluster(brokers: kafkaBrokers)
      for topic in topics { try kafka.createTopic(topic.name, partitions: topic.partitions) }
    } catch {
      if let temporary { removeFlatDirectory(temporary) }
      throw error
    }
  }

  deinit {
    stop()
  }

  /// Ends the mosquitto and removes its files; the Kafka brokers end with the last reference to them.
  public func stop() {
    mosquitto.stop()
    if let temporary { removeFlatDirectory(temporary) }
  }
}
