internal import Wording

/// Why there is no connection, or why a request to the broker was not possible.
public struct MQTTError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Which step failed.
  public enum Cause: Equatable, Sendable {
    /// An option that cannot be: an unreadable certificate file, a NUL in a password, …
    case options
    /// The host name has no address.
    case name
    /// No TCP connection.
    case network
    /// No agreement about encryption, or the certificate was not accepted.
    case tls
    /// The broker's answer to the login was no; the code of its CONNACK.
    case refused(code: Int)
    /// The broker did not answer within `connectSeconds`.
    case timedOut
    /// The connection stood, and the broker fell silent.
    case keepAlive
    /// The connection stood, and is gone.
    case lost
    /// The broker ended the connection and said why (MQTT 5); the code of its DISCONNECT.
    case disconnected(code: Int)
    /// The broker sends a larger packet than we want: we have left.
    case oversized
    /// Either side did not keep to the protocol.
    case protocolViolation
    /// The descriptor to wake up on became readable.
    case interrupted
    /// The system's or the library's, such as no memory.
    case other
  }

  public let cause: Cause
  /// Words for a person, without a full stop.
  ///
  /// May hold text from the TLS library, reduced to printable ASCII.
  public let reason: String
  /// With cause `tls`: what was wrong with the broker's certificate; nil if it was something else.
  public let certificate: CertificateProblem?

  public init(_ cause: Cause, _ reason: String, certificate: CertificateProblem? = nil) {
    self.cause = cause
    self.reason = reason
    self.certificate = certificate
  }

  public var description: String { reason.printable }
}

/// Words for a CONNACK that says no.
///
/// - Parameter code: 1 to 5 of MQTT 3.1.1, or a reason code of MQTT 5 (128 and up).
/// - Returns: words without a full stop.
func connectRefusal(code: Int) -> String {
  switch code {
  case 1: "the broker does not speak this version of MQTT"
  case 2: "the broker refused the client id"
  case 3: "the broker says it is unavailable"
  case 4, 134: "wrong user name or password"
  case 5, 135: "not authorized: wrong user name or password, or not allowed to connect"
  default: "the broker refused the connection: \(reasonText(code: code))"
  }
}

/// Words for a reason code of MQTT 5, as its specification names it (section 2.4).
func reasonText(code: Int) -> String {
  if code == 4 { return "disconnected with the will" }
  let place = code - 0x80
  return reasons.indices.contains(place) ? reasons[place] : "reason code \(code)"
}

/// The words for the reason codes from 0x80 on.
private let reasons = [
  // 0x80
  "unspecified error", "malformed packet", "protocol error", "implementation specific error",
  // 0x84
  "unsupported protocol version", "client id not valid", "bad user name or password",
  "not authorized",
  // 0x88
  "server unavailable", "server busy", "banned", "server shutting down",
  // 0x8C
  "bad authentication method", "keep alive timeout", "another client took over this client id",
  "topic filter invalid",
  // 0x90
  "topic name invalid", "packet id in use", "packet id not found", "receive maximum exceeded",
  // 0x94
  "topic alias invalid", "packet too large", "message rate too high", "quota exceeded",
  // 0x98
  "administrative action", "payload format invalid", "retain not supported", "QoS not supported",
  // 0x9C
  "use another server", "server moved", "shared subscriptions not supported",
  "connection rate exceeded",
  // 0xA0
  "maximum connect time", "subscription ids not supported", "wildcard subscriptions not supported",
]

/// Why a subscription was refused, from its code in the SUBACK; nil if it was granted.
func subscriptionRefusal(code: Int) -> String? {
  // MQTT 3.1.1 knows 0x80 only, and no reason with it.
  code == 0x80 ? "refused by the broker" : code > 0x80 ? reasonText(code: code) : nil
}
