internal import MQTT

/// The connection of one generator to the broker, with its presence: `online`, and a will that says `offline`.
final class FedSession {
  private let statusTopic: String?
  private let options: MQTTOptions
  private var client: MQTTClient?
  private var hasAnnounced = false
  /// When it comes back after an outage, in nanoseconds since the feeding began.
  private var returnTime: Int64 = 0

  /// A session of the generator `id`, or of a gateway that has no presence of its own.
  init(id: String, host: String, port: Int, hasPresence: Bool = true) {
    statusTopic = hasPresence ? "emergency_generator/\(id)/status" : nil
    var options = MQTTOptions(host: host, port: port)
    options.clientID = id
    options.will = statusTopic.map { .init(topic: $0, payload: Array("offline".utf8)) }
    self.options = options
  }

  /// Whether the broker has heard that it is there.
  var isOnline: Bool { client != nil && hasAnnounced }

  /// Connects when it is time to, and lets the library work without waiting.
  func serve(now: Int64) throws(MQTTError) {
    if client == nil, now >= returnTime {
      let client = try MQTTClient(options)
      try client.connect()
      self.client = client
    }
    guard let client else { return }
    do {
      _ = try client.poll(timeoutNanoseconds: 0) { _, _, _ in }
      if client.isConnected, !hasAnnounced {
        if let statusTopic {
          try client.publish(Array("online".utf8), to: statusTopic, retain: true)
        }
        hasAnnounced = true
      }
    } catch {
      drop(until: now + 1_000_000_000)
    }
  }

  /// Publishes one payload if the connection stands.
  func publish(_ payload: [UInt8], to topic: String, now: Int64) {
    guard isOnline, let client else { return }
    do { try client.publish(payload, to: topic) } catch { drop(until: now + 1_000_000_000) }
  }

  /// Closes the connection without a word, so that the broker publishes the will.
  func drop(until time: Int64) {
    client = nil
    hasAnnounced = false
    returnTime = time
  }

  /// Says `disconnected` and goodbye, so that there is no will.
  func leave(until time: Int64) {
    if isOnline, let client, let statusTopic {
      try? client.publish(Array("disconnected".utf8), to: statusTopic, retain: true)
      client.disconnect()
    }
    drop(until: time)
  }
}
