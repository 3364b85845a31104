public import Model
public import Settings
public import System

/// The Kafka feed: the enriched topics, and the raw topic if told.
///
/// It joins no group and commits nothing. While a connection is lost the library keeps trying, and the status says why
/// and when next.
public enum KafkaFeed {
  /// What to read, and from where.
  public struct Options: Sendable {
    /// librdkafka's, by its own names; `bootstrap.servers` at least.
    var properties: [String: String]
    var enriched = KafkaSettings.Topics.prefix(Convention.enrichedPrefix)
    /// The topic of raw samples, read from its end; nil to leave it alone.
    var rawTopic: String?
    /// Raw samples come from nowhere else: that there is no such topic is worth a word.
    var isRawFeed = false
    /// Filters of MQTT topics, which find the generator of a raw record whose key is one.
    var rawFilters = [Convention.rawFilter]
    /// What raw records are read by instead; empty for the above and the built-in names.
    var sources: [Source] = []
    /// Enriched records that are read at the start, by age.
    var historySeconds: Int64 = 3600
    /// Enriched records of each partition that are read at the start when none is so young, or the broker
    /// cannot tell.
    var historyRecords: Int64 = 2000
  }

  /// Starts it.
  ///
  /// - Throws: `SystemError` when there is no room for another thread or descriptor.
  public static func start(
    _ options: Options,
    into mailbox: Mailbox,
    log: Log
  ) throws(SystemError) -> Feed {
    try Feed("kafka") {
      KafkaFeedLoop(options: options, mailbox: mailbox, log: log, control: $0).run()
    }
  }
}

extension KafkaFeed.Options {
  /// All topics of raw samples.
  var rawTopics: [String] { [rawTopic].compactMap { $0 } + sources.flatMap(\.kafkaTopics) }

  /// A reading of the enriched topics, and of the raw one where the settings ask for it.
  public init(
    _ settings: KafkaSettings,
    isRawFeed: Bool,
    rawFilters: [String],
    sources: [Source] = []
  ) {
    self.sources = sources
    properties = settings.clientProperties
    enriched = settings.topics
    rawTopic = settings.rawTopic
    self.isRawFeed = isRawFeed
    self.rawFilters = rawFilters
    historySeconds = settings.history.components.seconds
    historyRecords = Int64(settings.historyRecords)
  }
}
