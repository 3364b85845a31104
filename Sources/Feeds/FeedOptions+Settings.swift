import Decoding
import MQTT
public import Settings

extension MQTTFeed.Options {
  /// A subscription as the settings want it.
  public init(_ settings: MQTTSettings) {
    self.init(
      connection: MQTTOptions(watching: settings),
      rawFilters: settings.topics.map { TopicFilter($0) },
      presence: settings.presence.map(PresenceRule.init),
      qos: settings.qos
    )
  }
}

extension KafkaFeed.Options {
  /// A reading of the enriched topics, and of the raw one where the settings ask for it.
  public init(_ settings: KafkaSettings, isRawFeed: Bool, rawFilters: [String]?) {
    let enriched: KafkaFeed.Topics =
      switch settings.topics {
      case .prefix(let prefix): .prefix(prefix)
      case .names(let names): .names(names)
      case .pattern(let pattern): .pattern(pattern)
      }
    self.init(
      properties: settings.clientProperties,
      enriched: enriched,
      rawTopic: settings.rawTopic,
      isRawFeed: isRawFeed,
      historySeconds: settings.history.components.seconds,
      historyRecords: Int64(settings.historyRecords)
    )
    if let rawFilters { self.rawFilters = rawFilters }
  }
}

extension PresenceRule {
  fileprivate init(_ settings: PresenceSettings) {
    self.init(
      filter: TopicFilter(settings.filter, identifierLevel: settings.idLevel),
      alive: settings.aliveTexts,
      dead: settings.deadTexts,
      disconnected: settings.cleanTexts,
      jsonKey: settings.jsonKey
    )
  }
}
