import Arguments
import Pipeline
import Settings

/// The options of the stages, each declared once; `run` has those of all.
///
/// Connections, the inventory and the log are set as they are for egtop: by the same options, variables and file.
enum StageOptions {
  static let mqtt = SettingsTable.options(of: [
    "mqtt.url", "mqtt.user", "mqtt.passwordFile", "mqtt.version", "mqtt.tls.ca",
    "mqtt.tls.certificate", "mqtt.tls.key", "mqtt.tls.insecure",
  ])
  static let kafka = SettingsTable.options(of: [
    "kafka.brokers", "kafka-property", "kafka.propertiesFile", "kafka.passwordFile",
  ])
  static let common =
    SettingsTable.options(of: ["run.logFile", "run.logLevel", "config", "context"])

  static let store = [
    text(
      "store",
      .path,
      "folder",
      nil,
      "Buckets",
      "Where the buckets are, a file of SQLite for each (default: ~/.local/state/egpipe)."
    )
  ]
  static let rawBucket = [
    text("raw-bucket", .text, "name", "kafka", "Buckets", "The bucket of the raw samples."),
    text("measurement", .text, "name", "genData", "Buckets", "The measurement of the samples."),
  ]
  static let enrichedBucket = [
    text(
      "enriched-bucket",
      .text,
      "name",
      "kafka_downsampled",
      "Buckets",
      "The bucket of the enriched samples."
    )
  ]
  static let regions = [
    text(
      "regions",
      .text,
      "file",
      nil,
      "Regions",
      "A table of regions and towns, YAML; us for that of the census divisions of the United States."
    )
  ]

  static let simulate = [
    text("generators", .integer(1...200_000), "number", "24", "Simulator", "How many generators."),
    text(
      "interval",
      .duration(.milliseconds(1) ... .seconds(86_400)),
      "time",
      "10s",
      "Simulator",
      "Mean time between two samples of a generator."
    ),
    text("qos", .integer(0...2), "level", "0", "Simulator", "The quality of service of samples."),
    text(
      "keep-alive",
      .duration(.seconds(5) ... .seconds(65_535)),
      "time",
      "15s",
      "Simulator",
      "The broker publishes the last will of a generator after one and a half of it in silence."
    ),
    text(
      "faults",
      .duration(.zero ... .seconds(86_400)),
      "time",
      "0s",
      "Simulator",
      "Mean time between two generators that drop off without a word; 0 for none."
    ),
    text(
      "clients",
      .integer(0...10_000),
      "number",
      "0",
      "Simulator",
      "So many connections for all generators, without presence, for load; 0 for one each."
    ),
    text(
      "seed",
      .integer(0...Int.max),
      "number",
      "1",
      "Simulator",
      "The same seed gives the same samples."
    ),
    text(
      "pace",
      .number(0.001...100_000),
      "factor",
      "1",
      "Simulator",
      "How fast the fleet lives: 60 burns in a minute what takes an hour."
    ),
    flag("compat", "Simulator", "The article's simulator to the letter, with its faults."),
    Option(
      "rate",
      .number(0.001...10_000_000),
      valueName: "number",
      help: "Numbered samples a second over all generators, for tests: fuel counts up from 0.",
      section: "Simulator",
      isHidden: true,
    ),
    Option(
      "count",
      .integer(0...Int.max),
      valueName: "number",
      defaultText: "0",
      help: "With --rate, end after so many samples of each generator; 0 for no end.",
      section: "Simulator",
      isHidden: true,
    ),
  ]

  static let bridge = [
    text(
      "topic-regex-list",
      .text,
      "rules",
      TopicMap.standardText,
      "Bridge",
      "Kafka topics and the MQTT topics that belong to them: topic:regex,topic:regex; the first that matches counts."
    ),
    text(
      "subscribe",
      .text,
      "filter",
      "emergency_generator/#",
      "Bridge",
      "Topic filters to subscribe to.",
      takes: .commaSeparated
    ),
    text(
      "subscribe-qos",
      .integer(0...1),
      "level",
      "1",
      "Bridge",
      "With 1 the broker keeps each message until Kafka has it."
    ),
    text(
      "client-id",
      .text,
      "id",
      "egpipe-bridge",
      "Bridge",
      "The session in which the broker keeps messages for this bridge."
    ),
    text(
      "bridge-status",
      .text,
      "topic",
      "egpipe/bridge/status",
      "Bridge",
      "Where the bridge's own presence is published; empty for nowhere."
    ),
    text(
      "bridge-keep-alive",
      .duration(.seconds(5) ... .seconds(65_535)),
      "time",
      "60s",
      "Bridge",
      "The keep-alive of its connection, and how long Kafka may be away before it leaves the broker."
    ),
    text(
      "listen",
      .text,
      "address",
      nil,
      "Bridge",
      "Start a mosquitto on this address, such as 0.0.0.0:1883, and bridge that."
    ),
    text("listen-cert", .path, "file", nil, "Bridge", "The certificate to listen with, for TLS."),
    text("listen-key", .path, "file", nil, "Bridge", "The key of that certificate."),
    text(
      "listen-client-ca",
      .path,
      "file",
      nil,
      "Bridge",
      "The authority whose certificates clients have to show."
    ),
    text(
      "listen-passwords",
      .path,
      "file",
      nil,
      "Bridge",
      "Who may connect, as mosquitto_passwd writes it; else everybody may."
    ),
    text(
      "listen-data",
      .path,
      "folder",
      nil,
      "Bridge",
      "Where that mosquitto keeps its sessions (default: mosquitto below --store)."
    ),
  ]

  static let sink =
    SettingsTable.options(of: ["kafka.rawTopic"]) + [
      text("group", .text, "group", "egpipe-sink", "Sink", "The consumer group."),
      text(
        "time-field",
        .text,
        "field",
        nil,
        "Sink",
        "The field that holds a sample's time; else it is the time of the Kafka record."
      ),
      text("batch", .integer(1...100_000), "records", "5000", "Sink", "Records in a transaction."),
      text(
        "retention",
        .duration(.zero ... .seconds(3_153_600_000)),
        "time",
        "0s",
        "Sink",
        "How long raw samples are kept; 0 for ever."
      ),
    ]

  static let task =
    SettingsTable.options(of: ["fleet.inventory", "fleet.refuelMark"]) + [
      text(
        "every",
        .duration(.seconds(1) ... .seconds(86_400)),
        "time",
        "60s",
        "Task",
        "How often the task runs, on the minute."
      ),
      text(
        "offset",
        .duration(.zero ... .seconds(3600)),
        "time",
        "0s",
        "Task",
        "How long after the minute it runs, so that late samples are in."
      ),
      text(
        "region",
        .text,
        "name",
        "US",
        "Task",
        "The region of generators that neither the inventory nor a table of regions places."
      ),
      text(
        "enriched-retention",
        .duration(.zero ... .seconds(3_153_600_000)),
        "time",
        "0s",
        "Task",
        "How long enriched samples are kept; 0 for ever."
      ),
    ]

  static let source = [
    text(
      "topic-prefix",
      .text,
      "prefix",
      "EG",
      "Source",
      "The topic is this and the name of the bucket, with nothing between."
    ),
    text(
      "mode",
      .oneOf(["timestamp", "bulk"]),
      "mode",
      "timestamp",
      "Source",
      "What is new since the last poll, or everything each time."
    ),
    text(
      "poll",
      .duration(.milliseconds(10) ... .seconds(86_400)),
      "time",
      "1s",
      "Source",
      "How often the bucket is looked at."
    ),
  ]

  private static func text(
    _ name: String,
    _ kind: ValueKind,
    _ value: String,
    _ standard: String?,
    _ section: String,
    _ help: String,
    takes occurrence: Occurrence = .once,
  ) -> Option {
    Option(
      name,
      kind,
      valueName: value,
      takes: occurrence,
      environment: variable(name),
      defaultText: standard,
      help: help,
      section: section,
    )
  }

  private static func flag(_ name: String, _ section: String, _ help: String) -> Option {
    Option(name, environment: variable(name), help: help, section: section)
  }

  private static func variable(_ name: String) -> String {
    "EGPIPE_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }
}
