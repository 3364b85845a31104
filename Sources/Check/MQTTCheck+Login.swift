import Feeds
import MQTT
import Settings
import System

/// The steps TLS and login of the walk to an MQTT broker.
extension MQTTCheck {
  private var connection: MQTTOptions { options.connection }

  /// Logs in and tells both steps; nil if that failed.
  func logIn() throws(CheckInterrupted) -> MQTTClient? {
    do throws(MQTTError) {
      let client = try MQTTClient(connection)
      do throws(MQTTError) {
        try connect(client)
      } catch {
        try tell(error, client)
        return nil
      }
      tellTLS(client)
      let user = connection.userName.map { "as \($0)" } ?? "without a user name"
      report.good("login", "accepted \(user), MQTT \(settings.version.rawValue)")
      return client
    } catch {
      if error.cause == .interrupted { throw CheckInterrupted() }
      let step = connection.tls == nil ? "login" : "TLS"
      if connection.tls == nil { tellClear() }
      report.failed(step, error.reason, "check the files and options given for it")
      if connection.tls != nil { report.leftOut(["login"]) }
      return nil
    }
  }

  /// Waits until the broker has accepted the login.
  private func connect(_ client: MQTTClient) throws(MQTTError) {
    try client.connect(wakingOn: walk.waker)
    while !client.isConnected {
      try checkInterruption()
      _ = try client.poll(wakingOn: walk.waker, timeoutNanoseconds: 100_000_000) { _, _, _ in }
    }
  }

  private func tellClear() {
    report.leftOut("TLS", "not used (mqtt://): anyone on the network path can read along")
  }

  private func tellTLS(_ client: MQTTClient) {
    guard let tls = connection.tls else { return tellClear() }
    let version = client.tlsVersion ?? "TLS"
    let finding =
      tls.isInsecure
      ? "; the certificate was not checked (--mqtt-insecure)"
      : ", certificate valid for \(connection.host), checked against \(tls.authorities)"
    report.good("TLS", version + finding)
  }

  /// Tells the step that failed, and that the one after it was not tried.
  private func tell(_ error: MQTTError, _ client: MQTTClient) throws(MQTTError) {
    if error.cause == .interrupted { throw error }
    if case .refused(let code) = error.cause {
      tellTLS(client)
      report.failed("login", error.reason, advice(refusal: code))
      return
    }
    if error.certificate == nil, try isOtherKind() {
      let (reason, advice) =
        connection.tls == nil
        ? ("the broker expects TLS on this port", "use mqtts://, or its port without TLS")
        : ("the broker speaks without TLS on this port", "use mqtt://, or its port for TLS")
      report.failed("TLS", reason, advice)
      report.leftOut(["login"])
    } else if let tls = connection.tls {
      report.failed("TLS", error.reason, advice(error, tls))
      report.leftOut(["login"])
    } else {
      tellClear()
      let advice =
        error.cause == .network
        ? "use mqtts:// if it does, else name the port of an MQTT broker"
        : "name the port of an MQTT broker"
      report.failed("login", error.reason, advice)
    }
  }

  /// Whether the broker answers in the other way: without TLS where we used it, and with it where we did not.
  ///
  /// Sends no name and no password: any answer to the login will do.
  private func isOtherKind() throws(MQTTError) -> Bool {
    var other = MQTTOptions(host: connection.host, port: connection.port)
    other.version = connection.version
    other.connectSeconds = 3
    if connection.tls == nil { other.tls = .init(isInsecure: true) }
    let client = try MQTTClient(other)
    do throws(MQTTError) {
      try connect(client)
      client.disconnect()
      return true
    } catch {
      switch error.cause {
      case .interrupted: throw error
      case .refused: return true
      // It speaks TLS, and wants something of us, such as a certificate.
      case .tls: return wantsCertificate(error)
      default: return false
      }
    }
  }

  private func advice(refusal code: Int) -> String {
    switch code {
    case 1, 0x84: "try the other --mqtt-version"
    case 2, 0x85: "the broker must allow client ids that begin with egtop-"
    case 4, 5, 0x86, 0x87:
      "check --mqtt-user and the password (EGTOP_MQTT_PASSWORD or --mqtt-password-file)"
    default: "the broker's log may say more"
    }
  }

  /// Whether the broker may want a certificate of us: by TLS 1.3 it says so after the handshake, or just goes.
  private func wantsCertificate(_ error: MQTTError) -> Bool {
    error.cause == .network
      || ["alert", "client certificate"].contains { error.reason.contains($0) }
  }

  private func advice(_ error: MQTTError, _ tls: MQTTOptions.TLS) -> String {
    switch error.certificate {
    case .expired: "renew it there, unless the clock of this machine is wrong"
    case .notYetValid: "is the clock of this machine right?"
    case .unknownAuthority:
      "it was checked against \(tls.authorities): name the right authority with --mqtt-ca"
    case .otherName: "call the broker by the name in its certificate"
    case .other: "it must be a server certificate"
    case nil where tls.certificateFile == nil && wantsCertificate(error):
      "the broker may require a client certificate (--mqtt-cert and --mqtt-key)"
    case nil: "the broker's log may say more"
    }
  }
}

extension MQTTOptions.TLS {
  /// What certificates are checked against, in words.
  fileprivate var authorities: String {
    caFile ?? caDirectory ?? "the authorities of this machine"
  }
}
