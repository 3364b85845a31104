internal import Wording
public import System

/// Everything a connection to a broker needs to know.
public struct MQTTOptions: Equatable, Sendable {
  /// The version of the protocol.
  public enum Version: Equatable, Sendable {
    case v3_1_1
    case v5
  }

  /// How the connection is encrypted.
  public struct TLS: Equatable, Sendable {
    /// Certificates of the authorities to trust, PEM; nil with `caDirectory` nil: those of the system.
    public var caFile: String?
    /// A folder of such certificates, prepared by `openssl rehash`.
    public var caDirectory: String?
    /// Our own certificate, PEM, where the broker asks for one; needs `keyFile`.
    public var certificateFile: String?
    public var keyFile: String?
    public var keyPassphrase: Secret?
    /// Trusts any certificate of any name: encrypted, but to whom is unknown.
    public var isInsecure = false
  }

  /// A message that the broker publishes and retains for us when we are gone without a word.
  public struct Will: Equatable, Sendable {
    public var topic: String
    public var payload: [UInt8]
    /// 0 to 2.
    public var qos: Int

    public init(topic: String, payload: [UInt8], qos: Int = 0) {
      self.topic = topic
      self.payload = payload
      self.qos = qos
    }
  }

  public var host: String
  public var port = 1883
  /// Nil for a connection in the clear.
  public var tls: TLS?
  public var userName: String?
  public var password: Secret?
  public var version = Version.v3_1_1
  /// Clamped to 5...65535; silence is an error after one and a half of it and two seconds.
  public var keepAliveSeconds = 15
  /// Whether the broker forgets us when the connection ends.
  public var isCleanSession = true
  public var clientID = randomClientID(prefix: "egtop")
  public var will: Will?
  /// How many messages of QoS 1 and 2 may be under way from us at once; the others wait in the library.
  public var sendMaximum = 20
  /// How many bytes a packet from the broker may have; nil for any.
  ///
  /// By MQTT 5 the broker keeps larger ones back. By 3.1.1, where it cannot be told, a larger one ends the connection.
  public var maximumPacketSize: Int?
  /// How long name, connection, TLS and login may take together.
  public var connectSeconds = 10
  /// Keeps the acknowledgements of the messages that a `poll` lent until the next one, so that the messages can be put in
  /// a safe place before the broker forgets them.
  public var holdsAcknowledgements = false
  /// Whether the broker is asked for a sign of life when nothing else was sent; without, a silent one is not noticed.
  public var sendsPings = true
  /// Whether the process has hundreds of clients, each of which is to take as little of the kernel's memory as can be.
  ///
  /// Such clients are made on one thread.
  public var isOneOfMany = false
}

extension MQTTOptions {
  public init(host: String, port: Int = 1883) {
    self.host = host
    self.port = port
  }

  /// The broker's host and port, as one writes them.
  public var address: String { Phrases.place(host, port) }
}

extension MQTTOptions.TLS {
  public init(isInsecure: Bool) {
    self.isInsecure = isInsecure
  }
}

/// Bytes that are not to be shown: printing, dumping and interpolating it gives dots.
public struct Secret: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
  public let bytes: [UInt8]

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  public var description: String { "•••" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A client id that no other client has, and that says in a broker's log whose it is:
/// `prefix-user-host-pid-random`, of ASCII letters, digits, `-`, `_` and `.` only.
public func randomClientID(
  prefix: String,
  host: String = hostName(),
  user: String = userName(),
  pid: Int32 = processID(),
  random: [UInt8] = randomBytes(count: 4),
) -> String {
  let suffix = random.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  return "\(plain(prefix))-\(plain(user))-\(plain(host))-\(pid)-\(suffix)"
}

private func plain(_ word: String) -> String {
  let scalars = word.unicodeScalars.prefix(24).map { scalar in
    UInt8(exactly: scalar.value).map(plainBytes.contains) == true ? Character(scalar) : "_"
  }
  return String(scalars)
}
