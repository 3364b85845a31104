import Glibc
import System
import Testing

/// A connection that says what a test wants, be it HTTP or not.
final class RawClient {
  private let descriptor: Int32

  init(port: Int, isIPv6: Bool = false) throws {
    descriptor = socket(
      isIPv6 ? AF_INET6 : AF_INET,
      Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue),
      0
    )
    try #require(descriptor >= 0)
    var address = sockaddr_storage()
    let size = withUnsafeMutablePointer(to: &address) { pointer in
      if isIPv6 {
        return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
          $0.pointee.sin6_family = sa_family_t(AF_INET6)
          $0.pointee.sin6_port = UInt16(port).bigEndian
          $0.pointee.sin6_addr = in6addr_loopback
          return socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
      }
      return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        $0.pointee.sin_family = sa_family_t(AF_INET)
        $0.pointee.sin_port = UInt16(port).bigEndian
        $0.pointee.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return socklen_t(MemoryLayout<sockaddr_in>.size)
      }
    }
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    try #require(code == 0)
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) {
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// All that comes until the other side closes; nil if it does not within the time.
  func answer(within seconds: Int32 = 30) -> String? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, seconds * 1000) > 0 else { return nil }
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  /// What comes for a text.
  static func answer(to text: String, port: Int, isIPv6: Bool = false) throws -> String? {
    let client = try RawClient(port: port, isIPv6: isIPv6)
    client.send(text)
    return client.answer()
  }
}
