internal import CSystem
internal import Glibc
internal import Synchronization

/// One address of a server.
public struct NetworkAddress: Equatable, Sendable {
  /// The address in numbers, without the port.
  public let text: String
  /// Of IP version 6, else 4.
  public let isIPv6: Bool
  /// A `sockaddr_in` or `sockaddr_in6`.
  let bytes: [UInt8]

  /// Lends it as the calls of sockets take it.
  func withSocketAddress<R>(_ body: (UnsafePointer<sockaddr>?, socklen_t) -> R) -> R {
    bytes.withUnsafeBytes { bytes in
      body(bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
  }

  /// A new TCP socket of its version of IP, that never blocks; -1 with `errno` set.
  func makeSocket() -> Int32 {
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    return socket(isIPv6 ? AF_INET6 : AF_INET, Int32(kind), 0)
  }
}

/// Why a server was not reached.
public enum ReachError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The name has no address, in the resolver's words.
  case nameNotFound(String)
  /// No address took the connection, in the system's words for the last one tried.
  case unreachable(String)
  /// No answer within the time.
  case timedOut
  /// The descriptor to wake up on became readable.
  case interrupted

  public var description: String {
    switch self {
    case .nameNotFound(let reason): "name not found: \(reason)"
    case .unreachable(let reason): reason
    case .timedOut: "no answer"
    case .interrupted: "interrupted"
    }
  }
}

/// The addresses of a name, best first, found on a thread of its own: the resolver cannot be told to hurry.
///
/// - Parameters:
///   - host: a name or an address in numbers.
///   - port: 1 to 65535.
///   - timeoutNanoseconds: how long to wait for the resolver.
///   - descriptor: ends the wait when it becomes readable; negative for none.
/// - Returns: at least one address.
/// - Throws: `ReachError`.
public func resolve(
  host: String,
  port: Int,
  timeoutNanoseconds: Int64,
  wakingOn descriptor: Int32 = -1,
) throws(ReachError) -> [NetworkAddress] {
  if case .success(let addresses) = lookUp(host, port, onlyNumbers: true) { return addresses }
  guard let done = try? EventFD() else { throw .nameNotFound("no descriptor left") }
  let answer = Answer()
  let thread = try? startThread(name: "resolver") {
    let found = lookUp(host, port, onlyNumbers: false)
    answer.value.withLock { $0 = found }
    done.signal()
  }
  guard thread != nil else { throw .nameNotFound("no thread left") }
  try awaitReadiness(of: done.descriptor, .read, timeoutNanoseconds, wakingOn: descriptor)
  guard let found = answer.value.withLock({ $0 }) else { throw .timedOut }
  return try found.get()
}

/// The first of some addresses that takes a TCP connection, which is closed again at once.
///
/// - Throws: `ReachError`, the one of the last address.
public func firstReachable(
  _ addresses: [NetworkAddress],
  timeoutNanosecondsEach: Int64,
  wakingOn descriptor: Int32 = -1,
) throws(ReachError) -> NetworkAddress {
  var failure = ReachError.unreachable("no address")
  for address in addresses {
    do throws(ReachError) {
      close(try connect(to: address, timeoutNanosecondsEach, wakingOn: descriptor))
      return address
    } catch .interrupted {
      throw .interrupted
    } catch {
      failure = error
    }
  }
  throw failure
}

/// A TCP connection to an address, that never blocks; the caller closes it.
func connect(
  to address: NetworkAddress,
  _ timeoutNanoseconds: Int64,
  wakingOn descriptor: Int32 = -1,
) throws(ReachError) -> Int32 {
  let connection = address.makeSocket()
  guard connection >= 0 else { throw .unreachable(SystemError("socket").reason) }
  do throws(ReachError) {
    let code = address.withSocketAddress { Glibc.connect(connection, $0, $1) }
    if code == 0 { return connection }
    guard errno == EINPROGRESS else { throw .unreachable(SystemError("connect").reason) }
    try awaitReadiness(of: connection, .write, timeoutNanoseconds, wakingOn: descriptor)
    let failure = socketFailure(of: connection)
    guard failure != 0 else { return connection }
    throw .unreachable(SystemError(action: "connect", code: failure).reason)
  } catch {
    close(connection)
    throw error
  }
}

/// The `errno` of a connection that was being made in the background; 0 when it stands.
///
/// Asking takes the failure away.
public func socketFailure(of descriptor: Int32) -> Int32 {
  var failure: Int32 = 0
  var size = socklen_t(MemoryLayout<Int32>.size)
  guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 else { return errno }
  return failure
}

/// How many bytes this program has read from a TCP connection; nil where the kernel does not tell.
public func bytesRead(from descriptor: Int32) -> Int64? {
  let count = CSystem_bytesRead(descriptor)
  return count < 0 ? nil : count
}

/// Whether the other side of a connection has closed or reset it and nothing is left to read.
public func isClosedByPeer(_ descriptor: Int32) -> Bool {
  var byte: UInt8 = 0
  let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
  return count == 0 || count < 0 && errno != EAGAIN && errno != EINTR
}

/// Waits until a descriptor is ready.
func awaitReadiness(
  of descriptor: Int32,
  _ interest: Poll.Readiness,
  _ timeoutNanoseconds: Int64,
  wakingOn waker: Int32 = -1,
) throws(ReachError) {
  let deadline = monotonicNanoseconds() + min(max(0, timeoutNanoseconds), 1 << 50)
  var poll = Poll()
  let wanted = poll.add(descriptor, interest)
  let interrupt = poll.add(waker, .read)
  while true {
    let left = deadline - monotonicNanoseconds()
    guard left > 0 else { throw .timedOut }
    do {
      try poll.wait(timeoutNanoseconds: left)
    } catch {
      throw .unreachable(error.reason)
    }
    if !poll.readiness(of: interrupt).isEmpty { throw .interrupted }
    if !poll.readiness(of: wanted).isEmpty { return }
  }
}

/// What the resolver's thread found.
private final class Answer: Sendable {
  let value = Mutex<Result<[NetworkAddress], ReachError>?>(nil)
}

private func lookUp(
  _ host: String,
  _ port: Int,
  onlyNumbers: Bool,
) -> Result<[NetworkAddress], ReachError> {
  var hints = addrinfo()
  hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  hints.ai_flags = AI_NUMERICSERV | (onlyNumbers ? AI_NUMERICHOST : AI_ADDRCONFIG)
  var list: UnsafeMutablePointer<addrinfo>?
  let code = getaddrinfo(host, String(port), &hints, &list)
  guard code == 0 else {
    let reason = gai_strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return .failure(.nameNotFound(reason))
  }
  defer { freeaddrinfo(list) }
  var addresses: [NetworkAddress] = []
  var entry = list
  while let information = entry?.pointee {
    if let address = networkAddress(information) { addresses.append(address) }
    entry = information.ai_next
  }
  return addresses.isEmpty ? .failure(.nameNotFound("no address")) : .success(addresses)
}

private func networkAddress(_ information: addrinfo) -> NetworkAddress? {
  guard
    information.ai_family == AF_INET || information.ai_family == AF_INET6,
    let pointer = information.ai_addr
  else { return nil }
  let size = Int(information.ai_addrlen)
  let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { buffer in
    let code = getnameinfo(
      pointer,
      information.ai_addrlen,
      buffer.baseAddress,
      socklen_t(buffer.count),
      nil,
      0,
      NI_NUMERICHOST,
    )
    return code == 0 ? buffer.baseAddress.map { String(cString: $0) } : nil
  }
  guard let text else { return nil }
  let bytes = Array(UnsafeRawBufferPointer(start: pointer, count: size))
  return NetworkAddress(text: text, isIPv6: information.ai_family == AF_INET6, bytes: bytes)
}
