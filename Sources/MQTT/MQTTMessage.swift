/// What comes with the topic and the payload of a message.
///
/// libmosquitto does not tell whether a message is marked as a possible redelivery (DUP).
public struct MQTTMessage: Equatable, Sendable {
  /// 0 to 2.
  public let qos: Int
  /// Kept by the broker from before our subscription; never news.
  public let isRetained: Bool
}

/// Gets the topic, the payload and the rest of a message; the bytes are only there until it returns.
public typealias MQTTMessageHandler = (Span<UInt8>, Span<UInt8>, MQTTMessage) -> Void

/// Something other than a message that happened on a connection.
public enum MQTTEvent: Equatable, Sendable {
  /// The broker accepted the login.
  case connected(isSessionPresent: Bool)
  /// A subscription was granted, at this QoS or lower than asked for.
  case subscribed(filter: String, qos: Int)
  /// A subscription was refused; messages of this filter will not come.
  case subscriptionRefused(filter: String, reason: String)
}
