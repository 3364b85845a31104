import Kafka
import Testing

@testable import Buckets
@testable import Pipeline

/// A Kafka in this process that a test writes to.
final class RawKafka {
  let cluster: LocalKafkaCluster
  private let producer: KafkaProducer

  init(_ topics: [(name: String, partitions: Int)] = [("emergency_generators", 2)]) throws {
    cluster = try LocalKafkaCluster()
    for topic in topics { try cluster.createTopic(topic.name, partitions: topic.partitions) }
    producer = try KafkaProducer(["bootstrap.servers": cluster.bootstrapServers])
  }

  var servers: String { cluster.bootstrapServers }

  /// Properties with which little is waited for.
  var properties: [String: String] {
    [
      "bootstrap.servers": servers, "fetch.wait.max.ms": "10", "session.timeout.ms": "6000",
      "reconnect.backoff.max.ms": "200",
    ]
  }

  /// Writes records and waits until Kafka has them.
  func send(
    _ values: [String?],
    key: String? = nil,
    milliseconds: Int64 = 1000,
    partition: Int32 = 0,
    headers: [KafkaProducer.Header] = [],
    to topic: String = "emergency_generators",
  ) throws {
    for value in values {
      try producer.send(
        to: topic,
        key: key.map { Array($0.utf8) },
        value: value.map { Array($0.utf8) },
        partition: partition,
        milliseconds: milliseconds,
        headers: headers,
      )
    }
    try producer.flush(milliseconds: 20_000)
  }

  func sink(_ folder: String, batch: Int = 5000, retention: Int64? = nil) -> SinkStage {
    SinkStage(
      .init(
        properties: properties,
        bucket: .init(folder: folder, name: "kafka", retention: retention, durability: .system),
        batch: batch,
      )
    )
  }
}

/// A sample as the article's simulator writes it.
func sample(_ generator: String, fuel: Int) -> String {
  #"{"generatorID": "\#(generator)", "lat": 40.68066, "lon": -73.47429, "temperature": 186, "#
    + #""power": 186, "load": 2, "fuel": \#(fuel)}"#
}
