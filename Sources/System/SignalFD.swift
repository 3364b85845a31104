internal import CSystem
internal import Glibc
internal import Synchronization

/// Signals as readable input (`signalfd(2)`), instead of handlers.
///
/// Make it first thing in `main`: the signals are blocked in the calling thread, and only threads started afterwards
/// inherit that.
public final class SignalFD: Sendable {
  /// Readable while a signal waits; owned by this object.
  public let descriptor: Int32

  /// Blocks `signals` in this thread and makes the descriptor that gets them.
  ///
  /// - Throws: `SystemError` when no descriptor is left.
  public init(_ signals: [Int32]) throws(SystemError) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    guard descriptor >= 0 else { throw SystemError("signalfd") }
  }

  deinit {
    close(descriptor)
  }

  /// The next signal that arrived, nil when there is none; never blocks.
  public func next() -> Int32? {
    var information = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard read(descriptor, &information, size) == size else { return nil }
    let signal = Int32(information.ssi_signo)
    if endingSignals.contains(signal) { hasTakenEndingSignal.store(true, ordering: .relaxed) }
    return signal
  }
}

/// Those that ask a program to end.
private let endingSignals = [SIGTERM, SIGINT, SIGHUP]
private let hasTakenEndingSignal = Atomic(false)

/// Whether this program was told to end by a signal that was taken, or that is blocked and waits to be.
public func isToldToEnd() -> Bool {
  var pending = sigset_t()
  return hasTakenEndingSignal.load(ordering: .relaxed)
    || sigpending(&pending) == 0 && endingSignals.contains { sigismember(&pending, $0) == 1 }
}

/// Makes a write to a closed pipe or socket an error (`EPIPE`) instead of the end of the program.
public func ignoreBrokenPipes() {
  signal(SIGPIPE, SIG_IGN)
}
