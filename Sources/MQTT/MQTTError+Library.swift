internal import CMosquitto
internal import Glibc
internal import System

extension MQTTError {
  /// The error for a code of libmosquitto.
  ///
  /// The texts are ours: those of the library differ between versions, and 2.0.11 says "Unknown error." for a keep-alive
  /// that ran out.
  ///
  /// - Parameters:
  ///   - code: a `mosq_err_t`, or a reason code of MQTT 5 from a DISCONNECT.
  ///   - systemCode: `errno` as the failing call left it.
  ///   - isConnected: whether the broker had answered the login.
  ///   - detail: what the library wrote into its log on the way, empty if nothing.
  ///   - certificate: what is wrong with the broker's certificate.
  init(
    code: Int32,
    systemCode: Int32,
    isConnected: Bool,
    detail: String,
    certificate: CertificateProblem? = nil,
  ) {
    let added = detail.isEmpty ? "" : ": \(detail)"
    if code >= 0x80 {
      self.init(
        .disconnected(code: Int(code)),
        "the broker ended the connection: \(reasonText(code: Int(code)))",
      )
      return
    }
    switch mosq_err_t(code) {
    case MOSQ_ERR_ERRNO where systemCode == EPROTO, MOSQ_ERR_TLS, MOSQ_ERR_TLS_HANDSHAKE,
      MOSQ_ERR_OCSP:
      let words = certificate.map { ": the certificate of the broker \($0)" } ?? added
      self.init(.tls, "TLS failed\(words)", certificate: certificate)
    case MOSQ_ERR_ERRNO where !isConnected && (systemCode == ECONNRESET || systemCode == EPIPE):
      self = .closedBeforeAnswer
    case MOSQ_ERR_ERRNO:
      let reason = SystemError(action: "", code: systemCode).reason
      self.init(isConnected ? .lost : .network, reason)
    case MOSQ_ERR_CONN_LOST, MOSQ_ERR_NO_CONN:
      self = isConnected ? .init(.lost, "the connection was lost") : .closedBeforeAnswer
    case MOSQ_ERR_CONN_REFUSED: self.init(.refused(code: 0), "the broker refused the connection")
    case MOSQ_ERR_EAI, MOSQ_ERR_LOOKUP: self.init(.name, "name not found")
    case MOSQ_ERR_KEEPALIVE, MOSQ_ERR_TIMEOUT: self = .silent
    case MOSQ_ERR_PROTOCOL, MOSQ_ERR_MALFORMED_PACKET, MOSQ_ERR_MALFORMED_UTF8,
      MOSQ_ERR_DUPLICATE_PROPERTY, MOSQ_ERR_TOPIC_ALIAS_INVALID:
      self.init(.protocolViolation, "the broker violates the MQTT protocol")
    case MOSQ_ERR_OVERSIZE_PACKET, MOSQ_ERR_PAYLOAD_SIZE:
      self.init(.protocolViolation, "the packet is too large")
    case MOSQ_ERR_QOS_NOT_SUPPORTED:
      self.init(.protocolViolation, "the broker does not support this QoS")
    case MOSQ_ERR_RETAIN_NOT_SUPPORTED:
      self.init(.protocolViolation, "the broker does not support retained messages")
    case MOSQ_ERR_NOMEM: self.init(.other, "no memory")
    case MOSQ_ERR_INVAL: self.init(.options, "not acceptable to the MQTT library\(added)")
    case MOSQ_ERR_NOT_SUPPORTED: self.init(.options, "not supported by the MQTT library\(added)")
    case MOSQ_ERR_AUTH, MOSQ_ERR_ACL_DENIED: self.init(.refused(code: 5), "not authorized")
    default: self.init(.other, "error \(code) of the MQTT library\(added)")
    }
  }

  /// The broker fell silent.
  static let silent = MQTTError(
    .keepAlive,
    "the broker is silent: nothing heard within the keep-alive"
  )

  /// What a broker that expects TLS does, among others.
  static let closedBeforeAnswer = MQTTError(
    .network,
    "the broker closed the connection before it answered (does it expect TLS?)",
  )
}
