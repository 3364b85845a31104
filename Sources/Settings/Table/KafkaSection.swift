internal import Arguments
internal import Model

/// The Kafka brokers and what is read from them.
public struct KafkaSection: SettingsSection {
  public static let title = "Kafka"
  public static let commands = CommandSet.feeds

  public let brokers = Setting(
    "kafka.brokers",
    .list(.text),
    .flag("kafka", value: "host:port"),
    for: .kafka,
    help: "The brokers to ask first."
  )
  public let topicPrefix = Setting(
    "kafka.topicPrefix",
    .one(.text, default: Convention.enrichedPrefix),
    .flag("kafka-prefix", value: "prefix"),
    help: "Enriched topics are those that begin so."
  )
  public let topicNames = Setting(
    "kafka.topics",
    .list(.text),
    .flag("kafka-topic", value: "name"),
    help: "Enriched topics by name, instead of the prefix."
  )
  public let topicPattern = Setting(
    "kafka.topicPattern",
    .optional(.text),
    .flag("kafka-pattern", value: "regex"),
    help: "Enriched topics by a regular expression, instead of the prefix."
  )
  public let readsRaw = Setting(
    "kafka.raw",
    .optional(.flag),
    .flag("raw", isNegatable: true),
    defaultText: "only without MQTT, or with --raw-topic",
    help: "Read the raw topic as well, which shows the bridge."
  )
  /// The topic that the sink's group reads, whether we read it or not.
  public let rawTopicName = Setting(
    "kafka.rawTopic",
    .one(.text, default: Convention.rawTopic),
    .flag("raw-topic", value: "name"),
    for: [.feeds, .sink],
    help: "The raw topic."
  )
  public let sinkGroup = Setting(
    "kafka.sinkGroup",
    .optional(.text),
    .flag("sink-group", value: "group"),
    help: "The consumer group of the sink, to show how far it is behind."
  )
  public let history = Setting(
    "kafka.history",
    .one(.duration(.zero ... .seconds(86_400)), default: .seconds(3600)),
    .flag("history", value: "time"),
    help: "How far back enriched records are read at the start."
  )
  public let historyRecords = Setting(
    "kafka.historyRecords",
    .one(.integer(0...10_000_000), default: 10_000),
    help: "Records of each partition, where there is no going back by time."
  )
  public let property = Setting(
    nil,
    .list(.text, takes: .repeated),
    .flag("kafka-property", letter: "X", value: "name=value", hasVariable: false),
    for: .kafka,
    help: "Any property of librdkafka that is no secret."
  )
  public let propertiesFile = Setting(
    "kafka.propertiesFile",
    .optional(.path),
    .flag("kafka-properties", value: "file"),
    for: .kafka,
    help: "A file of name=value lines, properties of librdkafka."
  )
  public let password = Setting(
    "kafka.password",
    .optional(.text),
    .secret("EGTOP_KAFKA_PASSWORD"),
    for: .kafka,
    help: "sasl.password; only in the environment or in a private file."
  )
  public let passwordFile = Setting(
    "kafka.passwordFile",
    .optional(.path),
    .flag("kafka-password-file", value: "file"),
    for: .kafka,
    help: "A file whose first line is sasl.password; else set EGTOP_KAFKA_PASSWORD."
  )
}

extension KafkaSection {
  /// The only path whose value is a mapping with names that are not ours: librdkafka's properties.
  static let propertiesPath = "kafka.properties"
}
