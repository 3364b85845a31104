public import Dashboard
import FoundationEssentials
import Synchronization
public import System

/// Writes down every event that the state sees, so that the same screens can be had again.
///
/// The file has one JSON object a line: first ``RecordingHeader``, then the events. Encoding and
/// writing happen on a thread of their own. When the disk cannot keep up or fails, the recording
/// ends there, at a whole event, and ``failure`` says why.
public final class EventRecorder: Sendable {
  private struct Queue {
    var events: [Event] = []
    var isClosed = false
    var failure: String?
  }

  /// About 100 batches a second for a quarter of a minute.
  private static let bound = 20_000

  private let queue = Mutex(Queue())
  private let wake: EventFD
  private let thread = Mutex<JoinableThread?>(nil)

  /// Creates the file and starts the thread.
  ///
  /// - Parameters:
  ///   - path: There must be no such file yet.
  ///   - options: How the state begins.
  ///   - opening: Called once, on the thread: events that come before all that are added.
  /// - Throws: `SystemError` when the file is there already or cannot be made.
  public init(
    path: String,
    options: DashboardOptions,
    opening: @escaping @Sendable () -> [Event] = { [] }
  ) throws(SystemError) {
    wake = try EventFD()
    let file = try OutputFile(path: path)
    let header = try? JSONEncoder().encode(RecordingHeader(options: options))
    try file.write(Array(header ?? Data()) + [0x0A])
    let box = Mutex(Optional(file))
    let started = try startThread(name: "recorder") { [self] in
      guard let file = box.withLock({ file in file.take() }) else { return }
      if write(opening(), to: file) { write(to: file) }
    }
    thread.withLock { $0 = started }
  }

  /// Why the recording ended before it was closed; nil while all is well.
  public var failure: String? { queue.withLock { $0.failure } }

  /// Adds an event; any thread may, in the order the state sees them.
  public func add(_ event: Event) {
    let isFirst = queue.withLock { queue in
      guard !queue.isClosed, queue.failure == nil else { return false }
      guard queue.events.count < Self.bound else {
        queue.failure = "the disk cannot keep up"
        return true
      }
      queue.events.append(event)
      return queue.events.count == 1
    }
    if isFirst { wake.signal() }
  }

  /// Lets the thread write what is waiting and close the file; returns at once.
  public func end() {
    queue.withLock { $0.isClosed = true }
    wake.signal()
  }

  /// Writes what is waiting and closes the file.
  public func close() {
    end()
    thread.withLock { $0.take() }?.join()
  }

  /// Writes events; false, and there is a ``failure``, if it cannot.
  private func write(_ events: [Event], to file: OutputFile) -> Bool {
    let encoder = JSONEncoder()
    do {
      for event in events { try file.write(Array(encoder.encode(event)) + [0x0A]) }
      return true
    } catch {
      queue.withLock { $0.failure = "\(error)" }
      return false
    }
  }

  private func write(to file: OutputFile) {
    var poll = Poll()
    _ = poll.add(wake.descriptor, .read)
    while true {
      let (events, isDone) = queue.withLock { queue in
        defer { queue.events = [] }
        return (queue.events, queue.isClosed || queue.failure != nil)
      }
      if !write(events, to: file) || isDone { return }
      _ = try? poll.wait(timeoutNanoseconds: nil)
      _ = wake.drain()
    }
  }
}
