internal import Glibc
internal import Wording

/// A TCP port of this machine that is listened on.
///
/// Whoever takes the descriptor closes it.
public struct ListeningSocket: Sendable {
  public let descriptor: Int32
  /// The one that was found free, where 0 was asked for.
  public let port: Int

  /// Listens on the first address of a host that can be listened on.
  ///
  /// - Parameters:
  ///   - host: A name or an address of this machine; `0.0.0.0` or `::` for all of them.
  ///   - port: 0 for a free one.
  ///   - wakeup: Ends the search for the address of a name when it becomes readable; negative for none.
  /// - Throws: `SystemError` that names both, such as when another program has the port.
  public init(
    host: String,
    port: Int,
    wakingOn wakeup: Int32 = -1,
  ) throws(SystemError) {
    let place = Phrases.place(host, port)
    var failure = SystemError(action: "cannot listen on \(place)", code: EADDRNOTAVAIL)
    do {
      let addresses = try resolve(
        host: host,
        port: port,
        timeoutNanoseconds: 5_000_000_000,
        wakingOn: wakeup,
      )
      for address in addresses {
        guard let (descriptor, port) = Self.listen(on: address) else {
          failure = SystemError("cannot listen on \(place)")
          continue
        }
        (self.descriptor, self.port) = (descriptor, port)
        return
      }
    } catch {
      throw SystemError(
        action: "cannot listen on \(place)",
        code: EADDRNOTAVAIL,
        words: "\(error)"
      )
    }
    throw failure
  }

  /// The descriptor and its port; nil with `errno` set.
  private static func listen(on address: NetworkAddress) -> (Int32, Int)? {
    let descriptor = address.makeSocket()
    guard descriptor >= 0 else { return nil }
    var yes: Int32 = 1
    // A port that was in use a moment ago may be taken again.
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    if address.withSocketAddress({ bind(descriptor, $0, $1) }) == 0,
      Glibc.listen(descriptor, 128) == 0, let port = port(of: descriptor)
    {
      return (descriptor, port)
    }
    let code = errno
    close(descriptor)
    errno = code
    return nil
  }

  private static func port(of descriptor: Int32) -> Int? {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      let code = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &size)
      }
      guard code == 0 else { return nil }
      // The port stands at the same place for both versions of IP.
      return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        Int(UInt16(bigEndian: $0.pointee.sin_port))
      }
    }
  }
}
