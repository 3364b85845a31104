internal import Glibc

/// The name of this machine, "localhost" if it has none.
public func hostName() -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
    guard let base = buffer.baseAddress, gethostname(base, buffer.count - 1) == 0 else {
      return "localhost"
    }
    buffer[buffer.count - 1] = 0
    return base.pointee == 0 ? "localhost" : String(cString: base)
  }
}

/// The login name of the user that runs this process; the number of the user if it has no name.
public func userName(_ environment: Environment = .current()) -> String {
  environment["USER"] ?? environment["LOGNAME"] ?? String(getuid())
}

/// The ASCII letters and digits, `.`, `_` and `-`: what names of files, topics and clients may always have.
public let plainBytes = Set(
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-".utf8
)

/// Whether this process may do everything.
public func isSuperuser() -> Bool {
  geteuid() == 0
}

/// The number of this process.
public func processID() -> Int32 {
  getpid()
}

/// Bytes from the system's generator, fit for names that must not be guessed.
public func randomBytes(count: Int) -> [UInt8] {
  var generator = SystemRandomNumberGenerator()
  return (0..<max(0, count)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

/// A port of 127.0.0.1 that nobody listened on just now.
///
/// Another program may take it before it is used: be ready to try again.
///
/// - Throws: `SystemError` when there is none.
public func freeLoopbackPort() throws(SystemError) -> Int {
  // Below those that Linux gives to connections, one of which would soon have it.
  for _ in 0..<100 {
    let port = Int.random(in: 16_384..<32_768)
    guard let socket = try? ListeningSocket(host: "127.0.0.1", port: port) else { continue }
    close(socket.descriptor)
    return port
  }
  let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
  close(socket.descriptor)
  return socket.port
}

/// Ends this process as SIGKILL does: nothing is flushed, closed or told to anybody.
public func killProcess() {
  kill(getpid(), SIGKILL)
}
