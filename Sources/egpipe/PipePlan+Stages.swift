import Kafka
import LocalBrokers
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
      default: throw PlanError("\(stage.rawValue) is not there yet")
      }
    }
  }

  private func simulator(_ connection: MQTTOptions) throws -> any Stage {
    let count = values.integer("generators")
    let seed = UInt64(values.integer("seed"))
    if values.isOn("compat") {
      return CompatStage(mqtt: connection, generatorCount: count, seed: seed)
    }
    var connection = connection
    connection.keepAliveSeconds = Int(values.duration("keep-alive").components.seconds)
    var options = SimulateOptions(mqtt: connection)
    options.qos = values.integer("qos")
    options.meanInterval = values.seconds("every")
    options.meanFaultInterval = values.seconds("faults")
    let clients = values.integer("clients")
    options.sharedConnections = clients > 0 ? clients : nil
    if let rate = values.given("rate").flatMap(Double.init) {
      let count = values.integer("count")
      options.numbered = .init(rate: rate, count: count > 0 ? count : nil)
    }
    let life = GeneratorLife(
      LifePlan(
        generatorCount: count,
        seed: seed,
        regions: try regionTable() ?? .usDivisions,
        pace: values.number("pace"),
      )
    )
    return SimulateStage(options, life: life)
  }

  /// The table that `--regions` names; nil if it is not given.
  private func regionTable() throws -> RegionTable? {
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

  private func bridge(
    _ connection: MQTTOptions,
    _ properties: [String: String]
  ) throws -> BridgeStage {
    var connection = connection
    connection.clientID = values.text("client-id") ?? ""
    connection.keepAliveSeconds = Int(values.duration("bridge-keep-alive").components.seconds)
    let filters = values.texts("subscribe")
    for filter in filters where MQTTTopicFilter(filter) == nil {
      throw PlanError("--subscribe: \"\(filter)\" is no topic filter")
    }
    let map: TopicMap
    do {
      map = try TopicMap(values.text("topic-regex-list") ?? "")
    } catch {
      throw PlanError("--topic-regex-list: \(error)")
    }
    let status = values.text("bridge-status") ?? ""
    return BridgeStage(
      .init(
        connection: connection,
        filters: filters,
        qos: values.integer("subscribe-qos"),
        map: map,
        properties: properties,
        presenceTopic: status.isEmpty ? nil : status,
        listener: try listener(),
      )
    )
  }

  private func listener() throws -> MosquittoListener? {
    guard let address = values.text("listen") else { return nil }
    let parsed: MQTTAddress
    do {
      parsed = try MQTTAddress(address)
    } catch {
      throw PlanError("--listen: \(error)")
    }
    let certificate = values.text("listen-cert")
    let key = values.text("listen-key")
    guard (certificate == nil) == (key == nil) else {
      throw PlanError("--listen-cert and --listen-key go together")
    }
    let data = values.text("listen-data") ?? "\(store)/mosquitto"
    try makeDirectories(data)
    return MosquittoListener(
      host: parsed.host,
      port: parsed.port,
      certificateFile: certificate,
      keyFile: key,
      clientCAFile: values.text("listen-client-ca"),
      passwordFile: values.text("listen-passwords"),
      dataDirectory: data,
    )
  }
}
