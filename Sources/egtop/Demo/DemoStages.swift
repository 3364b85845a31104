import Buckets
import Kafka
import LocalBrokers
import MQTT
import Model
import Pipeline
import Settings
import Simulator
import System

/// The simulator and the four stages of the pipeline on brokers of our own.
final class DemoStages: Sendable {
  let sink: SinkStage
  let task: TaskStage
  let source: SourceStage
  private let simulator: SimulateStage
  private let bridge: BridgeStage
  private let life: GeneratorLife
  private let past: [HistoricSample]
  private let enriched: BucketOptions

  /// Everything that a supervisor has to run, but for the source, which is there before.
  var all: [any Stage] { [simulator, sink, task, bridge] }

  init(_ settings: Settings, _ brokers: LocalBrokers, folder: String) throws {
    let regions = RegionTable.usDivisions
    var fleetPlan = LifePlan(generatorCount: settings.demo.generators)
    fleetPlan.seed = UInt64(settings.demo.seed)
    fleetPlan.pace = DemoPlan.pace
    fleetPlan.starts = DemoStory.starts
    var life = GeneratorLife(fleetPlan)
    past = life.history(minutes: 60, endingAt: wallNanoseconds())
    self.life = life
    let mqtt = MQTTOptions(host: "127.0.0.1", port: brokers.mosquitto.port)
    var fleet = SimulateOptions(mqtt: mqtt)
    fleet.qos = 1
    fleet.meanInterval = 2
    fleet.meanFaultInterval = 40
    fleet.script = DemoStory.script(regions: regions.regions)
    simulator = SimulateStage(fleet, life: life)
    // librdkafka's own brokers wake nobody who waits for records.
    let properties = [
      "bootstrap.servers": brokers.kafka.bootstrapServers, "fetch.wait.max.ms": "20",
      "session.timeout.ms": "6000",
    ]
    // What an hour brings has room on any disk.
    var raw = BucketOptions(folder: folder, name: Convention.rawBucket)
    raw.retention = 3_600_000_000_000
    raw.durability = .system
    var enriched = raw
    enriched.name = Convention.enrichedBucket
    self.enriched = enriched
    var connection = mqtt
    connection.clientID = Convention.bridgeClient
    connection.keepAliveSeconds = 60
    bridge = BridgeStage(
      .init(
        connection: connection,
        map: try TopicMap(TopicMap.standardText),
        properties: properties
      )
    )
    sink = SinkStage(.init(properties: properties, bucket: raw))
    var window = TaskStage.Options(raw: raw, output: enriched)
    window.every = Int64(DemoPlan.window) * 1_000_000_000
    window.offset = 200_000_000
    window.region.table = regions
    window.region.standard = "unknown"
    task = TaskStage(window)
    var reading = SourceStage.Options(properties: properties, bucket: enriched)
    reading.poll = 100_000_000
    source = SourceStage(reading)
  }

  /// Fills the bucket with the last hour of the fleet, so that its history is there from the start.
  func writePast() throws {
    try life.write(past, into: enriched)
  }

  /// Waits until the last hour is in Kafka, but not forever: what comes there once the dashboard has
  /// caught up is no past to it.
  func waitForPast(withinNanoseconds limit: Int64) {
    let deadline = monotonicNanoseconds() + limit
    while source.published < past.count, monotonicNanoseconds() < deadline {
      sleepThread(nanoseconds: 5_000_000)
    }
  }
}
