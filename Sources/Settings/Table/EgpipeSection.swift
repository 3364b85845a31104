internal import Model

/// What egpipe has to itself: a section for each stage, and what several of them share.
public final class EgpipeSection: SettingsSection {
  public static let title = "Buckets"
  public static let commands: CommandSet = [.bridge, .sink, .task, .source]

  /// Brokers of our own, on this machine.
  public let isLocal = Row(nil, .flag)
    .option("local", hasVariable: false, for: .run, under: "Options")
    .help(
      """
      Start a mosquitto and a Kafka of its own on free loopback ports, and say where; \
      without --store the buckets are gone at the end.
      """
    )
  /// Where the stages can be watched.
  public let metrics = Row("egpipe.metrics", .optional(.text))
    .option("metrics", value: "address", for: .egpipe, under: "Options")
    .help(
      """
      Serve metrics, health and readiness over HTTP on this address, such as 127.0.0.1:9464; with \
      port 0 on a free one.
      """
    )
  public let simulate = SettingRows.section(SimulateSection())
  public let bridge = SettingRows.section(BridgeSection())
  public let sink = SettingRows.section(SinkSection())
  public let task = SettingRows.section(TaskSection())
  public let source = SettingRows.section(SourceSection())
  /// A file, or `us`.
  public let regions = Row("egpipe.regions", .optional(.wordOrFile(["us"])))
    .option("regions", value: "file", for: [.simulate, .task], under: "Regions")
    .help("A YAML table of regions and towns, or us for the census divisions of the United States.")
  public let store = Row("egpipe.store", .optional(.path))
    .option("store", value: "folder")
    .help("The folder of the buckets, each a SQLite file (default: ~/.local/state/egpipe).")
  public let rawBucket = Row("egpipe.rawBucket", .text(default: Convention.rawBucket))
    .option("raw-bucket", value: "name", for: [.sink, .task])
    .help("The bucket of the raw samples.")
  public let measurement = Row("egpipe.measurement", .text(default: Convention.measurement))
    .option("measurement", value: "name", for: [.sink, .task])
    .help("The measurement of the samples.")
  public let enrichedBucket = Row(
    "egpipe.enrichedBucket",
    .text(default: Convention.enrichedBucket)
  )
  .option("enriched-bucket", value: "name", for: [.task, .source])
  .help("The bucket of the enriched samples.")
}

/// The sink: from the raw topic into a bucket.
public final class SinkSection: SettingsSection {
  public static let title = "Sink"
  public static let commands = CommandSet.sink

  public let group = Row("egpipe.sink.group", .text(default: Convention.sinkGroup))
    .option("group", value: "group")
    .help("The consumer group.")
  public let timeField = Row("egpipe.sink.timeField", .optional(.text))
    .option("time-field", value: "field")
    .help("The field that holds a sample's time; by default the time of the Kafka record.")
  public let sequenceField = Row("egpipe.sink.sequenceField", .optional(.text))
    .option("sequence-field", value: "field")
    .help(
      """
      The field that holds a generator's own number of its sample, by which one is known that \
      comes again; for samples without a time of their own.
      """
    )
  public let batch = Row("egpipe.sink.batch", .integer(1...100_000, default: 5000))
    .option("batch", value: "records")
    .help("Records in a transaction.")
  public let retention = Row("egpipe.sink.retention", .time(0...3_153_600_000, default: 0))
    .option("retention", value: "time")
    .help("How long raw samples are kept; 0 keeps them forever.")
}

/// The task: from the raw bucket into the enriched one.
public final class TaskSection: SettingsSection {
  public static let title = "Task"
  public static let commands = CommandSet.task

  public let every = Row("egpipe.task.every", .time(1...86_400, default: 60))
    .option("every", value: "time")
    .byDefault("60s")
    .help("How often the task runs, aligned with the clock.")
  public let offset = Row("egpipe.task.offset", .time(0...3600, default: 0))
    .option("offset", value: "time")
    .help("How long to wait after a window ends, so that late samples are in.")
  public let backfill = Row("egpipe.task.backfill", .optional(.time(0...3_153_600_000)))
    .option("backfill", value: "time")
    .help("How far back the first run goes; by default to the first sample.")
  public let region = Row("egpipe.task.region", .text(default: "US"))
    .option("region", value: "name")
    .help(
      "The region of generators for which neither the inventory nor a table of regions has one."
    )
  public let retention = Row("egpipe.task.retention", .time(0...3_153_600_000, default: 0))
    .option("enriched-retention", value: "time")
    .help("How long enriched samples are kept; 0 keeps them forever.")
}

/// The source: from the enriched bucket into Kafka.
public final class SourceSection: SettingsSection {
  public static let title = "Source"
  public static let commands = CommandSet.source

  public let topicPrefix = Row(
    "egpipe.source.topicPrefix",
    .text(default: Convention.enrichedPrefix)
  )
  .option("topic-prefix", value: "prefix")
  .help("The topic is this followed by the name of the bucket.")
  public let mode = Row("egpipe.source.mode", .one(.choice, default: SourceMode.timestamp))
    .option("mode", value: "mode")
    .help("What is new since the last poll, or everything each time.")
  public let poll = Row("egpipe.source.poll", .time(0.01...86_400, default: 1))
    .option("poll", value: "time")
    .help("How often the bucket is polled.")
}

/// What the source publishes at each look.
public enum SourceMode: String, CaseIterable, Sendable {
  /// What is new.
  case timestamp
  /// Everything.
  case bulk
}
