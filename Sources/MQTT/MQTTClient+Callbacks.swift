internal import CMosquitto
internal import Glibc

// The library calls these on the thread that is in `poll`, with the client as its context. The client owns the handle and
// frees it before itself, so the context is never retained and never dangles.
extension MQTTClient {
  func installCallbacks() {
    mosquitto_connect_v5_callback_set(handle) { _, context, code, flags, properties in
      client(context)?.noteConnect(code, flags, properties)
    }
    mosquitto_disconnect_v5_callback_set(handle) { _, context, code, _ in
      // Codes below 128 are of the library, and the failing call returns them as well.
      if code >= 0x80 { client(context)?.disconnectCode = code }
    }
    mosquitto_subscribe_v5_callback_set(handle) { _, context, id, count, granted, _ in
      guard let granted else { return }
      client(context)?.noteSubscription(id, UnsafeBufferPointer(start: granted, count: Int(count)))
    }
    mosquitto_publish_v5_callback_set(handle) { _, context, _, _, _ in
      client(context)?.acknowledgedCount += 1
    }
    mosquitto_message_callback_set(handle) { _, context, message in
      guard let message else { return }
      client(context)?.lend(message.pointee)
    }
  }

  private func noteConnect(_ code: Int32, _ flags: Int32, _ properties: OpaquePointer?) {
    tlsVersion = mosquitto_ssl_get(handle).flatMap(OpenSSL.version)
    guard code == 0 else {
      refusalCode = Int(code)
      return
    }
    // From here on the library would format a line for every packet.
    mosquitto_log_callback_set(handle, nil)
    var seconds: UInt16 = 0
    let found = mosquitto_property_read_int16(
      properties,
      Int32(MQTT_PROP_SERVER_KEEP_ALIVE.rawValue),
      &seconds,
      false,
    )
    if found != nil, seconds > 0 { keepAliveNanoseconds = Int64(seconds) * 1_000_000_000 }
    var kept: UInt32 = 0
    let limit = mosquitto_property_read_int32(
      properties,
      Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue),
      &kept,
      false,
    )
    sessionSeconds = limit != nil && kept < .max ? Int(kept) : nil
    isConnected = true
    events.append(.connected(isSessionPresent: flags & 1 != 0))
  }

  private func noteSubscription(_ id: Int32, _ granted: UnsafeBufferPointer<Int32>) {
    guard let filter = pendingFilters.removeValue(forKey: id), let code = granted.first else {
      return
    }
    if let reason = subscriptionRefusal(code: Int(code)) {
      events.append(.subscriptionRefused(filter: filter, reason: reason))
    } else {
      events.append(.subscribed(filter: filter, qos: Int(code)))
    }
  }

  private func lend(_ message: mosquitto_message) {
    hasWholePacket = true
    guard let handler = messageHandler, let topic = message.topic else { return }
    let length = strlen(topic)
    let payloadLength = max(0, Int(message.payloadlen))
    guard payloadLength <= options.maximumPacketSize ?? .max else {
      isOversized = true
      return
    }
    topic.withMemoryRebound(to: UInt8.self, capacity: length) { topic in
      let payload = UnsafeRawBufferPointer(start: message.payload, count: payloadLength)
      payload.withMemoryRebound(to: UInt8.self) { payload in
        handler(
          UnsafeBufferPointer(start: topic, count: length).span,
          payload.span,
          MQTTMessage(qos: Int(message.qos), isRetained: message.retain),
        )
      }
    }
  }
}

private func client(_ context: UnsafeMutableRawPointer?) -> MQTTClient? {
  context.map { Unmanaged<MQTTClient>.fromOpaque($0).takeUnretainedValue() }
}

/// Remembers the last error in the library's log, such as that a handshake failed, in printable ASCII, and while the session
/// of TLS is still there what was wrong with the certificate.
func keepLibraryDetail(
  _ handle: OpaquePointer?,
  _ context: UnsafeMutableRawPointer?,
  _ level: Int32,
  _ text: UnsafePointer<CChar>?,
) {
  guard level & MOSQ_LOG_ERR != 0, let text, let client = client(context) else { return }
  client.libraryDetail = libraryWords(String(cString: text))
  // The library compares names itself, and OpenSSL knows nothing of it.
  if client.libraryDetail.hasPrefix("host name verification failed") {
    client.certificateProblem = .otherName
  } else if client.certificateProblem == nil, client.options.tls?.isInsecure == false {
    client.certificateProblem = mosquitto_ssl_get(client.handle).flatMap(OpenSSL.problem)
  }
}

/// What a broker means by the alert that it ends a handshake with, where OpenSSL's words say it to few.
private let alerts = [
  (alert: "alert certificate required", words: "the broker wants a client certificate"),
  (
    alert: "alert unknown ca",
    words: "the broker does not accept our certificate (alert unknown ca)"
  ),
]

/// The part of a line of the library that is for people: of `OpenSSL Error[0]: error:0A000086:SSL routines::certificate
/// verify failed` what comes last.
func libraryWords(_ line: String) -> String {
  let ascii = line.unicodeScalars.prefix(300).filter { (0x20...0x7E).contains($0.value) }
  let text = String(String.UnicodeScalarView(ascii))
  let isOpenSSL = text.hasPrefix("OpenSSL Error")
  let words = isOpenSSL ? text.split(separator: ":").last.map(String.init) ?? text : text
  if let known = alerts.first(where: { words.contains($0.alert) }) { return known.words }
  return words.trimmingPrefix("Error: ").trimmingPrefix(" ").description
}
