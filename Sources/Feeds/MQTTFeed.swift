public import Decoding
public import MQTT
public import Model
public import Settings
public import System

/// The raw feed, from an MQTT broker.
public enum MQTTFeed {
  /// What to read, and how to understand it.
  public struct Options: Sendable {
    /// The broker and how to log in to it.
    public var connection: MQTTOptions
    /// Filters of raw samples, and which level of their topics names the generator.
    public var rawFilters = [TopicFilter(Convention.rawFilter)]
    /// How generators announce their sessions; nil to look for no such words.
    public var presence: PresenceRule? = .standard
    /// What messages are read by instead of the above; empty for those and the built-in names.
    public var sources: [Source] = []
    /// The highest QoS to be served with, 0 to 2.
    public var qos = 0
  }

  /// Starts it.
  ///
  /// - Throws: `SystemError` when there is no room for another thread or descriptor.
  public static func start(
    _ options: Options,
    into mailbox: Mailbox,
    log: Log
  ) throws(SystemError) -> Feed {
    try Feed("mqtt") { MQTTReader(options, into: mailbox, log: log, control: $0).run() }
  }
}

extension MQTTFeed.Options {
  /// What a fleet as the article has it is read by.
  public init(connection: MQTTOptions) { self.connection = connection }

  /// A subscription as the settings want it.
  public init(_ settings: MQTTSettings, sources: [Source] = []) {
    self.sources = sources
    connection = MQTTOptions(watching: settings)
    rawFilters = settings.topics.map { TopicFilter($0) }
    presence = settings.presence.map { PresenceRule($0, level: settings.presenceLevel) }
    qos = settings.qos
  }

  /// All that is to be heard, in the order of the settings.
  public var filters: [String] {
    sources.isEmpty
      ? rawFilters.map(\.text) + (presence.map { [$0.filter.text] } ?? [])
      : sources.flatMap(\.filters)
  }

  /// What to subscribe to: a filter that another one covers would bring messages twice.
  public var subscriptions: [String] {
    MQTTTopicFilter.withoutCovered(filters.compactMap { MQTTTopicFilter($0) }).map(\.text)
  }
}

extension PresenceRule {
  fileprivate init(_ settings: SectionValues<PresenceSection>, level: Int?) {
    self = .standard
    filter = TopicFilter(settings.filter, identifierLevel: level)
    alive = settings.aliveTexts
    dead = settings.deadTexts
    disconnected = settings.cleanTexts
    jsonKey = settings.jsonKey
  }
}
