import LocalBrokers
import MQTT
import Pipeline
import Settings
import System

extension PipePlan {
  /// The bridge between a broker, or one that it starts, and Kafka.
  func bridge(_ connection: MQTTOptions, _ properties: [String: String]) throws -> BridgeStage {
    let bridge = settings.egpipe.bridge
    var connection = connection
    connection.clientID = bridge.clientID
    connection.keepAliveSeconds = Int(bridge.keepAlive.components.seconds)
    return BridgeStage(
      .init(
        connection: connection,
        filters: bridge.filters,
        qos: bridge.qos,
        map: try settings.topicMap(),
        properties: properties,
        presenceTopic: bridge.status.isEmpty ? nil : bridge.status,
        listener: try listener(),
      )
    )
  }

  private func listener() throws -> MosquittoListener? {
    let listen = settings.egpipe.bridge.listen
    guard let address = try settings.listenAddress() else { return nil }
    let data = listen.data ?? "\(store)/mosquitto"
    try makeDirectories(data)
    return MosquittoListener(
      host: address.host,
      port: address.port,
      certificateFile: listen.certificate,
      keyFile: listen.key,
      clientCAFile: listen.clientCA,
      passwordFile: listen.passwords,
      dataDirectory: data,
    )
  }
}

extension Settings {
  /// Where in Kafka the bridge writes to.
  func topicMap() throws(SettingsError) -> TopicMap {
    do throws(TopicMap.Failure) {
      return try TopicMap(self.egpipe.bridge.topicRules)
    } catch {
      throw SettingsError("\(error)", at: origin(of: \.egpipe.bridge.topicRules))
    }
  }

  /// Where the bridge's own broker listens; nil if it has none.
  func listenAddress() throws(SettingsError) -> MQTTAddress? {
    let listen = self.egpipe.bridge.listen
    guard let url = listen.address else { return nil }
    let address = try MQTTAddress(url: url, at: origin(of: \.egpipe.bridge.listen.address))
    guard (listen.certificate == nil) == (listen.key == nil) else {
      let key = origin(of: \.egpipe.bridge.listen.key)
      let certificate = origin(of: \.egpipe.bridge.listen.certificate)
      throw SettingsError(
        "a certificate and its key go together",
        at: listen.certificate == nil ? key : certificate
      )
    }
    return address
  }
}
