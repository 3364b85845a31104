internal import CMosquitto

extension MQTTClient {
  /// Asks for the messages of a filter; the answer comes as an event.
  ///
  /// - Parameters:
  ///   - filter: with `+` and `#`.
  ///   - qos: 0 to 2, the highest that messages shall come with.
  ///   - again: Whether what is retained comes even if the session was subscribed before.
  /// - Throws: `MQTTError` with cause `options` when it is no filter; any other when the connection is gone.
  public func subscribe(to filter: String, qos: Int = 0, again: Bool = false) throws(MQTTError) {
    guard MQTTTopicFilter(filter) != nil, (0...2).contains(qos) else {
      throw MQTTError(.options, "not a topic filter with a QoS of 0 to 2")
    }
    var messageID: Int32 = 0
    // By MQTT 5: what is retained comes only if the session was not subscribed before.
    let isWhole = again || options.isCleanSession
    let options = isWhole ? 0 : Int32(MQTT_SUB_OPT_SEND_RETAIN_NEW.rawValue)
    try check(
      mosquitto_subscribe_v5(handle, &messageID, filter, Int32(qos), options, nil)
    )
    pendingFilters[messageID] = filter
  }

  /// Asks for no more messages of a filter.
  ///
  /// - Throws: `MQTTError` with cause `options` when it is no filter; any other when the connection is gone.
  public func unsubscribe(from filter: String) throws(MQTTError) {
    guard MQTTTopicFilter(filter) != nil else { throw MQTTError(.options, "not a topic filter") }
    try check(mosquitto_unsubscribe_v5(handle, nil, filter, nil))
  }

  /// Publishes a message; `acknowledgedCount` grows when it is through.
  ///
  /// Call `poll` between publishes and stop while `publishedCount - acknowledgedCount` is large: the library keeps what the
  /// network does not take, without a bound.
  ///
  /// With QoS 1 and 2 the library keeps the message also when the connection is gone, and sends it after the next
  /// `connect`.
  ///
  /// - Throws: `MQTTError` with cause `options` for a topic with wildcards and the like; any other when the connection is
  ///   gone.
  public func publish(
    _ payload: [UInt8],
    to topic: String,
    qos: Int = 0,
    retain: Bool = false,
  ) throws(MQTTError) {
    let (size, level) = (Int32(clamping: payload.count), Int32(clamping: qos))
    let code = mosquitto_publish(handle, nil, topic, size, payload, level, retain)
    if code == MOSQ_ERR_INVAL.rawValue || code == MOSQ_ERR_MALFORMED_UTF8.rawValue {
      throw MQTTError(.options, "not a topic that can be published to, or not a QoS of 0 to 2")
    }
    if code == MOSQ_ERR_SUCCESS.rawValue || qos > 0 && isKept(code) { publishedCount += 1 }
    try check(code)
  }

  /// Whether a message of QoS 1 or 2 was taken, though the call failed: then only the network did.
  private func isKept(_ code: Int32) -> Bool {
    [MOSQ_ERR_NO_CONN, MOSQ_ERR_CONN_LOST, MOSQ_ERR_ERRNO, MOSQ_ERR_TLS].contains {
      $0.rawValue == code
    }
  }
}
