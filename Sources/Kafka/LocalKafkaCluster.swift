internal import CRdkafka
internal import System

/// Brokers inside this process, on loopback ports of their own: librdkafka's, for a demo and for tests.
///
/// They keep the newest 5 MiB of each partition, create a topic that is asked for, and answer every question
/// of offsets by time with "none". They end with this object.
public final class LocalKafkaCluster: @unchecked Sendable {  // The library locks.
  private let client: KafkaClient
  let pointer: OpaquePointer
  /// Addresses of all brokers, for `bootstrap.servers`.
  public let bootstrapServers: String

  /// Starts the brokers, numbered from 1.
  ///
  /// Calls `rd_kafka_mock_cluster_new`.
  ///
  /// - Throws: `KafkaError` when no port can be had.
  public init(brokers: Int = 1) throws(KafkaError) {
    client = try KafkaConfiguration().makeClient(RD_KAFKA_PRODUCER, observer: KafkaObserver())
    guard let pointer = rd_kafka_mock_cluster_new(client.pointer, Int32(clamping: brokers)) else {
      throw KafkaError(code: .transport, text: "the local Kafka brokers did not start")
    }
    self.pointer = pointer
    bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(pointer))
  }

  deinit {
    rd_kafka_mock_cluster_destroy(pointer)
  }

  /// Makes a topic with partitions, each on one broker.
  ///
  /// The brokers' thread answers and then empties the pipe that wakes it (librdkafka 2.0.2): what is asked of it at once
  /// after an answer waits for up to a second. A thousand topics took minutes without the pause.
  ///
  /// - Throws: `KafkaError` when there is one already.
  public func createTopic(_ name: String, partitions: Int = 1) throws(KafkaError) {
    try check(
      rd_kafka_mock_topic_create(pointer, name, Int32(clamping: partitions), 1),
      "topic \(name)"
    )
    sleepThread(nanoseconds: 1_000_000)
  }

  /// Has the brokers say that there is no such topic, and make none, as where only somebody else may make topics; or
  /// that it is there.
  public func setTopic(_ name: String, isThere: Bool) {
    let code =
      isThere ? RD_KAFKA_RESP_ERR_NO_ERROR : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART
    rd_kafka_mock_topic_set_error(pointer, name, code)
  }

  /// Closes a broker's connections and refuses new ones, until it is up again.
  public func setBroker(_ number: Int32, isUp: Bool) {
    _ = (isUp ? rd_kafka_mock_broker_set_up : rd_kafka_mock_broker_set_down)(pointer, number)
  }

  /// Answers the next batches that are written with an error, whatever they hold.
  public func refuseBatches(_ count: Int, with code: KafkaErrorCode) {
    let codes = Array(repeating: rd_kafka_resp_err_t(code.rawValue), count: count)
    // The number of the request to write, in Kafka's protocol.
    rd_kafka_mock_push_request_errors_array(pointer, 0, codes.count, codes)
  }

  /// How long a broker waits with each answer.
  public func setBroker(_ number: Int32, delayMilliseconds: Int32) {
    rd_kafka_mock_broker_set_rtt(pointer, number, delayMilliseconds)
  }
}
