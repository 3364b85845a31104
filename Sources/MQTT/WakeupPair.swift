internal import Glibc

/// The pair of sockets with which libmosquitto wakes threads of its own.
///
/// It writes a byte into it with every packet, and where the loop is ours nobody reads them: the kernel would keep 200 kB
/// for each client, too much where there are hundreds. So the pair gets the smallest buffer; a write that does not fit is
/// no error for the library.
enum WakeupPair {
  /// Makes a client of the library, and the buffers of its pair small.
  ///
  /// The library does not tell where the pair is: at the two lowest free numbers, or near them when another thread took
  /// one in between. Only what is such a pair is touched, and no byte of it.
  static func whileShrinking(_ make: () -> OpaquePointer?) -> OpaquePointer? {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let free = (0..<2).map { _ in socket(AF_UNIX, kind, 0) }
    for descriptor in free where descriptor >= 0 { close(descriptor) }
    let handle = make()
    var pair = free.filter(isUnnamedStream)
    if pair.count < 2, let first = free.first {
      pair = (first..<first + 64).filter(isUnnamedStream)
    }
    for descriptor in pair {
      var size: Int32 = 0
      setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    return handle
  }

  private static func isUnnamedStream(_ descriptor: Int32) -> Bool {
    var (domain, kind): (Int32, Int32) = (0, 0)
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard
      descriptor >= 0,
      getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0, domain == AF_UNIX,
      getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &kind, &size) == 0
    else { return false }
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let code = withUnsafeMutableBytes(of: &address) { bytes in
      bytes.baseAddress.map {
        getpeername(descriptor, $0.assumingMemoryBound(to: sockaddr.self), &length)
      } ?? -1
    }
    return code == 0 && Int(length) == MemoryLayout<sa_family_t>.size
  }
}
