internal import Glibc

/// The service manager that has started this program, as systemd asks for it with `Type=notify`; see sd_notify(3).
public struct ServiceManager: Sendable {
  /// The path of its socket; one that begins with `@` has no file.
  private let socketName: String
  /// Within so many nanoseconds it wants a sign of life each time; nil if it watches nothing.
  public let watchdogNanoseconds: Int64?

  private static let variables = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]

  /// - Returns: Nil where the variables of the environment name none.
  public init?(_ environment: Environment) {
    guard let name = environment["NOTIFY_SOCKET"], name.hasPrefix("/") || name.hasPrefix("@"),
      (2..<Self.longest).contains(name.utf8.count)
    else { return nil }
    socketName = name
    let isOurs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
    let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
    watchdogNanoseconds =
      isOurs && (1...1 << 50).contains(microseconds) ? microseconds * 1000 : nil
  }

  /// Takes its variables out of the environment, so that programs that this one starts do not speak in its place.
  ///
  /// To be called before there are threads.
  public static func hideFromChildren() {
    for name in variables { unsetenv(name) }
  }

  /// Tells it something, such as `READY=1`; what it does not take is lost.
  ///
  /// - Parameter state: One or several assignments, each on a line.
  public func tell(_ state: String) {
    let kind = SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(AF_UNIX, Int32(kind), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(socketName.utf8)
    // A name without a file begins with a zero.
    if name[0] == UInt8(ascii: "@") { name[0] = 0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let size = MemoryLayout<sockaddr_un>.offset(of: \.sun_path).map { $0 + name.count } ?? 0
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(
          descriptor,
          state,
          state.utf8.count,
          Int32(MSG_NOSIGNAL),
          $0,
          socklen_t(size)
        )
      }
    }
  }

  /// The bytes that a name may have.
  private static let longest = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
}
