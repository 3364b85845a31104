import Buckets
import Kafka
import LocalBrokers
import Model
import MQTT
import Pipeline
import Settings
import System

extension PipePlan {
  /// Makes the stages of the plan.
  ///
  /// - Throws: what keeps one from being made, such as a table of regions that cannot be read.
  func makeStages(_ brokers: LocalBrokers?) throws -> [any Stage] {
    var connection = connection
    var properties = kafkaProperties
    if let brokers {
      connection = MQTTOptions(host: "127.0.0.1", port: brokers.mosquitto.port)
      properties = ["bootstrap.servers": brokers.kafka.bootstrapServers]
    }
    return try stages.map { stage in
      switch stage {
      case .simulate: try simulator(connection)
      case .bridge: try bridge(connection, properties)
      case .sink: SinkStage(try sink(properties))
      case .task: TaskStage(try task())
      case .source: SourceStage(try source(properties))
      }
    }
  }

  private func sink(_ properties: [String: String]) throws -> SinkStage.Options {
    let sink = settings.egpipe.sink
    return try .init(
      properties: properties,
      bucket: rawBucket(),
      group: sink.group,
      topics: [settings.kafka?.rawTopicName ?? Convention.rawTopic],
      measurement: settings.egpipe.measurement,
      timeField: sink.timeField,
      batch: sink.batch,
    )
  }

  private func task() throws -> TaskStage.Options {
    let table = try regionTable()
    let regions = settings.fleet.inventory.compactMap { entry in
      entry.region.map { (entry.id, $0) }
    }
    let task = settings.egpipe.task
    return try TaskStage.Options(
      raw: rawBucket(),
      output: enrichedBucket(),
      measurement: settings.egpipe.measurement,
      every: task.every.nanoseconds,
      offset: task.offset.nanoseconds,
      refuelMark: settings.fleet.policy.refuelMark,
      region: RegionRule(
        inventory: Dictionary(regions) { _, last in last },
        table: table.map { table in { @Sendable in table.region(latitude: $0, longitude: $1) } },
        standard: task.region,
      ),
    )
  }

  private func source(_ properties: [String: String]) throws -> SourceStage.Options {
    let source = settings.egpipe.source
    return try .init(
      properties: properties,
      bucket: enrichedBucket(),
      topicPrefix: source.topicPrefix,
      mode: source.mode == .bulk ? .bulk : .timestamp,
      poll: source.poll.nanoseconds,
    )
  }

  private func rawBucket() throws(SettingsError) -> BucketOptions {
    try bucket(
      settings.egpipe.rawBucket,
      keeping: settings.egpipe.sink.retention,
      at: settings.origin(of: \.egpipe.rawBucket)
    )
  }

  private func enrichedBucket() throws(SettingsError) -> BucketOptions {
    try bucket(
      settings.egpipe.enrichedBucket,
      keeping: settings.egpipe.task.retention,
      at: settings.origin(of: \.egpipe.enrichedBucket)
    )
  }

  /// A bucket that keeps its points so long; zero for ever.
  private func bucket(
    _ name: String,
    keeping retention: Duration,
    at origin: SettingOrigin
  ) throws(SettingsError) -> BucketOptions {
    let kept = retention > .zero ? retention.nanoseconds : nil
    let bucket = BucketOptions(folder: store, name: name, retention: kept)
    guard bucket.isNameValid else {
      throw SettingsError("\(BucketError.invalidName(name))", at: origin)
    }
    return bucket
  }

  /// The table that `--regions` names; nil if it is not given.
  func regionTable() throws -> RegionTable? {
    guard let name = settings.egpipe.regions else { return nil }
    let origin = settings.origin(of: \.egpipe.regions)
    if name == "us" { return .usDivisions }
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try readFile(name, limit: 16 << 20)
    } catch {
      throw SettingsError("\(error)", at: origin)
    }
    do {
      return try RegionTable(yaml: String(decoding: bytes, as: UTF8.self), path: name)
    } catch {
      throw SettingsError("\(error)", at: origin)
    }
  }
}

extension Duration {
  /// Whole nanoseconds.
  fileprivate var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
