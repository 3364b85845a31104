internal import CRdkafka
internal import System

/// What the brokers say of themselves and of their topics.
public struct KafkaClusterDescription: Equatable, Sendable {
  /// A broker, as it tells clients to reach it.
  public struct Broker: Equatable, Sendable {
    public let number: Int32
    public let host: String
    public let port: Int
  }

  /// A topic that we may know of.
  public struct Topic: Equatable, Sendable {
    public let name: String
    public let partitions: Int
    /// What the broker said of it, such as that we may not read it.
    public let error: KafkaError?
  }

  /// Nil when they do not tell.
  public let id: String?
  public let brokers: [Broker]
  /// Internal topics (`__…`) too.
  public let topics: [Topic]
}

/// Asks the brokers what there is, and reads nothing.
///
/// Belongs to one thread.
public final class KafkaInspector {
  private let client: KafkaClient

  /// Makes a client; it connects in the background.
  ///
  /// - Parameters:
  ///   - properties: librdkafka's, by its own names; `bootstrap.servers` at least.
  ///   - observer: Gets the library's log.
  /// - Throws: `KafkaError` naming the property that was refused.
  public init(
    _ properties: [String: String],
    observer: KafkaObserver = KafkaObserver()
  ) throws(KafkaError) {
    client = try KafkaConfiguration.watching(properties)
      .makeClient(RD_KAFKA_CONSUMER, observer: observer)
  }

  /// Asks once whether a broker answers, and for as little as can be.
  ///
  /// Calls `rd_kafka_metadata`.
  ///
  /// - Parameter milliseconds: The longest wait for the answer.
  /// - Throws: `KafkaError`, with the reason why the connections failed where that is known.
  public func look(milliseconds: Int32) throws(KafkaError) {
    do {
      // Asked for no topic the library asks for all. This one is in every cluster, and is not made by the question.
      let topic = try client.makeTopic("__consumer_offsets")
      defer { rd_kafka_topic_destroy(topic) }
      try client.withMetadata(of: topic, "brokers", milliseconds: milliseconds) { _ in }
      client.context.forgetErrors()
    } catch {
      throw client.reason() ?? error
    }
  }

  /// Asks once; to be asked again as long as patience lasts.
  ///
  /// Calls `rd_kafka_metadata` and `rd_kafka_clusterid`.
  ///
  /// - Parameter milliseconds: The longest wait for each of the two answers.
  /// - Returns: All brokers, and all topics that we may know of.
  /// - Throws: `KafkaError`, with the reason why the connections failed where that is known.
  public func describe(milliseconds: Int32) throws(KafkaError) -> KafkaClusterDescription {
    do {
      let found = try client.withMetadata("brokers", milliseconds: milliseconds) { metadata in
        let id = rd_kafka_clusterid(client.pointer, milliseconds)
        defer { rd_kafka_mem_free(client.pointer, id) }
        return KafkaClusterDescription(
          id: id.map { String(cString: $0) },
          brokers: metadata.brokerList,
          topics: metadata.topicList
        )
      }
      client.context.forgetErrors()
      return found
    } catch {
      throw client.reason() ?? error
    }
  }
}

extension rd_kafka_metadata {
  fileprivate var brokerList: [KafkaClusterDescription.Broker] {
    UnsafeBufferPointer(start: brokers, count: Int(broker_cnt)).map {
      .init(number: $0.id, host: $0.host.map { String(cString: $0) } ?? "", port: Int($0.port))
    }
  }

  var topicList: [KafkaClusterDescription.Topic] {
    UnsafeBufferPointer(start: topics, count: Int(topic_cnt)).map {
      let error = KafkaErrorCode($0.err)
      return .init(
        name: $0.topic.map { String(cString: $0) } ?? "",
        partitions: Int($0.partition_cnt),
        error: error == .none ? nil : KafkaError(code: error)
      )
    }
  }
}
