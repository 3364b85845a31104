internal import Arguments
internal import Model

/// The Kafka brokers and what is read from them.
public final class KafkaSection: SettingsSection {
  public static let title = "Kafka"
  public static let commands = CommandSet.feeds

  public let brokers = Row("kafka.brokers", .list(.text))
    .option("kafka", value: "host:port", for: .kafka)
    .help("The brokers to ask first.")
  public let topicPrefix = Row("kafka.topicPrefix", .text(default: Convention.enrichedPrefix))
    .option("kafka-prefix", value: "prefix")
    .help("Enriched topics are those that begin with this.")
  public let topicNames = Row("kafka.topics", .list(.text))
    .option("kafka-topic", value: "name")
    .help("Enriched topics by name, instead of the prefix.")
  public let topicPattern = Row("kafka.topicPattern", .optional(.text))
    .option("kafka-pattern", value: "regex")
    .help("Enriched topics by a regular expression, instead of the prefix.")
  public let readsRaw = Row("kafka.raw", .optional(.flag))
    .option("raw", isNegatable: true)
    .byDefault("only without MQTT, or with --raw-topic")
    .help("Read the raw topic as well, which shows the bridge.")
  /// The topic that the sink's group reads, whether we read it or not.
  public let rawTopicName = Row("kafka.rawTopic", .text(default: Convention.rawTopic))
    .option("raw-topic", value: "name", for: [.feeds, .sink])
    .help("The raw topic.")
  public let sinkGroups = Row("kafka.sinkGroup", .list(.text))
    .option("sink-group", value: "group")
    .byDefault("groups connect-... that read the raw topic")
    .help("The consumer groups of the sink, to show how far they are behind.")
  public let history = Row("kafka.history", .time(0...86_400, default: 3600))
    .option("history", value: "time")
    .help("How far back enriched records are read at startup.")
  public let historyRecords = Row("kafka.historyRecords", .integer(0...10_000_000, default: 10_000))
    .help("Records to read of each partition where going back by time is not possible.")
  public let property = Row(nil, .list(.text, takes: .repeated))
    .option("kafka-property", letter: "X", value: "name=value", hasVariable: false, for: .kafka)
    .help("Any property of librdkafka that is not a secret.")
  public let propertiesFile = Row("kafka.propertiesFile", .optional(.path))
    .option("kafka-properties", value: "file", for: .kafka)
    .help("A file of name=value lines, properties of librdkafka.")
  public let password = Row("kafka.password", .optional(.text))
    .secret("EGTOP_KAFKA_PASSWORD", for: .kafka)
    .help("sasl.password; only in the environment or in a private file.")
  public let passwordFile = Row("kafka.passwordFile", .optional(.path))
    .option("kafka-password-file", value: "file", for: .kafka)
    .help("A file whose first line is sasl.password; else set EGTOP_KAFKA_PASSWORD.")
}

extension KafkaSection {
  /// The only path whose value is a mapping with names that are not ours: librdkafka's properties.
  static let propertiesPath = "kafka.properties"
}
