import Arguments
import Model
import Settings

extension Settings {
  /// The settings of a dashboard on the demo's brokers, with the screen and the log that the operator set.
  func onDemoBrokers(mqttPort: Int, kafka: String) throws(SettingsError) -> Settings {
    // No file: what an operator has set for real brokers is not for these.
    var sources = try EffectiveSettings(ParsedArguments(path: []), environment: [:])
    sources.setDefault(\.mqtt.url, "mqtt://127.0.0.1:\(mqttPort)")
    sources.setDefault(\.kafka.brokers, [kafka])
    sources.setDefault(\.kafka.readsRaw, true)
    sources.setDefault(\.kafka.sinkGroup, Convention.sinkGroup)
    sources.setDefault(\.fleet.taskWindow, .seconds(DemoPlan.window))
    sources.setDefault(\.fleet.criticalTime, .seconds(120))
    sources.setDefault(\.fleet.interval, .seconds(2))
    var settings = self
    let brokers = try sources.settings(feeds: .required)
    settings.mqtt = brokers.mqtt
    settings.kafka = brokers.kafka
    settings.fleet = brokers.fleet
    settings.configurationFile = nil
    settings.context = nil
    return settings
  }
}
