internal import Model

/// What egpipe has to itself: a section for each stage, and what several of them share.
public struct EgpipeSection: SettingsSection {
  public static let title = "Buckets"
  public static let commands: CommandSet = [.bridge, .sink, .task, .source]

  /// Brokers of our own, on this machine.
  public let isLocal = Setting(
    nil,
    .flag,
    .flag("local", hasVariable: false),
    for: .run,
    under: "Options",
    help: """
      Start a mosquitto and a Kafka of its own on free loopback ports, and say where; \
      without --store the buckets are gone at the end.
      """
  )
  public let simulate = SettingRows.section(SimulateSection())
  public let bridge = SettingRows.section(BridgeSection())
  public let sink = SettingRows.section(SinkSection())
  public let task = SettingRows.section(TaskSection())
  public let source = SettingRows.section(SourceSection())
  /// A file, or `us`.
  public let regions = Setting(
    "egpipe.regions",
    .optional(.word(of: ["us"], orFile: ())),
    .flag("regions", value: "file"),
    for: [.simulate, .task],
    under: "Regions",
    help:
      "A table of regions and towns, YAML; us for that of the census divisions of the United States."
  )
  public let store = Setting(
    "egpipe.store",
    .optional(.path),
    .flag("store", value: "folder"),
    help: "Where the buckets are, a file of SQLite for each (default: ~/.local/state/egpipe)."
  )
  public let rawBucket = Setting(
    "egpipe.rawBucket",
    .one(.text, default: Convention.rawBucket),
    .flag("raw-bucket", value: "name"),
    for: [.sink, .task],
    help: "The bucket of the raw samples."
  )
  public let measurement = Setting(
    "egpipe.measurement",
    .one(.text, default: Convention.measurement),
    .flag("measurement", value: "name"),
    for: [.sink, .task],
    help: "The measurement of the samples."
  )
  public let enrichedBucket = Setting(
    "egpipe.enrichedBucket",
    .one(.text, default: Convention.enrichedBucket),
    .flag("enriched-bucket", value: "name"),
    for: [.task, .source],
    help: "The bucket of the enriched samples."
  )
}

/// The sink: from the raw topic into a bucket.
public struct SinkSection: SettingsSection {
  public static let title = "Sink"
  public static let commands = CommandSet.sink

  public let group = Setting(
    "egpipe.sink.group",
    .one(.text, default: Convention.sinkGroup),
    .flag("group", value: "group"),
    help: "The consumer group."
  )
  public let timeField = Setting(
    "egpipe.sink.timeField",
    .optional(.text),
    .flag("time-field", value: "field"),
    help: "The field that holds a sample's time; else it is the time of the Kafka record."
  )
  public let batch = Setting(
    "egpipe.sink.batch",
    .one(.integer(1...100_000), default: 5000),
    .flag("batch", value: "records"),
    help: "Records in a transaction."
  )
  public let retention = Setting(
    "egpipe.sink.retention",
    .one(.duration(.zero ... .seconds(3_153_600_000)), default: .zero),
    .flag("retention", value: "time"),
    help: "How long raw samples are kept; 0 for ever."
  )
}

/// The task: from the raw bucket into the enriched one.
public struct TaskSection: SettingsSection {
  public static let title = "Task"
  public static let commands = CommandSet.task

  public let every = Setting(
    "egpipe.task.every",
    .one(.duration(.seconds(1) ... .seconds(86_400)), default: .seconds(60)),
    .flag("every", value: "time"),
    defaultText: "60s",
    help: "How often the task runs, on the minute."
  )
  public let offset = Setting(
    "egpipe.task.offset",
    .one(.duration(.zero ... .seconds(3600)), default: .zero),
    .flag("offset", value: "time"),
    help: "How long after the minute it runs, so that late samples are in."
  )
  public let region = Setting(
    "egpipe.task.region",
    .one(.text, default: "US"),
    .flag("region", value: "name"),
    help: "The region of generators that neither the inventory nor a table of regions places."
  )
  public let retention = Setting(
    "egpipe.task.retention",
    .one(.duration(.zero ... .seconds(3_153_600_000)), default: .zero),
    .flag("enriched-retention", value: "time"),
    help: "How long enriched samples are kept; 0 for ever."
  )
}

/// The source: from the enriched bucket into Kafka.
public struct SourceSection: SettingsSection {
  public static let title = "Source"
  public static let commands = CommandSet.source

  public let topicPrefix = Setting(
    "egpipe.source.topicPrefix",
    .one(.text, default: Convention.enrichedPrefix),
    .flag("topic-prefix", value: "prefix"),
    help: "The topic is this and the name of the bucket, with nothing between."
  )
  public let mode = Setting(
    "egpipe.source.mode",
    .one(.choice, default: SourceMode.timestamp),
    .flag("mode", value: "mode"),
    help: "What is new since the last poll, or everything each time."
  )
  public let poll = Setting(
    "egpipe.source.poll",
    .one(.duration(.milliseconds(10) ... .seconds(86_400)), default: .seconds(1)),
    .flag("poll", value: "time"),
    help: "How often the bucket is looked at."
  )
}

/// What the source publishes at each look.
public enum SourceMode: String, CaseIterable, Sendable {
  /// What is new.
  case timestamp
  /// Everything.
  case bulk
}
