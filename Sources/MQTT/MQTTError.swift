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

  public var description: String { reason }
}

/// Words for a CONNACK that says no.
///
/// - Parameter code: 1 to 5 of MQTT 3.1.1, or a reason code of MQTT 5 (128 and up).
/// - Returns: words without a full stop.
public func connectRefusal(code: Int) -> String {
  switch code {
  case 1: "the broker does not speak this version of MQTT"
  case 2: "the broker refused the client id"
  case 3: "the broker says it is unavailable"
  case 4: "wrong user name or password"
  case 5: "not authorized: wrong user name or password, or not allowed to connect"
  case 134: "wrong user name or password"
  case 135: "not authorized: wrong user name or password, or not allowed to connect"
  default: "the broker refused the connection: \(reasonText(code: code))"
  }
}

/// Words for a reason code of MQTT 5, as its specification names it (section 2.4).
public func reasonText(code: Int) -> String {
  switch code {
  case 0x04: "disconnected with the will"
  case 0x80: "unspecified error"
  case 0x81: "malformed packet"
  case 0x82: "protocol error"
  case 0x83: "implementation specific error"
  case 0x84: "unsupported protocol version"
  case 0x85: "client id not valid"
  case 0x86: "bad user name or password"
  case 0x87: "not authorized"
  case 0x88: "server unavailable"
  case 0x89: "server busy"
  case 0x8A: "banned"
  case 0x8B: "server shutting down"
  case 0x8C: "bad authentication method"
  case 0x8D: "keep alive timeout"
  case 0x8E: "another client took over this client id"
  case 0x8F: "topic filter invalid"
  case 0x90: "topic name invalid"
  case 0x91: "packet id in use"
  case 0x92: "packet id not found"
  case 0x93: "receive maximum exceeded"
  case 0x94: "topic alias invalid"
  case 0x95: "packet too large"
  case 0x96: "message rate too high"
  case 0x97: "quota exceeded"
  case 0x98: "administrative action"
  case 0x99: "payload format invalid"
  case 0x9A: "retain not supported"
  case 0x9B: "QoS not supported"
  case 0x9C: "use another server"
  case 0x9D: "server moved"
  case 0x9E: "shared subscriptions not supported"
  case 0x9F: "connection rate exceeded"
  case 0xA0: "maximum connect time"
  case 0xA1: "subscription ids not supported"
  case 0xA2: "wildcard subscriptions not supported"
  default: "reason code \(code)"
  }
}

/// Why a subscription was refused, from its code in the SUBACK; nil if it was granted.
public func subscriptionRefusal(code: Int) -> String? {
  // MQTT 3.1.1 knows 0x80 only, and no reason with it.
  code == 0x80 ? "refused by the broker" : code > 0x80 ? reasonText(code: code) : nil
}
