internal import Glibc

/// What an HTTP server answered.
public struct HTTPAnswer: Equatable, Sendable {
  public let status: Int
  /// From outside.
  public let body: [UInt8]
}

/// Asks an HTTP server of our own for a page: HTTP/1.0, no redirects, no TLS.
///
/// - Parameters:
///   - host: A name or an address.
///   - port: 1 to 65535.
///   - path: As it stands in the request: `/metrics`.
///   - timeoutNanoseconds: How long all of it may take.
///   - limit: How many bytes the answer may have.
/// - Returns: The answer, whatever its status.
/// - Throws: `ReachError`, also when what comes is no answer or is too long.
public func getPage(
  host: String,
  port: Int,
  path: String,
  timeoutNanoseconds: Int64 = 5_000_000_000,
  limit: Int = 4 << 20,
) throws(ReachError) -> HTTPAnswer {
  let deadline = monotonicNanoseconds() + timeoutNanoseconds
  func left() -> Int64 { deadline - monotonicNanoseconds() }
  let addresses = try resolve(host: host, port: port, timeoutNanoseconds: left())
  var failure = ReachError.unreachable("no address")
  for address in addresses {
    do throws(ReachError) {
      let connection = try connect(to: address, left())
      defer { close(connection) }
      let name = address.isIPv6 ? "[\(address.text)]" : address.text
      let request = "GET \(path) HTTP/1.0\r\nHost: \(name):\(port)\r\n\r\n"
      // So little fits into the buffer of a connection that is new.
      let count = send(connection, request, request.utf8.count, Int32(MSG_NOSIGNAL))
      guard count == request.utf8.count else { throw .unreachable(SystemError("send").reason) }
      return try HTTPAnswer(receive(from: connection, until: deadline, limit: limit))
    } catch {
      failure = error
    }
  }
  throw failure
}

/// All that comes until the other side has no more.
private func receive(
  from connection: Int32,
  until deadline: Int64,
  limit: Int,
) throws(ReachError) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    try awaitReadiness(of: connection, .read, deadline - monotonicNanoseconds())
    let count = recv(connection, &chunk, chunk.count, 0)
    if count == 0 { return bytes }
    guard count > 0 else {
      if errno == EAGAIN || errno == EINTR { continue }
      throw .unreachable(SystemError("recv").reason)
    }
    bytes += chunk[..<count]
    guard bytes.count <= limit else { throw .unreachable("the answer is too long") }
  }
}

extension HTTPAnswer {
  /// Splits an answer into its status and what stands behind the empty line.
  init(_ bytes: [UInt8]) throws(ReachError) {
    let end = Array("\r\n\r\n".utf8)
    let head = bytes.firstRange(of: end)
    let line = String(decoding: bytes.prefix(64).prefix { $0 != 0x0D }, as: UTF8.self)
    let words = line.split(separator: " ")
    guard let head, words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1])
    else { throw .unreachable("the answer is no HTTP") }
    self.init(status: status, body: Array(bytes[head.upperBound...]))
  }
}
