internal import Synchronization
internal import System

/// A thread that reads a source into the mailbox until it is told to stop.
///
/// A lost connection never ends it: it says why, waits and tries again.
public final class Feed: Sendable {
  private let control: FeedControl
  private let thread: JoinableThread

  /// Starts the thread.
  ///
  /// - Throws: `SystemError` when there is no room for another thread or descriptor.
  init(_ name: String, _ run: @escaping @Sendable (FeedControl) -> Void) throws(SystemError) {
    let control = FeedControl(wake: try EventFD())
    self.control = control
    thread = try startThread(name: name) { run(control) }
  }

  deinit {
    control.stop()
  }

  /// Drops the connection, or the wait for the next try, and asks now.
  public func reconnectNow() { control.requestReconnect() }

  /// Tells the thread to end, and does not wait for it.
  public func requestStop() { control.stop() }

  /// Ends the thread; returns when it has ended, after up to two seconds while brokers do not answer.
  public func stop() {
    control.stop()
    thread.join()
  }
}

/// How other threads reach a feed's thread.
final class FeedControl: Sendable {
  /// Readable when there is something to obey.
  let wake: EventFD
  private let stopFlag = Atomic(false)
  private let reconnectFlag = Atomic(false)

  init(wake: EventFD) {
    self.wake = wake
  }

  /// Whether the thread shall end.
  var isStopped: Bool { stopFlag.load(ordering: .acquiring) }

  /// Takes a request to reconnect away, and quiets `wake`; true if there was one.
  func takeReconnectRequest() -> Bool {
    wake.drain()
    return reconnectFlag.exchange(false, ordering: .acquiringAndReleasing)
  }

  func stop() {
    stopFlag.store(true, ordering: .releasing)
    wake.signal()
  }

  func requestReconnect() {
    reconnectFlag.store(true, ordering: .releasing)
    wake.signal()
  }

  /// Waits, but not longer than until something is asked of the feed.
  func rest(_ nanoseconds: Int64) {
    var poll = Poll()
    poll.add(wake.descriptor, .read)
    do { try poll.wait(timeoutNanoseconds: nanoseconds) } catch {
      sleepThread(nanoseconds: nanoseconds)
    }
  }
}
