import Foundation
import Kafka
import LocalBrokers
import System
import TestSupport
import Testing

@testable import MQTT
@testable import Pipeline

/// The article's own simulator on our pipeline.
@Suite(.timeLimit(.minutes(20)))
struct ArticleClientTests {
  private static let program =
    URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Programs/article_client.py").path

  /// An interpreter that has paho-mqtt; nil if there is none.
  private static let python: String? = {
    let candidates = ["/usr/bin/python3", Environment.current().executable("python3")]
    return candidates.compactMap { $0 }.first { path in
      let child = try? ChildProcess.start(path, ["-c", "import paho.mqtt.client"])
      return child?.wait(timeoutNanoseconds: 10_000_000_000) == .code(0)
    }
  }()

  @Test(.enabled(if: python != nil, "python3-paho-mqtt is not installed"))
  func aClientThatNeverWaitsAndNeverPingsIsBridgedUnchanged() throws {
    let kafka = try LocalKafkaCluster()
    try kafka.createTopic("emergency_generators", partitions: 4)
    let port = try freeLoopbackPort()
    let stage = BridgeStage(
      .init(
        connection: MQTTOptions(host: "unused", clientID: "proxy"),
        // As in the article.
        map: try TopicMap("emergency_generators:.*"),
        properties: ["bootstrap.servers": kafka.bootstrapServers],
        presenceTopic: nil,
        listener: MosquittoListener(host: "127.0.0.1", port: port),
      )
    )
    let runner = try StageRunner(stage)
    try #require(holds { figure("connects", of: stage) == 1 })
    // Its subscription is there when a message of ours comes through.
    let sender = try Sender(port: port)
    try #require(
      try holds {
        try sender.send("ready", to: "emergency_generator/nobody", qos: 0)
        return (figure("delivered", of: stage) ?? 0) > 0
      }
    )
    let ids = ["generator1", "generator2", "generator3"]
    let client = try ChildProcess.start(
      try #require(Self.python),
      [Self.program, "\(port)", "20", "0.01"] + ids,
    )
    #expect(client.wait(timeoutNanoseconds: 30_000_000_000) == .code(0))
    let reader = try TopicReader(kafka.bootstrapServers, ["emergency_generators"])
    let isOf = { (record: Record) in record.value?.hasPrefix("{\"generatorID\"") == true }
    #expect(reader.read { $0.count(where: isOf) == 60 })
    for id in ids {
      let records = reader.records.filter { $0.key == "emergency_generator/\(id)" }
      #expect(records.count == 20)
      let tails = records.compactMap { $0.value?.split(separator: "\"fuel\": ").last }
      #expect(tails == (0..<20).map { "\(1000 - $0)}" })
      #expect(records.allSatisfy { $0.value?.hasPrefix("{\"generatorID\": \"\(id)\", ") == true })
    }
    #expect(runner.stop())
  }
}
