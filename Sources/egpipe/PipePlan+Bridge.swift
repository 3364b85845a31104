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
    let bridge = settings.egpipe.bridge
    var connection = connection
    connection.clientID = bridge.clientID
    connection.keepAliveSeconds = Int(bridge.keepAlive.components.seconds)
    let map: TopicMap
    do {
      map = try TopicMap(bridge.topicRules)
    } catch {
      throw SettingsError("\(error)", at: settings.origin(of: \.egpipe.bridge.topicRules))
    }
    return BridgeStage(
      .init(
        connection: connection,
        filters: bridge.filters,
        qos: bridge.qos,
        map: map,
        properties: properties,
        presenceTopic: bridge.status.isEmpty ? nil : bridge.status,
        listener: try listener(),
      )
    )
  }

  private func listener() throws -> MosquittoListener? {
    let listen = settings.egpipe.bridge.listen
    guard let address = listen.address else { return nil }
    let origin = settings.origin(of: \.egpipe.bridge.listen.address)
    let parsed = try MQTTAddress(url: address, at: origin)
    guard (listen.certificate == nil) == (listen.key == nil) else {
      let isKey = listen.certificate == nil
      throw SettingsError(
        "a certificate and its key go together",
        at: isKey
          ? settings.origin(of: \.egpipe.bridge.listen.key)
          : settings.origin(of: \.egpipe.bridge.listen.certificate)
      )
    }
    let data = listen.data ?? "\(store)/mosquitto"
    try makeDirectories(data)
    return MosquittoListener(
      host: parsed.host,
      port: parsed.port,
      certificateFile: listen.certificate,
      keyFile: listen.key,
      clientCAFile: listen.clientCA,
      passwordFile: listen.passwords,
      dataDirectory: data,
    )
  }
}
