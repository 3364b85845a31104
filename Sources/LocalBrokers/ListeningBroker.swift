public import MQTT
internal import System

/// A mosquitto of our own for others to connect to, and a private way in for us.
///
/// Belongs to one thread; the broker ends with this object or this process, and saves what it is told to keep first.
public final class ListeningBroker {
  public let listener: MosquittoListener
  private let broker: LocalMosquitto
  /// Where its files are if it keeps nothing.
  private let temporary: DisposableDirectory?
  private let folder: String
  private let password: [UInt8]
  private let sessionID: String

  /// The user that may connect to the private listener.
  private static let user = "egpipe"
  /// What the names of its files begin with.
  private static let files = "bridge"

  /// Starts it, and returns when it takes connections.
  ///
  /// - Parameters:
  ///   - listener: Where it listens, and what it keeps.
  ///   - session: What the id of our session begins with.
  ///   - ownTopics: Topics on which others can neither publish nor listen.
  /// - Throws: `LocalMosquitto.Failure`, such as that the address is taken; `SystemError` when there is no room for
  ///   files.
  public init(_ listener: MosquittoListener, session: String, ownTopics: [String]) throws {
    self.listener = listener
    for file in [listener.certificateFile, listener.keyFile, listener.clientCAFile] {
      if let file { try checkReadable(file) }
    }
    let keepsNothing = listener.dataDirectory == nil
    temporary = try keepsNothing ? DisposableDirectory(prefix: "egpipe-broker") : nil
    folder = listener.dataDirectory ?? temporary?.path ?? ""
    password = Array(randomDigits().utf8)
    sessionID = try Self.sessionID(beginning: session, in: folder)
    let (users, access) = (Self.users(in: folder), Self.access(in: folder))
    try Self.write(password, to: users)
    let rules = try Self.rules(listener, ownTopics)
    try writeFileAtomically(access, Array(rules.utf8), mode: 0o600)
    let ourOwn = """
      allow_anonymous false
      password_file \(users)
      max_inflight_messages 1000
      \(listener.keeping)

      """
    var port: Int?
    if Self.hasData(in: folder) {
      // What comes for a session that is away is kept only if mosquitto listens where that was: see `takeUp`.
      let alone = try Self.start(port: nil, in: folder, ourOwn)
      defer { alone.stop() }
      port = alone.port
      let options = MQTTOptions(host: "127.0.0.1", port: alone.port)
      try Self.takeUp(Self.privately(options, port: alone.port, password, sessionID))
    }
    let others = listener.configuration(accessFile: access)
    broker = try Self.start(port: port, in: folder, ourOwn + others)
  }

  deinit {
    stop()
  }

  private static func start(
    port: Int?,
    in folder: String,
    _ configuration: String,
  ) throws(LocalMosquitto.Failure) -> LocalMosquitto {
    try LocalMosquitto.start(
      port: port,
      directory: folder,
      files: files,
      saves: true,
      prologue: "per_listener_settings true",
      extraConfiguration: configuration,
    )
  }

  /// Connects by our session, so that the broker knows it at this port, and leaves everything in it.
  ///
  /// With settings for each listener, mosquitto asks the session's own one, which it knows by its port, whether a message
  /// may be kept for it. Where none has that port, it drops the message until we are connected.
  private static func takeUp(_ options: MQTTOptions) throws {
    var options = options
    options.isCleanSession = false
    options.holdsAcknowledgements = true
    let client = try MQTTClient(options)
    try client.connect()
    while try client.poll(timeoutNanoseconds: 1_000_000_000, onMessage: { _, _, _ in }).isEmpty {
      if isToldToEnd() { throw LocalMosquitto.Failure.interrupted }
    }
    // A goodbye would acknowledge what has come.
    client.abandon()
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
    return Self.privately(options, port: broker.port, password, sessionID)
  }

  private static func privately(
    _ options: MQTTOptions,
    port: Int,
    _ password: [UInt8],
    _ sessionID: String,
  ) -> MQTTOptions {
    var options = options
    options.host = "127.0.0.1"
    options.port = port
    options.tls = nil
    options.userName = user
    options.password = Secret(password)
    options.clientID = sessionID
    return options
  }

  /// Ends it in order.
  public func stop() {
    broker.stop()
    removeFile(Self.users(in: folder))
    removeFile(Self.access(in: folder))
  }

  private static func users(in folder: String) -> String { "\(folder)/\(files).users" }
  private static func access(in folder: String) -> String { "\(folder)/\(files).acl" }

  /// Whether a broker has kept anything here.
  private static func hasData(in folder: String) -> Bool {
    FileIdentity(of: "\(folder)/mosquitto.db") != nil
  }

  /// The id of our session, which nobody can guess: whoever connects by it throws us out, and can end the session.
  private static func sessionID(beginning name: String, in folder: String) throws -> String {
    let path = "\(folder)/\(files).id"
    do throws(SystemError) {
      return String(decoding: try readFile(path, limit: 1000), as: UTF8.self)
    } catch {
      guard error.isNotFound else { throw error }
    }
    // A broker of an earlier version keeps messages for us in a session of that name.
    let id = hasData(in: folder) ? name : "\(name)-\(randomDigits())"
    try writeFileAtomically(path, Array(id.utf8), mode: 0o600)
    return id
  }

  /// What others may do: everything but on topics of ours.
  ///
  /// It is said for those without a name, for each user, and as a pattern for names that nobody checks. The pattern
  /// alone would do, but where only that holds, mosquitto takes nothing from a client with `+` or `#` in its id.
  private static func rules(_ listener: MosquittoListener, _ ownTopics: [String]) throws -> String {
    func rules(_ kind: String) -> String {
      ownTopics.map { "\(kind) deny \($0)\n" }.joined() + "\(kind) readwrite #\n"
    }
    let bytes = try listener.passwordFile.map { path in try readFile(path, limit: 64 << 20) } ?? []
    let users = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .compactMap { line in line.firstIndex(of: ":").map { line[..<$0] } }
    return rules("topic") + users.map { "user \($0)\n" + rules("topic") }.joined()
      + rules("pattern")
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

/// 128 bits that nobody can guess.
private func randomDigits() -> String {
  randomBytes(count: 16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
