internal import CSystem
internal import Glibc

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
    descriptor = CSystem_signalfd(signals, Int32(clamping: signals.count))
    guard descriptor >= 0 else { throw SystemError("signalfd") }
  }

  deinit {
    close(descriptor)
  }

  /// The next signal that arrived, nil when there is none; never blocks.
  public func next() -> Int32? {
    let signal = CSystem_readSignal(descriptor)
    return signal == 0 ? nil : signal
  }
}

/// Makes a write to a closed pipe or socket an error (`EPIPE`) instead of the end of the program.
public func ignoreBrokenPipes() {
  signal(SIGPIPE, SIG_IGN)
}
