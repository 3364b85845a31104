import Arguments
import Model
import Settings

/// What is the same in every demo.
enum DemoPlan {
  /// Seconds between two runs of the task; a minute in earnest.
  static let window = 5
  /// Times as fast as in earnest that the fleet burns its fuel: a full tank lasts some ten minutes at full load.
  static let pace = 10.0
  static let enrichedTopic = Convention.enrichedPrefix + Convention.enrichedBucket
}

extension Settings {
  /// The settings of a dashboard on the demo's brokers, with the screen and the log that the operator set.
  func onDemoBrokers(mqttPort: Int, kafka: String) throws(SettingsError) -> Settings {
    // No file: what an operator has set for real brokers is not for these.
    var sources = try EffectiveSettings(ParsedArguments(path: []), environment: [:])
    sources.setDefault(\.mqtt.url, "mqtt://127.0.0.1:\(mqttPort)")
    sources.setDefault(\.kafka.brokers, [kafka])
    sources.setDefault(\.kafka.readsRaw, true)
    sources.setDefault(\.kafka.sinkGroups, [Convention.sinkGroup])
    sources.setDefault(\.fleet.taskWindow, .seconds(DemoPlan.window))
    sources.setDefault(\.fleet.criticalTime, .seconds(120))
    sources.setDefault(\.fleet.drySoon, .seconds(600))
    sources.setDefault(\.fleet.interval, .seconds(2))
    var settings = self
    let brokers = try sources.settings(feeds: .required)
    settings.mqtt = brokers.mqtt
    settings.kafka = brokers.kafka
    settings.fleet = brokers.fleet
    settings.context = nil
    return settings
  }
}
