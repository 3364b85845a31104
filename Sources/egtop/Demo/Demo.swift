import Dashboard
import Kafka
import LocalBrokers
import MQTT
import Model
import Pipeline
import Settings
import System

/// The whole system on this machine: brokers, a made-up fleet and every stage of the pipeline, in this process but for the
/// mosquitto.
///
/// Nothing of it is left when this object goes or the process ends, however it ends.
final class Demo {
  private let folder: DisposableDirectory
  private let brokers: LocalBrokers
  private let stages: DemoStages
  private let publisher: Supervisor
  private let supervisor: Supervisor
  private let director: DemoDirector

  /// Starts the brokers; `start` starts the rest.
  init(_ settings: Settings, log: Log) throws {
    folder = try DisposableDirectory(prefix: "egtop-demo")
    brokers = try LocalBrokers(
      directory: folder.path,
      topics: [(Convention.rawTopic, 4), (DemoPlan.enrichedTopic, 4)],
    )
    stages = try DemoStages(settings, brokers, folder: folder.path)
    publisher = try Supervisor([stages.source], log: log)
    supervisor = try Supervisor(stages.all, log: log)
    director = try DemoDirector(stages, log: log)
  }

  /// Fills bucket and topic with the fleet's last hour, and starts the stages.
  func start() throws {
    try stages.writePast()
    try publisher.start()
    stages.waitForPast(withinNanoseconds: 10_000_000_000)
    try supervisor.start()
    try director.start()
  }

  /// Ends everything.
  func stop() {
    director.stop()
    publisher.requestStop()
    supervisor.stop(withinNanoseconds: 2_000_000_000)
    publisher.stop(withinNanoseconds: 500_000_000)
    brokers.stop()
  }

  /// The settings of a dashboard on these brokers.
  func settings(_ settings: Settings) throws(SettingsError) -> Settings {
    try settings.onDemoBrokers(
      mqttPort: brokers.mosquitto.port,
      kafka: brokers.kafka.bootstrapServers
    )
  }

  /// What the screen says of it.
  var notes: DemoNotes {
    // Short enough for 80 columns.
    let mqtt = "mosquitto_sub -p \(brokers.mosquitto.port) -v"
    let kafka = "kcat -CqK: -b \(brokers.kafka.bootstrapServers)"
    return DemoNotes(
      label: "a window is \(DemoPlan.window) s",
      commands: [
        .init(shows: "raw samples", text: "\(mqtt) -t '\(Convention.topicPrefix)/+'"),
        .init(shows: "presence", text: "\(mqtt) -t '+/+/status'"),
        .init(shows: "raw topic", text: "\(kafka) -t \(Convention.rawTopic)"),
        .init(shows: "enriched topic", text: "\(kafka) -t \(DemoPlan.enrichedTopic)"),
        .init(shows: "buckets", text: "ls \(folder.path)"),
      ],
    )
  }
}
