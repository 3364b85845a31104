internal import CSystem
internal import Glibc
internal import Synchronization

/// A program that we started and that does not outlive us, but for what it has to do at its end.
///
/// A thread of its own starts it and waits for it: the kernel ends a child when the thread that made it ends
/// (`PR_SET_PDEATHSIG`), and that thread ends only with the child or with the whole process, however that dies.
public final class ChildProcess: Sendable {
  /// How a program ended.
  public enum Exit: Equatable, Sendable {
    case code(Int32)
    case signal(Int32)
  }

  /// The number of the process.
  ///
  /// It may belong to another once `exit` is not nil.
  public let pid: Int32
  private let shared: ChildState

  private init(pid: Int32, shared: ChildState) {
    self.pid = pid
    self.shared = shared
  }

  deinit {
    send(.kill)
  }

  /// How it ended, nil while it runs.
  public var exit: Exit? {
    shared.exit.withLock { $0 }
  }

  /// What to tell a child.
  public struct Request: Sendable {
    fileprivate let signal: Int32

    public static let end = Request(signal: SIGTERM)
    public static let kill = Request(signal: SIGKILL)
    public static let freeze = Request(signal: SIGSTOP)
    public static let thaw = Request(signal: SIGCONT)
  }

  /// Sends a signal, unless it has ended already.
  public func send(_ request: Request) {
    // The waiting thread reaps under the same lock, so the number is still this child's.
    shared.exit.withLock { exit in
      if exit == nil { kill(pid, request.signal) }
    }
  }

  /// Waits until it ends; nil when the time is over before.
  public func wait(timeoutNanoseconds: Int64) -> Exit? {
    let deadline = monotonicNanoseconds() + max(0, timeoutNanoseconds)
    while true {
      if let exit { return exit }
      let left = deadline - monotonicNanoseconds()
      if left <= 0 { return nil }
      sleepThread(nanoseconds: min(left, 2_000_000))
    }
  }

  /// Asks it to end (SIGTERM), and kills it (SIGKILL) if it has not within the time; returns when it is gone.
  @discardableResult
  public func terminate(withinNanoseconds limit: Int64 = 3_000_000_000) -> Exit? {
    send(.end)
    // A stopped process acts on nothing but SIGKILL.
    send(.thaw)
    if let exit = wait(timeoutNanoseconds: limit) { return exit }
    send(.kill)
    return wait(timeoutNanoseconds: 10_000_000_000)
  }

  /// Starts a program by its full path, with nothing on its standard input and in a process group of its own.
  ///
  /// - Parameters:
  ///   - path: the file to run; `Environment.executable` finds it.
  ///   - arguments: without the name of the program.
  ///   - environment: all of its variables.
  ///   - request: what the kernel tells it when this process dies before it.
  ///   - output: the file that its standard output and error are appended to, made with mode 0600 if it is not there;
  ///     nil for nowhere.
  ///   - isAlone: whether no other that was started like this may have the same output until it has ended.
  /// - Returns: the running program; it is killed when the last reference to it goes.
  /// - Throws: `SystemError` when it cannot be run, with ``SystemError/isTaken`` if another has the output.
  public static func start(
    _ path: String,
    _ arguments: [String],
    environment: Environment = .current(),
    whenWeDie request: Request = .kill,
    output: String? = nil,
    isAlone: Bool = false,
  ) throws(SystemError) -> ChildProcess {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
    let descriptor = open(output ?? "/dev/null", flags, 0o600)
    guard descriptor >= 0 else { throw SystemError("cannot open the output of \(path)") }
    defer { close(descriptor) }
    // The lock is the open file's, which the program has as well: it holds until that has ended, whatever we do.
    if isAlone, flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      throw SystemError("cannot take \(output ?? "")")
    }
    let state = ChildState()
    let ready = try EventFD()
    let variables = environment.values.map { "\($0.key)=\($0.value)" }
    _ = try startThread(name: "child") {
      state.run([path] + arguments, variables, request, output: descriptor) { ready.signal() }
    }
    var poll = Poll()
    poll.add(ready.descriptor, .read)
    while try poll.wait(timeoutNanoseconds: nil) == 0 {}
    let pid = state.started.withLock { $0 }
    guard pid > 0 else { throw SystemError(action: "cannot run \(path)", code: -pid) }
    return ChildProcess(pid: pid, shared: state)
  }
}

/// What the owner of a child and the thread that waits for it share.
private final class ChildState: Sendable {
  /// The pid, or the negative `errno`; 0 before.
  let started = Mutex<Int32>(0)
  let exit = Mutex<ChildProcess.Exit?>(nil)

  /// Starts the program, says so, and waits for its end.
  func run(
    _ command: [String],
    _ variables: [String],
    _ whenWeDie: ChildProcess.Request,
    output: Int32,
    whenStarted: () -> Void,
  ) {
    let result = withCStrings(command) { arguments in
      withCStrings(variables) { variables in
        let pid = CSystem_spawn(command[0], arguments, variables, output, whenWeDie.signal)
        return pid > 0 ? pid : -errno
      }
    }
    started.withLock { $0 = result }
    whenStarted()
    if result > 0 { waitForEnd(of: result) }
  }

  private func waitForEnd(of pid: Int32) {
    var information = siginfo_t()
    // Waits without reaping, so that the number stays taken until `exit` says that it has ended.
    while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    exit.withLock { exit in
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      exit = signal == 0 ? .code((status >> 8) & 0xFF) : .signal(signal)
    }
  }
}

/// Lends strings as an array of C strings that ends with NULL, as `execve` wants it.
private func withCStrings<Result>(
  _ strings: [String],
  _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result,
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
  defer { pointers.forEach { free($0) } }
  pointers.append(nil)
  return body(pointers)
}
