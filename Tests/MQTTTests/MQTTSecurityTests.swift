import LocalBrokers
import System
import Testing

@testable import MQTT

/// Runs a program to its end; false when it is not installed or fails.
private func run(_ name: String, _ arguments: [String]) -> Bool {
  guard
    let path = Environment.current().executable(name, alsoIn: ["/usr/sbin"]),
    let child = try? ChildProcess.start(path, arguments)
  else { return false }
  return child.wait(timeoutNanoseconds: 60_000_000_000) == .code(0)
}

private let hasOpenSSL = Environment.current().executable("openssl") != nil
private let hasPasswords = Environment.current().executable("mosquitto_passwd") != nil

@Suite(.serialized, .timeLimit(.minutes(20))) struct MQTTSecurityTests {
  /// A folder with an authority, another one, and certificates of the first for a server and a client.
  private func withCertificates(
    names: String = "DNS:localhost,IP:127.0.0.1",
    _ body: (String) throws -> Void,
  ) throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-tls")
    defer { removeFlatDirectory(folder) }
    for name in ["ca", "other"] {
      let arguments = [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
        "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", "\(folder)/\(name).key",
        "-out", "\(folder)/\(name).crt",
      ]
      try #require(run("openssl", arguments))
    }
    try writeFileAtomically("\(folder)/names", Array("subjectAltName=\(names)\n".utf8))
    for (name, key) in [("server", ["-nodes"]), ("client", ["-passout", "pass:s3cret"])] {
      let request =
        ["req", "-newkey", "rsa:2048", "-subj", "/CN=\(name)"] + key
        + ["-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).csr"]
      try #require(run("openssl", request))
      let signing = [
        "x509", "-req", "-in", "\(folder)/\(name).csr", "-CA", "\(folder)/ca.crt",
        "-CAkey", "\(folder)/ca.key", "-CAcreateserial", "-days", "2",
        "-extfile", "\(folder)/names", "-out", "\(folder)/\(name).crt",
      ]
      try #require(run("openssl", signing))
    }
    try body(folder)
  }

  private func encrypted(_ folder: String, more: String = "allow_anonymous true") -> String {
    """
    cafile \(folder)/ca.crt
    certfile \(folder)/server.crt
    keyfile \(folder)/server.key
    \(more)
    """
  }

  private func failure(_ options: MQTTOptions) -> MQTTError? {
    #expect(throws: MQTTError.self) { try Session(options).connect() }
  }

  @Test(.enabled(if: hasOpenSSL, "openssl is not installed"))
  func checksTheCertificateOfTheBroker() throws {
    try withCertificates { folder in
      try withBroker(encrypted(folder)) { broker in
        for host in ["127.0.0.1", "localhost"] {
          var good = options(broker)
          good.host = host
          good.tls = .init(caFile: "\(folder)/ca.crt")
          let session = try Session(good, subscribedTo: ["a"])
          #expect(session.client.tlsVersion == "TLSv1.3")
          for number in 0..<5000 { try session.client.publish(Array("\(number)".utf8), to: "a") }
          try session.run { $0.messages.count == 5000 }
          let isWhole = session.messages.map { Int($0.text) } == Array(0..<5000)
          #expect(isWhole)
        }
        var wrong = options(broker)
        wrong.tls = .init(caFile: "\(folder)/other.crt")
        let untrusted = failure(wrong)
        #expect(untrusted?.cause == .tls)
        #expect(untrusted?.certificate == .unknownAuthority)
        let reason =
          "TLS failed: the certificate of the broker is not signed by an authority that is trusted here"
        #expect(untrusted?.reason == reason)
        wrong.tls = .init()
        #expect(failure(wrong)?.cause == .tls)
        wrong.tls?.isInsecure = true
        try Session(wrong).connect()
        // In the clear to a broker that expects TLS.
        let plain = failure(options(broker))
        #expect(plain?.cause == .network)
        #expect(plain?.reason.contains("expect TLS") == true, "\(String(describing: plain))")
      }
    }
  }

  @Test(.enabled(if: hasOpenSSL, "openssl is not installed"))
  func refusesACertificateOfAnotherName() throws {
    try withCertificates(names: "DNS:elsewhere.example") { folder in
      try withBroker(encrypted(folder)) { broker in
        for host in ["127.0.0.1", "localhost"] {
          var named = options(broker)
          named.host = host
          named.tls = .init(caFile: "\(folder)/ca.crt")
          let error = failure(named)
          #expect(error?.cause == .tls)
          #expect(error?.certificate == .otherName)
          named.tls?.isInsecure = true
          try Session(named).connect()
        }
      }
    }
  }

  @Test(.enabled(if: hasOpenSSL, "openssl is not installed"))
  func showsItsOwnCertificateWithAPassphrase() throws {
    try withCertificates { folder in
      let more = "require_certificate true\nallow_anonymous true"
      try withBroker(encrypted(folder, more: more)) { broker in
        var known = options(broker)
        known.tls = .init(
          caFile: "\(folder)/ca.crt",
          certificateFile: "\(folder)/client.crt",
          keyFile: "\(folder)/client.key",
          keyPassphrase: Secret(Array("s3cret".utf8)),
        )
        try Session(known).connect()
        known.tls?.keyPassphrase = Secret(Array("wrong".utf8))
        #expect(failure(known)?.cause == .tls)
        // Without a passphrase OpenSSL would ask at the terminal and wait.
        known.tls?.keyPassphrase = nil
        #expect(failure(known)?.cause == .tls)
        known.tls = .init(caFile: "\(folder)/ca.crt")
        let stranger = failure(known)
        #expect(stranger?.reason.contains("client certificate") == true)
        #expect(stranger?.reason.contains("expect TLS") == false)
      }
    }
  }

  @Test func failsWithTLSAgainstABrokerInTheClear() throws {
    try withBroker { broker in
      var eager = options(broker)
      eager.connectSeconds = 5
      eager.tls = .init(isInsecure: true)
      let error = failure(eager)
      #expect(error?.cause == .tls || error?.cause == .network)
    }
  }

  @Test(
    .enabled(if: hasPasswords, "mosquitto_passwd is not installed"),
    arguments: [MQTTOptions.Version.v3_1_1, .v5],
  )
  func saysThatAPasswordIsWrong(_ version: MQTTOptions.Version) throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-login")
    defer { removeFlatDirectory(folder) }
    try #require(run("mosquitto_passwd", ["-c", "-b", "\(folder)/passwords", "operator", "right"]))
    let configuration = """
      allow_anonymous false
      password_file \(folder)/passwords
      """
    try withBroker(configuration) { broker in
      var login = options(broker, version)
      login.userName = "operator"
      login.password = Secret(Array("right".utf8))
      try Session(login).connect()
      login.password = Secret(Array("wrong".utf8))
      let wrong = failure(login)
      #expect(wrong?.cause == .refused(code: version == .v5 ? 135 : 5))
      #expect(wrong?.reason.contains("wrong user name or password") == true)
      #expect(failure(options(broker, version))?.cause == wrong?.cause)
    }
  }
}
