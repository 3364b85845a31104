internal import CSystem
internal import Glibc
internal import Synchronization

/// A thread of our own that can be waited for.
public final class JoinableThread: Sendable {
  private let thread: Mutex<pthread_t?>

  fileprivate init(_ thread: pthread_t) {
    self.thread = Mutex(thread)
  }

  deinit {
    let left = thread.withLock { $0.take() }
    if let left { pthread_detach(left) }
  }

  /// Waits until the thread's body has returned.
  ///
  /// A second call returns at once, also while the first still waits.
  public func join() {
    let taken = thread.withLock { $0.take() }
    if let taken { pthread_join(taken, nil) }
  }
}

/// Runs `body` on a new POSIX thread, named for debuggers by the first 15 bytes of `name`.
///
/// It has a second stack for signal handlers, so that a crash of it restores the terminal whatever its cause.
///
/// Dropping the result lets the thread run on; it is never cancelled.
///
/// - Throws: `SystemError` when the system has no room for another thread.
public func startThread(
  name: String,
  _ body: @escaping @Sendable () -> Void,
) throws(SystemError) -> JoinableThread {
  let start = ThreadStart(name: String(decoding: name.utf8.prefix(15), as: UTF8.self), body: body)
  // Balanced by the new thread's `takeRetainedValue`, or by the release below when there is no thread.
  let context = Unmanaged.passRetained(start)
  var thread = pthread_t()
  let code = pthread_create(
    &thread,
    nil,
    { pointer in
      guard let pointer else { return nil }
      let start = Unmanaged<ThreadStart>.fromOpaque(pointer).takeRetainedValue()
      CSystem_nameThread(start.name)
      let signalStack = CSystem_takeSignalStack()
      start.body()
      CSystem_leaveSignalStack(signalStack)
      return nil
    },
    context.toOpaque(),
  )
  guard code == 0 else {
    context.release()
    throw SystemError(action: "pthread_create", code: code)
  }
  return JoinableThread(thread)
}

private final class ThreadStart: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

/// Lets this thread rest for at least so long; for helper loops that have nothing to wait on.
public func sleepThread(nanoseconds: Int64) {
  var left = timespec()
  left.tv_sec = Int(max(0, nanoseconds) / 1_000_000_000)
  left.tv_nsec = Int(max(0, nanoseconds) % 1_000_000_000)
  var rest = timespec()
  while nanosleep(&left, &rest) != 0, errno == EINTR { left = rest }
}
