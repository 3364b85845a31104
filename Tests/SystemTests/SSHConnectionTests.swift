import Glibc
import System
import Testing

/// What the kernel tells of a connection on the loopback, in place of sshd's.
struct SSHConnectionTests {
  /// Two ends of a connection over IPv4, and its name as sshd would give it.
  private struct Pair {
    let server: Int32
    let client: Int32
    let variable: String

    init() throws {
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(listener) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let isBound = Self.with(&address) { bind(listener, $0, $1) } == 0
      try #require(isBound && listen(listener, 1) == 0)
      let port = Self.port(listener)
      address.sin_port = port.bigEndian
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      let isConnected = Self.with(&address) { connect(client, $0, $1) } == 0
      try #require(isConnected)
      self.client = client
      let accepted = accept(listener, nil, nil)
      try #require(accepted >= 0)
      server = accepted
      variable = "127.0.0.1 \(Self.port(client)) 127.0.0.1 \(port)"
    }

    func end() {
      close(server)
      close(client)
    }

    private static func with(
      _ address: inout sockaddr_in,
      _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
      withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }

    private static func port(_ descriptor: Int32) -> UInt16 {
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      _ = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          getsockname(descriptor, $0, &size)
        }
      }
      return UInt16(bigEndian: address.sin_port)
    }
  }

  private func session(_ variable: String) -> SSHConnection? {
    SSHConnection(Environment(["SSH_CONNECTION": variable]))
  }

  @Test func tellsWhatHasNotArrived() throws {
    let pair = try Pair()
    defer { pair.end() }
    let connection = try #require(session(pair.variable))
    #expect(try #require(connection.figures()).queuedBytes == 0)
    // More than the other end keeps for a reader that does not read.
    _ = fcntl(pair.server, F_SETFL, O_NONBLOCK)
    let bytes = [UInt8](repeating: 1, count: 1 << 20)
    while send(pair.server, bytes, bytes.count, 0) > 0 {}
    let figures = try #require(connection.figures())
    #expect(figures.queuedBytes > 10_000)
    #expect(try #require(figures.roundTrip) < 10_000_000_000)
  }

  @Test func aConnectionThatEndsIsGone() throws {
    let pair = try Pair()
    let connection = try #require(session(pair.variable))
    var reset = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      pair.server,
      SOL_SOCKET,
      SO_LINGER,
      &reset,
      socklen_t(MemoryLayout<linger>.size)
    )
    pair.end()
    #expect(connection.figures() == nil)
  }

  @Test(arguments: [
    "", "127.0.0.1 1 127.0.0.1", "127.0.0.1 1 127.0.0.1 1", "x 1 y 2", "::1 99999 ::1 22",
    "fe80::1%eth0 1 fe80::2%eth0 22", "127.0.0.1 -1 ::1 22", "UNKNOWN 65535 UNKNOWN 65535",
  ])
  func aConnectionThatIsNoneIsNone(variable: String) {
    #expect(session(variable) == nil)
  }
}
