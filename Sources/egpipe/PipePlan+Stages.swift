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
    try .init(
      properties: properties,
      bucket: bucket("raw-bucket", retention: "retention"),
      group: values.text("group") ?? "",
      topics: [values.text("raw-topic") ?? ""],
      measurement: values.text("measurement") ?? "",
      timeField: values.text("time-field"),
      batch: values.integer("batch"),
    )
  }

  private func task() throws -> TaskStage.Options {
    let table = try regionTable()
    let regions = settings.fleet.inventory.compactMap { entry in
      entry.region.map { (entry.id, $0) }
    }
    return try TaskStage.Options(
      raw: bucket("raw-bucket", retention: "retention"),
      output: bucket("enriched-bucket", retention: "enriched-retention"),
      measurement: values.text("measurement") ?? "",
      every: values.nanoseconds("every"),
      offset: values.nanoseconds("offset"),
      refuelMark: settings.fleet.policy.refuelMark,
      region: RegionRule(
        inventory: Dictionary(regions) { _, last in last },
        table: table.map { table in { @Sendable in table.region(latitude: $0, longitude: $1) } },
        standard: values.text("region") ?? "",
      ),
    )
  }

  private func source(_ properties: [String: String]) throws -> SourceStage.Options {
    try .init(
      properties: properties,
      bucket: bucket("enriched-bucket", retention: "enriched-retention"),
      topicPrefix: values.text("topic-prefix") ?? "",
      mode: values.text("mode").flatMap(SourceStage.Mode.init(rawValue:)) ?? .timestamp,
      poll: values.nanoseconds("poll"),
    )
  }

  private func bucket(_ option: String, retention: String) throws -> BucketOptions {
    let bucket = BucketOptions(
      folder: store,
      name: values.text(option) ?? "",
      retention: values.retention(retention),
    )
    guard bucket.isNameValid else {
      throw PlanError("--\(option): \(BucketError.invalidName(bucket.name))")
    }
    return bucket
  }

  /// The table that `--regions` names; nil if it is not given.
  func regionTable() throws -> RegionTable? {
    guard let name = values.text("regions") else { return nil }
    if name == "us" { return .usDivisions }
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try readFile(name, limit: 16 << 20)
    } catch {
      throw PlanError("--regions: \(error)")
    }
    do {
      return try RegionTable(yaml: String(decoding: bytes, as: UTF8.self), path: name)
    } catch {
      throw PlanError("--regions: \(error)")
    }
  }
}
