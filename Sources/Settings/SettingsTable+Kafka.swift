internal import Arguments

extension SettingsTable {
  static let kafka = [
    Setting(
      "kafka.brokers",
      .text,
      takes: .commaSeparated,
      flag: "kafka",
      value: "host:port",
      for: .feeds,
      section: "Kafka",
      help: "The brokers to ask first."
    ),
    Setting(
      "kafka.topicPrefix",
      .text,
      flag: "kafka-prefix",
      value: "prefix",
      defaults: ["EG"],
      for: .feeds,
      section: "Kafka",
      help: "Enriched topics are those that begin so."
    ),
    Setting(
      "kafka.topics",
      .text,
      takes: .commaSeparated,
      flag: "kafka-topic",
      value: "name",
      for: .feeds,
      section: "Kafka",
      help: "Enriched topics by name, instead of the prefix."
    ),
    Setting(
      "kafka.topicPattern",
      .text,
      flag: "kafka-pattern",
      value: "regex",
      for: .feeds,
      section: "Kafka",
      help: "Enriched topics by a regular expression, instead of the prefix."
    ),
    Setting(
      "kafka.raw",
      .flag,
      flag: "raw",
      isNegatable: true,
      defaultText: "only without MQTT, or with --raw-topic",
      for: .feeds,
      section: "Kafka",
      help: "Read the raw topic as well, which shows the bridge."
    ),
    Setting(
      "kafka.rawTopic",
      .text,
      flag: "raw-topic",
      value: "name",
      defaults: ["emergency_generators"],
      for: .feeds,
      section: "Kafka",
      help: "The raw topic."
    ),
    Setting(
      "kafka.sinkGroup",
      .text,
      flag: "sink-group",
      value: "group",
      for: .feeds,
      section: "Kafka",
      help: "The consumer group of the sink, to show how far it is behind."
    ),
    Setting(
      "kafka.history",
      .duration(.zero ... .seconds(86_400)),
      flag: "history",
      value: "time",
      defaults: ["1h"],
      for: .feeds,
      section: "Kafka",
      help: "How far back enriched records are read at the start."
    ),
    Setting(
      "kafka.historyRecords",
      .integer(0...10_000_000),
      defaults: ["10000"],
      for: .feeds,
      section: "Kafka",
      help: "Records of each partition, where there is no going back by time."
    ),
    Setting(
      nil,
      .text,
      takes: .repeated,
      flag: "kafka-property",
      letter: "X",
      value: "name=value",
      hasEnvironment: false,
      for: .feeds,
      section: "Kafka",
      help: "Any property of librdkafka that is no secret."
    ),
    Setting(
      "kafka.propertiesFile",
      .path,
      flag: "kafka-properties",
      value: "file",
      for: .feeds,
      section: "Kafka",
      help: "A file of name=value lines, properties of librdkafka."
    ),
    Setting(
      "kafka.password",
      .text,
      environment: "EGTOP_KAFKA_PASSWORD",
      isSecret: true,
      for: .feeds,
      section: "Kafka",
      help: "sasl.password; only in the environment or in a private file."
    ),
    Setting(
      "kafka.passwordFile",
      .path,
      flag: "kafka-password-file",
      value: "file",
      for: .feeds,
      section: "Kafka",
      help: "A file whose first line is sasl.password; else set EGTOP_KAFKA_PASSWORD."
    ),
  ]
}
