import LocalBrokers
import MQTT
import Pipeline
import Settings
import System

extension PipePlan {
  /// The bridge between a broker, or one that it starts, and Kafka.
  func bridge(
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
    let parsed = try MQTTAddress(address, option: "--listen")
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
