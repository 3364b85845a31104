import Glibc
import System
import Testing

@testable import MQTT

/// Something else that listens where a broker should.
@Suite(.serialized, .timeLimit(.minutes(20))) struct NoBrokerTests {
  /// A server on a free port that answers the first bytes with a text, if there is one, and closes then.
  private func serve(_ answer: String?) throws -> (port: Int, end: () -> Void) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, size)
        _ = getsockname(listener, $0, &size)
      }
    }
    try #require(listen(listener, 8) == 0)
    let thread = try startThread(name: "server") {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 1000)
        _ = recv(connection, &bytes, bytes.count, 0)
        // Without an answer it waits for more until the other side has gone.
        if let answer {
          _ = send(connection, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
        } else {
          _ = recv(connection, &bytes, bytes.count, 0)
        }
        close(connection)
      }
    }
    return (
      Int(UInt16(bigEndian: address.sin_port)),
      {
        shutdown(listener, Int32(SHUT_RDWR))
        thread.join()
        close(listener)
      }
    )
  }

  private func failure(_ answer: String?) throws -> MQTTError? {
    let server = try serve(answer)
    var options = MQTTOptions(host: "127.0.0.1", port: server.port, keepAliveSeconds: 5)
    options.connectSeconds = 3
    // The connection has to go before the server can.
    let error = #expect(throws: MQTTError.self) { try Session(options).connect() }
    server.end()
    return error
  }

  @Test func isNoBrokerWhenItAnswersAsAWebServerDoes() throws {
    for text in ["", " and so on, for longer than a packet of the size that the words seem to say"]
    {
      let error = try failure("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n\(text)\(text)")
      let reason = try #require(error?.reason)
      let isNamed = reason == "what answers is no MQTT broker (is this its port?)"
      let isClosed = reason.hasPrefix("the broker closed the connection before it answered")
      #expect(isNamed || isClosed && text.isEmpty, "\(reason)")
    }
  }

  /// The answer to a login by MQTT 5, with the most seconds that a session is kept: by Mochi's `maximum_session_expiry_interval`.
  @Test func aBrokerMaySayForHowLongItKeepsASession() throws {
    for (property, seconds) in [("\u{11}\0\0\0<", 60), ("\u{21}\0\u{14}$\u{1}", nil)] {
      let server = try serve(" \u{8}\0\0\u{5}\(property)")
      var options = MQTTOptions(host: "127.0.0.1", port: server.port, keepAliveSeconds: 5)
      options.version = .v5
      options.isCleanSession = false
      options.clientID = "kept"
      let session = try Session(options)
      // Who answers closes the connection behind it.
      try? session.connect()
      #expect(session.client.sessionSeconds == seconds)
      server.end()
    }
  }

  @Test func mayBeNoneWhenItDoesNotAnswer() throws {
    #expect(try failure(nil)?.reason == "no answer to the login (is it an MQTT broker?)")
  }
}
