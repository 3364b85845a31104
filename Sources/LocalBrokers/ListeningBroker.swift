public import MQTT
internal import System

/// A mosquitto of our own for others to connect to, and a private way in for us.
///
/// Belongs to one thread; the broker and its files, but for what it is told to keep, end with this object.
public final class ListeningBroker {
  public let listener: MosquittoListener
  private let broker: LocalMosquitto
  private let directory: String
  private let password: [UInt8]

  /// The user that may connect to the private listener.
  private static let user = "egpipe"

  /// Starts it, and returns when it takes connections.
  ///
  /// - Throws: `LocalMosquitto.Failure`, such as that the address is taken; `SystemError` when there is no room for
  ///   files.
  public init(_ listener: MosquittoListener) throws {
    self.listener = listener
    directory = try makeTemporaryDirectory(prefix: "egpipe-broker")
    let digits = randomBytes(count: 16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    password = Array(digits.joined().utf8)
    do {
      let users = "\(directory)/users"
      try Self.write(password, to: users)
      broker = try LocalMosquitto.start(
        directory: directory,
        prologue: "per_listener_settings true",
        extraConfiguration: """
          allow_anonymous false
          password_file \(users)
          max_inflight_messages 1000
          \(listener.configuration)
          """,
      )
    } catch {
      removeFlatDirectory(directory)
      throw error
    }
  }

  deinit {
    stop()
  }

  /// Whether its process runs.
  public var isRunning: Bool { broker.isRunning }
  /// The number of its process; that of the last one when it does not run.
  public var pid: Int32 { broker.pid }

  /// How we connect to it; starts it again if it has ended.
  ///
  /// - Parameter options: What else the connection is to be like.
  /// - Returns: The same for the private listener.
  /// - Throws: `LocalMosquitto.Failure` when it does not start.
  public func connection(_ options: MQTTOptions) throws(LocalMosquitto.Failure) -> MQTTOptions {
    if !broker.isRunning { try broker.restart() }
    var options = options
    options.host = "127.0.0.1"
    options.port = broker.port
    options.tls = nil
    options.userName = Self.user
    options.password = Secret(password)
    return options
  }

  /// Ends it in order.
  public func stop() {
    broker.stop()
    removeFlatDirectory(directory)
  }

  /// Writes the file of the one user, its password hashed as the broker wants it.
  private static func write(_ password: [UInt8], to path: String) throws {
    try writeFileAtomically(path, Array("\(user):".utf8) + password + Array("\n".utf8), mode: 0o600)
    guard let program = Environment.current().executable("mosquitto_passwd") else {
      throw LocalMosquitto.Failure.notInstalled
    }
    let child = try ChildProcess.start(program, ["-U", path])
    guard child.wait(timeoutNanoseconds: 10_000_000_000) == .code(0) else {
      child.terminate()
      throw LocalMosquitto.Failure.didNotStart("mosquitto_passwd failed")
    }
  }
}
