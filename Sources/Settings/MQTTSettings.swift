/// The broker of the raw samples and what to ask it for.
public struct MQTTSettings: Equatable, Sendable {
  /// The versions of the protocol.
  public enum Version: String, Sendable {
    case v3_1_1 = "3.1.1"
    case v5 = "5"
  }

  /// How the connection is secured.
  public struct TLS: Equatable, Sendable {
    /// A file of authorities; with neither this nor `caDirectory`, those of the system.
    public var caFile: String?
    public var caDirectory: String?
    public var certificateFile: String?
    public var keyFile: String?
    public var keyPassword: SecretText?
    /// Whether the broker's certificate and name go unchecked.
    public var isInsecure: Bool
  }

  public var address: MQTTAddress
  /// Not empty; each is a topic filter by MQTT's rules.
  public var topics: [String]
  public var user: String?
  public var password: SecretText?
  public var version: Version
  /// 0, 1 or 2.
  public var qos: Int
  /// 5 to 65,535.
  public var keepAliveSeconds: Int
  /// Nil for a connection in the clear.
  public var tls: TLS?
  /// Nil when no presence is told.
  public var presence: PresenceSettings?
}

/// How presence and last wills are told.
public struct PresenceSettings: Equatable, Sendable {
  public var filter: String
  /// Which level of the topic is the generator, from 0.
  public var idLevel: Int
  public var aliveTexts: [String]
  /// Of a last will.
  public var deadTexts: [String]
  /// Of a farewell.
  public var cleanTexts: [String]
  /// The key that holds the text, where payloads are JSON objects.
  public var jsonKey: String?
}
