internal import CMosquitto
internal import Glibc
internal import System
internal import Wording

extension MQTTClient {
  /// The error for a code of libmosquitto, with what the library and OpenSSL told on the way.
  ///
  /// The texts are ours: those of the library differ between versions, and 2.0.11 says "Unknown error." for a keep-alive
  /// that ran out.
  ///
  /// - Parameters:
  ///   - code: a `mosq_err_t`, or a reason code of MQTT 5 from a DISCONNECT.
  ///   - systemCode: `errno` as the failing call left it.
  ///   - isConnected: whether the broker had answered the login.
  /// - Returns: What failed, in words for people.
  func error(for code: Int32, systemCode: Int32, isConnected: Bool) -> MQTTError {
    if code >= 0x80 {
      let words = reasonText(code: Int(code))
      return MQTTError(.disconnected(code: Int(code)), "the broker ended the connection: \(words)")
    }
    let added = libraryDetail.isEmpty ? "" : ": \(libraryDetail)"
    let cause = libraryDetail.isEmpty ? " (\(question))" : added
    let problem = certificateProblem.map { ": the certificate of the broker \($0)" } ?? cause
    return switch mosq_err_t(code) {
    case MOSQ_ERR_ERRNO where systemCode == EPROTO, MOSQ_ERR_TLS, MOSQ_ERR_TLS_HANDSHAKE,
      MOSQ_ERR_OCSP:
      MQTTError(.tls, "TLS failed\(problem)", certificate: certificateProblem)
    case MOSQ_ERR_ERRNO where !isConnected && (systemCode == ECONNRESET || systemCode == EPIPE):
      closedBeforeAnswer
    case MOSQ_ERR_ERRNO where !isConnected && systemCode == 0,
      MOSQ_ERR_PROTOCOL where !isConnected, MOSQ_ERR_MALFORMED_PACKET where !isConnected:
      MQTTError(.protocolViolation, "what answers is no MQTT broker (is this its port?)")
    case MOSQ_ERR_ERRNO where systemCode == 0: MQTTError(.lost, "the connection was lost")
    case MOSQ_ERR_ERRNO:
      MQTTError(isConnected ? .lost : .network, SystemError(action: "", code: systemCode).reason)
    case MOSQ_ERR_CONN_LOST, MOSQ_ERR_NO_CONN:
      isConnected ? MQTTError(.lost, "the connection was lost") : closedBeforeAnswer
    case MOSQ_ERR_CONN_REFUSED: MQTTError(.refused(code: 0), "the broker refused the connection")
    case MOSQ_ERR_EAI, MOSQ_ERR_LOOKUP: MQTTError(.name, "name not found")
    case MOSQ_ERR_KEEPALIVE, MOSQ_ERR_TIMEOUT: isConnected ? .silent : noAnswer
    case MOSQ_ERR_PROTOCOL, MOSQ_ERR_MALFORMED_PACKET, MOSQ_ERR_MALFORMED_UTF8,
      MOSQ_ERR_DUPLICATE_PROPERTY, MOSQ_ERR_TOPIC_ALIAS_INVALID:
      MQTTError(.protocolViolation, "the broker violates the MQTT protocol")
    case MOSQ_ERR_OVERSIZE_PACKET, MOSQ_ERR_PAYLOAD_SIZE:
      MQTTError(.protocolViolation, "the packet is too large")
    case MOSQ_ERR_QOS_NOT_SUPPORTED:
      MQTTError(.protocolViolation, "the broker does not support this QoS")
    case MOSQ_ERR_RETAIN_NOT_SUPPORTED:
      MQTTError(.protocolViolation, "the broker does not support retained messages")
    case MOSQ_ERR_NOMEM: MQTTError(.other, "no memory")
    case MOSQ_ERR_INVAL: MQTTError(.options, "not acceptable to the MQTT library\(added)")
    case MOSQ_ERR_NOT_SUPPORTED: MQTTError(.options, "not supported by the MQTT library\(added)")
    case MOSQ_ERR_AUTH, MOSQ_ERR_ACL_DENIED: MQTTError(.refused(code: 5), "not authorized")
    default: MQTTError(.other, "error \(code) of the MQTT library\(added)")
    }
  }
}

extension MQTTError {
  /// The broker fell silent.
  static let silent = MQTTError(
    .keepAlive,
    "the broker is silent: nothing heard within the keep-alive"
  )

  /// A packet of more bytes than are wanted is coming.
  static func oversized(_ most: Int) -> MQTTError {
    let size = Figures.bytes(most)
    return MQTTError(.oversized, "a packet of more than \(size) is coming: connection left")
  }
}

extension MQTTClient {
  /// Nothing came in the time there is.
  var noAnswer: MQTTError {
    let words =
      awaitsTCP
      ? "no answer within \(options.connectSeconds) s"
      : "no answer to the login (is it an MQTT broker?)"
    return MQTTError(.timedOut, words)
  }

  /// What a broker does that expects TLS or a certificate, among others.
  var closedBeforeAnswer: MQTTError {
    let words = "the broker closed the connection before it answered"
    return MQTTError(.network, "\(words) (\(question))")
  }

  /// What may be wrong where a broker only closes the connection, or TLS fails without a word why.
  private var question: String {
    switch options.tls?.certificateFile {
    case _ where options.tls == nil: "does it expect TLS?"
    case nil: "does it want a client certificate?"
    case _?: "does it accept our certificate?"
    }
  }
}
