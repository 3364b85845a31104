public import System
internal import Wording

/// A real mosquitto on 127.0.0.1 that we started, for the demo and the tests; it does not outlive this process, but for
/// what it has to save.
///
/// Belongs to one thread at a time.
public final class LocalMosquitto {
  /// Why there is no broker.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// The program is not installed.
    case notInstalled
    /// It ended at once or did not listen; with the last of what it wrote.
    case didNotStart(String)
    /// Another has this folder for its files, or still saves into it.
    case folderInUse(String)
    /// This program was told to end before the broker took connections.
    case interrupted
    case system(SystemError)

    public var description: String { words.printable }

    private var words: String {
      switch self {
      case .notInstalled: "mosquitto is not installed"
      case .didNotStart(let words): "mosquitto did not start: \(words)"
      case .folderInUse(let path):
        "another mosquitto has \(path): name another folder, or wait until it has ended"
      case .interrupted: "told to end before mosquitto had started"
      case .system(let error): error.description
      }
    }
  }

  /// The port of 127.0.0.1 it listens on.
  public private(set) var port: Int
  /// Whether its process runs.
  public var isRunning: Bool { child.exit == nil }
  /// The number of its process; that of the last one when it does not run.
  public var pid: Int32 { child.pid }

  private let program: String
  private var child: ChildProcess

  private let configurationPath: String
  private let logPath: String
  private let saves: Bool

  /// Starts a broker and returns when it takes connections.
  ///
  /// - Parameters:
  ///   - port: where it listens; nil for any port that is free.
  ///   - directory: an existing folder for its configuration and its log.
  ///   - files: what their names begin with; by itself nothing that another broker has.
  ///   - saves: whether it is to have the time to save its messages when it ends, and when this process dies.
  ///   - prologue: lines of `mosquitto.conf(5)` before the listener.
  ///   - extraConfiguration: lines after the listener, such as certificates and passwords; with none, everybody may
  ///     connect.
  /// - Returns: the running broker.
  /// - Throws: `Failure`.
  public static func start(
    port: Int? = nil,
    directory: String,
    files: String? = nil,
    saves: Bool = false,
    prologue: String = "",
    extraConfiguration: String = "",
  ) throws(Failure) -> LocalMosquitto {
    let folders = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/sbin"]
    guard let program = Environment.current().executable("mosquitto", alsoIn: folders) else {
      throw .notInstalled
    }
    var failure = Failure.notInstalled
    // Another program may take the free port before the broker does.
    for _ in 0..<5 {
      do throws(Failure) {
        let port = if let port { port } else { try freePort() }
        return try LocalMosquitto(
          program,
          port,
          directory,
          files,
          saves,
          prologue,
          extraConfiguration
        )
      } catch {
        failure = error
        guard case .didNotStart(let words) = error, words.contains("Address already in use") else {
          break
        }
      }
    }
    throw failure
  }

  private static func freePort() throws(Failure) -> Int {
    do { return try freeLoopbackPort() } catch { throw .system(error) }
  }

  private init(
    _ program: String,
    _ port: Int,
    _ directory: String,
    _ files: String?,
    _ saves: Bool,
    _ prologue: String,
    _ extraConfiguration: String,
  ) throws(Failure) {
    self.program = program
    self.port = port
    self.saves = saves
    // A broker that changes its user would no longer die with us (prctl(2), PR_SET_PDEATHSIG).
    let user = isSuperuser() ? "user root\n" : ""
    let access = extraConfiguration.isEmpty ? "allow_anonymous true\n" : ""
    let lines = """
      \(prologue)
      listener \(port) 127.0.0.1
      \(user)\(access)persistence false
      log_dest stderr
      log_type error
      log_type warning
      sys_interval 0
      max_queued_messages 0
      \(extraConfiguration)

      """
    let files = "\(directory)/\(files ?? "mosquitto-\(port)")"
    configurationPath = "\(files).conf"
    logPath = "\(files).log"
    do {
      try writeFileAtomically(configurationPath, Array(lines.utf8), mode: 0o600)
    } catch {
      throw .system(error)
    }
    child = try Self.run(program, configurationPath, logPath, saves)
    try awaitListening()
  }

  deinit {
    stop()
  }

  /// Ends it in order (wills are not published for clients that go with it) and deletes its files.
  public func stop() {
    child.terminate(withinNanoseconds: patience)
    removeFile(configurationPath)
    removeFile(logPath)
  }

  /// Ends it by SIGKILL; returns when it is gone.
  public func kill() {
    child.send(.kill)
    _ = child.wait(timeoutNanoseconds: 10_000_000_000)
  }

  /// Stops its clock (SIGSTOP): connections stand, and nothing answers.
  public func freeze() {
    child.send(.freeze)
  }

  /// Lets it run on after `freeze`.
  public func thaw() {
    child.send(.thaw)
  }

  /// Starts it again on the same port, after `kill` or in place of the running one.
  ///
  /// - Throws: `Failure`.
  public func restart() throws(Failure) {
    child.terminate(withinNanoseconds: patience)
    child = try Self.run(program, configurationPath, logPath, saves)
    try awaitListening()
  }

  /// How long its end may take, in nanoseconds.
  private var patience: Int64 { saves ? 60_000_000_000 : 3_000_000_000 }

  /// Starts it; if it saves, once the one before it has ended, which may outlive its owner for that.
  private static func run(
    _ program: String,
    _ configuration: String,
    _ log: String,
    _ saves: Bool,
  ) throws(Failure) -> ChildProcess {
    let deadline = monotonicNanoseconds() + 5_000_000_000
    while true {
      do throws(SystemError) {
        return try ChildProcess.start(
          program,
          ["-c", configuration],
          whenWeDie: saves ? .end : .kill,
          output: log,
          isAlone: saves,
        )
      } catch {
        guard error.isTaken else { throw .system(error) }
        guard monotonicNanoseconds() < deadline else { throw .folderInUse(log) }
      }
      sleepThread(nanoseconds: 20_000_000)
    }
  }

  private func awaitListening() throws(Failure) {
    // First it reads what it has kept.
    let deadline = monotonicNanoseconds() + 60_000_000_000
    while child.exit == nil, monotonicNanoseconds() < deadline {
      guard !isToldToEnd() else {
        // It has nothing to save that it has not read.
        child.terminate()
        stop()
        throw .interrupted
      }
      let address = try? resolve(host: "127.0.0.1", port: port, timeoutNanoseconds: 1_000_000_000)
      let limit: Int64 = 500_000_000
      if let address, (try? firstReachable(address, timeoutNanosecondsEach: limit)) != nil {
        // Another program on the port would take connections too; then ours has ended or is about to.
        sleepThread(nanoseconds: 5_000_000)
        if child.exit == nil { return }
      }
      sleepThread(nanoseconds: 3_000_000)
    }
    let words = (try? readFile(logPath, limit: 1 << 20)).map { $0.suffix(500) } ?? []
    stop()
    let lines = String(decoding: words, as: UTF8.self).split(separator: "\n")
    throw .didNotStart(lines.joined(separator: "; "))
  }
}
