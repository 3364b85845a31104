import Decoding
import Synchronization
import System

/// Writes values to a file on a thread of its own.
///
/// The screen never waits for it and never fails by it: of values that come faster than the disk takes them only the
/// newest is written, and ``failure`` tells why one was not.
final class NewestWriter<Value: Sendable>: Sendable {
  private struct Work {
    var value: Value?
    var isClosed = false
    var failure: String?
  }

  /// How long the end of the program waits for the last value, in nanoseconds: a file system that does
  /// not answer keeps nobody.
  private static var patience: Int64 { 500_000_000 }

  private let work = Mutex(Work())
  private let wake: EventFD
  private let done: StopSignal
  private let store: @Sendable (Value) throws -> Void

  /// Starts the thread, of that name, which calls `store`.
  ///
  /// - Throws: `SystemError` when there is no room for a thread.
  init(
    _ name: String,
    _ store: @escaping @Sendable (Value) throws -> Void
  ) throws(SystemError) {
    self.store = store
    wake = try EventFD()
    done = try StopSignal()
    _ = try startThread(name: name) { [self] in run() }
  }

  /// Why the last value could not be written, scrubbed; nil while all is well.
  var failure: String? { work.withLock { $0.failure } }

  /// Hands over a value; returns at once.
  func write(_ value: sending Value) {
    work.withLock { $0.value = value }
    wake.signal()
  }

  /// Waits until the last value is written, but not for long.
  func close() {
    work.withLock { $0.isClosed = true }
    wake.signal()
    done.wait(nanoseconds: Self.patience)
  }

  private func run() {
    var poll = Poll()
    _ = poll.add(wake.descriptor, .read)
    while true {
      let (value, isClosed) = work.withLock { work in (work.value.take(), work.isClosed) }
      if let value {
        var failure: String?
        do { try store(value) } catch { failure = Scrub.text("\(error)") }
        work.withLock { $0.failure = failure }
      }
      if isClosed { return done.set() }
      _ = try? poll.wait(timeoutNanoseconds: nil)
      wake.drain()
    }
  }
}
