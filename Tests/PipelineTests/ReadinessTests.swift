@testable import Buckets
import Kafka
import LocalBrokers
@testable import MQTT
import SQLite
import System
import TestSupport
import Testing

@testable import Pipeline

/// Whether stages notice that what they need is away, and that it is back; that alone lets no stage stand still.
@Suite(.timeLimit(.minutes(20)))
struct ReadinessTests {
  private func bridge(_ brokers: LocalBrokers) throws -> BridgeStage {
    BridgeStage(
      .init(
        connection: MQTTOptions(
          host: "127.0.0.1",
          port: brokers.mosquitto.port,
          clientID: "bridge-under-test"
        ),
        map: try TopicMap(TopicMap.standardText),
        properties: [
          "bootstrap.servers": brokers.kafka.bootstrapServers, "reconnect.backoff.max.ms": "200",
        ]
      )
    )
  }

  @Test func aBridgeNeedsBothItsBrokers() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 1)])
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    let monitor = Monitor(runner.supervisor, version: "1")
    #expect(holds { monitor.readiness.isGood })
    brokers.mosquitto.kill()
    #expect(holds { monitor.readiness.text.hasPrefix("bridge: mqtt away for ") })
    #expect(monitor.isHealthy)
    try brokers.mosquitto.restart()
    #expect(holds(within: 60) { monitor.readiness.isGood })
    brokers.kafka.setBroker(1, isUp: false)
    #expect(holds(within: 60) { monitor.readiness.text.hasPrefix("bridge: kafka away for ") })
    #expect(monitor.isHealthy)
    brokers.kafka.setBroker(1, isUp: true)
    #expect(holds(within: 60) { monitor.readiness.isGood })
    #expect(runner.stop())
  }

  @Test func aBridgeWhoseMessagesWaitForKafkaIsHealthy() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 1)])
    let stage = try bridge(brokers)
    let runner = try StageRunner(stage)
    let monitor = Monitor(runner.supervisor, version: "1", standstill: 5_000_000_000)
    try #require(holds { figure("connects", of: stage) == 1 && monitor.readiness.isGood })
    brokers.kafka.setBroker(1, isUp: false)
    let sender = try Sender(port: brokers.mosquitto.port)
    try sender.send("{\"fuel\": 1}", to: "emergency_generator/generator1", qos: 1)
    try #require(holds { figure("received", of: stage) ?? 0 > 0 })
    var wasHealthy = true
    #expect(
      holds(within: 60) {
        wasHealthy = wasHealthy && monitor.isHealthy
        return monitor.readiness.text.contains("bridge: kafka away for ")
      }
    )
    #expect(wasHealthy)
    #expect(figure("delivery", of: stage) == 0)
    brokers.kafka.setBroker(1, isUp: true)
    // It may have left the broker meanwhile, and get the message again.
    #expect(holds(within: 60) { figure("delivery", of: stage) ?? 0 > 0 })
    #expect(runner.stop())
  }

  @Test func aSinkNeedsKafkaAndItsBucket() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1)])
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      let monitor = Monitor(runner.supervisor, version: "1")
      #expect(holds { monitor.readiness.isGood })
      let other = try SQLiteConnection("\(folder)/kafka.db")
      try other.execute("BEGIN IMMEDIATE")
      try kafka.send([sample("g1", fuel: 7)])
      #expect(holds(within: 60) { monitor.readiness.text.hasPrefix("sink: raw_bucket away for ") })
      try other.execute("ROLLBACK")
      #expect(holds { monitor.readiness.isGood && figure("written", of: sink) == 1 })
      #expect(figure("write", of: sink) == 1)
      let newest = sink.figures.first { $0.name == "newest sample" }
      #expect(newest?.value == .number(1))
      #expect(runner.stop())
    }
  }

  @Test func aTaskAndASourceTellHowFarTheyAre() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1), ("EGout", 1)])
      try kafka.send([sample("g1", fuel: 7)])
      let sink = kafka.sink(folder)
      let output = BucketOptions(folder: folder, name: "out", durability: .system)
      let task = TaskStage(
        .init(raw: sink.options.bucket, output: output, every: 100_000_000)
      )
      let source = SourceStage(
        .init(properties: kafka.properties, bucket: output, poll: 10_000_000)
      )
      let runner = try StageRunner(sink, task, source)
      let monitor = Monitor(runner.supervisor, version: "1")
      #expect(holds(within: 60) { figure("published", of: source) == 1 })
      #expect(holds { monitor.readiness.isGood })
      let page = try PrometheusPage(monitor.metrics)
      #expect(page.value("egpipe_source_newest_row_timestamp_seconds") == 1)
      #expect(page.value("egpipe_source_delivery_seconds_count") == 1)
      #expect(page.value("egpipe_task_run_seconds_count") ?? 0 > 0)
      let end = try #require(page.value("egpipe_task_window_end_timestamp_seconds"))
      #expect(end > 1 && end <= Double(wallNanoseconds()) / 1e9)
      #expect(runner.stop())
    }
  }
}
