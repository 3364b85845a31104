import Arguments
import Buckets
import Kafka
import LocalBrokers
import Model
import MQTT
import Pipeline
import Settings
import Simulator
import System

extension PipePlan {
  /// Makes the stages of the plan.
  ///
  /// - Throws: what keeps one from being made, such as a table of regions that cannot be read.
  func makeStages(_ brokers: LocalBrokers?) throws -> [any Stage] {
    var connection = settings.mqtt.map { MQTTOptions($0) } ?? MQTTOptions(host: "127.0.0.1")
    var properties = settings.kafka?.clientProperties ?? [:]
    if let brokers {
      connection = MQTTOptions(host: "127.0.0.1", port: brokers.mosquitto.port)
      properties = ["bootstrap.servers": brokers.kafka.bootstrapServers]
    }
    // What the library refuses of the options is said now, and not by a stage that is started again and again.
    if brokers == nil, stages.contains(.bridge) || stages.contains(.simulate) {
      _ = try MQTTClient(connection)
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

  /// The fleet, or the article's own.
  private func simulator(_ connection: MQTTOptions) throws -> any Stage {
    let simulate = settings.egpipe.simulate
    let seed = UInt64(simulate.seed)
    if simulate.compat {
      return CompatStage(mqtt: connection, generatorCount: simulate.generators, seed: seed)
    }
    var connection = connection
    connection.keepAliveSeconds = Int(simulate.keepAlive.components.seconds)
    var options = SimulateOptions(mqtt: connection)
    options.qos = simulate.qos
    options.meanInterval = simulate.interval / .seconds(1)
    options.meanFaultInterval = simulate.faults / .seconds(1)
    options.sharedConnections = simulate.clients > 0 ? simulate.clients : nil
    options.numberedRate = simulate.rate
    options.numberedCount = simulate.count > 0 ? simulate.count : nil
    var plan = LifePlan(generatorCount: simulate.generators)
    plan.seed = seed
    plan.regions = try regionTable() ?? .usDivisions
    plan.pace = simulate.pace
    return SimulateStage(options, life: GeneratorLife(plan))
  }

  /// The bridge between a broker, or one that it starts, and Kafka.
  private func bridge(
    _ connection: MQTTOptions,
    _ properties: [String: String]
  ) throws -> BridgeStage {
    let bridge = settings.egpipe.bridge
    let filters = settings.sources.isEmpty ? bridge.filters : settings.sourceFilters
    let identity = BridgeIdentity(filters: filters)
    var connection = connection
    connection.clientID = bridge.clientID ?? identity.clientID
    connection.keepAliveSeconds = Int(bridge.keepAlive.components.seconds)
    let map = try settings.topicMap()
    var options = BridgeStage.Options(connection: connection, map: map, properties: properties)
    options.filters = filters
    options.sources = settings.sources
    options.rawTopic = settings.kafka?.rawTopicName ?? Convention.rawTopic
    options.qos = bridge.qos
    let status = bridge.status ?? identity.presenceTopic
    options.presenceTopic = status.isEmpty ? nil : status
    options.hasDerivedClientID = bridge.clientID == nil && !identity.isStandard
    options.listener = try listener()
    return BridgeStage(options)
  }

  private func listener() throws -> MosquittoListener? {
    let listen = settings.egpipe.bridge.listen
    guard let address = try settings.listenAddress() else { return nil }
    let data = listen.data ?? "\(store)/mosquitto"
    try makeDirectories(data)
    var listener = MosquittoListener(host: address.host, port: address.port)
    listener.certificateFile = listen.certificate
    listener.keyFile = listen.key
    listener.clientCAFile = listen.clientCA
    listener.passwordFile = listen.passwords
    listener.dataDirectory = data
    return listener
  }

  private func sink(_ properties: [String: String]) throws -> SinkStage.Options {
    let sink = settings.egpipe.sink
    var options = SinkStage.Options(properties: properties, bucket: try rawBucket())
    options.group = sink.group
    options.topics =
      [settings.kafka?.rawTopicName ?? Convention.rawTopic]
      + settings.sources.flatMap(\.kafkaTopics)
    options.sources = settings.sources
    options.measurement = settings.egpipe.measurement
    options.timeField = sink.timeField
    options.sequenceField = sink.sequenceField
    options.filters = settings.egpipe.bridge.filters
    options.batch = sink.batch
    return options
  }

  private func task() throws -> TaskStage.Options {
    let regions = settings.fleet.inventory.compactMap { entry in
      entry.region.map { (entry.id, $0) }
    }
    let task = settings.egpipe.task
    var options = TaskStage.Options(raw: try rawBucket(), output: try enrichedBucket())
    options.measurement = settings.egpipe.measurement
    options.every = task.every.nanoseconds
    options.offset = task.offset.nanoseconds
    options.backfill = task.backfill?.nanoseconds
    options.policy = settings.fleet.policy
    options.inventory = Dictionary(settings.fleet.inventory.map { ($0.id, $0) }) { _, last in last }
    options.region.inventory = Dictionary(regions) { _, last in last }
    options.region.table = try regionTable()
    options.region.standard = task.region
    return options
  }

  private func source(_ properties: [String: String]) throws -> SourceStage.Options {
    let source = settings.egpipe.source
    var options = SourceStage.Options(properties: properties, bucket: try enrichedBucket())
    options.topicPrefix = source.topicPrefix
    options.mode = source.mode == .bulk ? .bulk : .timestamp
    options.poll = source.poll.nanoseconds
    return options
  }

  private func rawBucket() throws(SettingsError) -> BucketOptions {
    try bucket(\.egpipe.rawBucket, keeping: settings.egpipe.sink.retention)
  }

  private func enrichedBucket() throws(SettingsError) -> BucketOptions {
    try bucket(\.egpipe.enrichedBucket, keeping: settings.egpipe.task.retention)
  }

  /// A bucket that keeps its points so long; zero forever.
  private func bucket(
    _ path: KeyPath<SettingsTable, Setting<String>>,
    keeping retention: Duration
  ) throws(SettingsError) -> BucketOptions {
    var bucket = BucketOptions(folder: store, name: try settings.bucketName(path))
    if retention > .zero { bucket.retention = retention.nanoseconds }
    return bucket
  }

  /// The table that `--regions` names; nil if it is not given.
  func regionTable() throws -> RegionTable? {
    guard let name = settings.egpipe.regions else { return nil }
    let origin = settings.origin(of: \.egpipe.regions)
    if name == "us" { return .usDivisions }
    do {
      let bytes = try readFile(name, limit: 16 << 20)
      return try RegionTable(yaml: String(decoding: bytes, as: UTF8.self), path: name)
    } catch {
      throw SettingsError("\(error)", at: origin)
    }
  }
}

extension Settings {
  /// What the sources want to hear.
  var sourceFilters: [String] {
    let filters = sources.flatMap(\.filters).compactMap { MQTTTopicFilter($0) }
    return MQTTTopicFilter.withoutCovered(filters).map(\.text)
  }

  /// Where in Kafka the bridge writes to: all that a source has into the raw topic, unless rules say otherwise.
  func topicMap() throws(SettingsError) -> TopicMap {
    let isStandard = origin(of: \.egpipe.bridge.topicRules) == .default && !sources.isEmpty
    let rawTopic = kafka?.rawTopicName ?? Convention.rawTopic
    do throws(TopicMap.Failure) {
      return try TopicMap(isStandard ? "\(rawTopic):.*" : self.egpipe.bridge.topicRules)
    } catch {
      throw SettingsError("\(error)", at: origin(of: \.egpipe.bridge.topicRules))
    }
  }

  /// Where the bridge's own broker listens; nil if it has none.
  func listenAddress() throws(SettingsError) -> MQTTAddress? {
    let listen = self.egpipe.bridge.listen
    guard let url = listen.address else { return nil }
    let address = try MQTTAddress(url: url, at: origin(of: \.egpipe.bridge.listen.address))
    let (certificate, key) = (listen.values(\.certificate).last, listen.values(\.key).last)
    if let lone = certificate ?? key, (certificate == nil) != (key == nil) {
      throw SettingsError("a certificate and its key go together", at: lone.origin)
    }
    return address
  }

  /// Where metrics are served; nil for nowhere.
  func metricsAddress() throws(SettingsError) -> HTTPAddress? {
    guard let address = self.egpipe.metrics else { return nil }
    return try HTTPAddress(address, lowestPort: 0, at: origin(of: \.egpipe.metrics))
  }

  /// The name of a bucket.
  func bucketName(
    _ path: KeyPath<SettingsTable, Setting<String>>
  ) throws(SettingsError) -> String {
    let name = self[path]
    guard BucketOptions(folder: "", name: name).isNameValid else {
      throw SettingsError("\(BucketError.invalidName(name))", at: origin(of: path))
    }
    return name
  }
}

extension Duration {
  /// Whole nanoseconds.
  fileprivate var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
