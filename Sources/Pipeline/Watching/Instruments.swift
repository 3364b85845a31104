internal import Synchronization
internal import System

/// A figure of how long something takes; one thread observes, for each batch and not for each message, and any thread
/// reads.
final class Histogram: Sendable {
  private let row: FigureRow
  private let distribution = Mutex(Distribution())

  init(_ name: String, _ help: String) {
    row = FigureRow(name, .histogram, .second, help)
  }

  /// Takes in what began at a time of the monotonic clock and has ended now.
  func observe(since begin: Int64) {
    let seconds = Double(monotonicNanoseconds() - begin) / 1e9
    distribution.withLock { $0.add(seconds: seconds) }
  }

  var figure: Figure { Figure(row, .distribution(distribution.withLock { $0 })) }
}

/// A figure of the newest moment that something reached; any thread reads it.
final class NewestTime: Sendable {
  private let row: FigureRow
  /// Nanoseconds since 1970 UTC.
  private let newest = Atomic<Int64>(0)

  init(_ name: String, _ help: String) {
    row = FigureRow(name, .gauge, .timestamp, help)
  }

  /// - Parameter time: Nanoseconds since 1970 UTC; one that is ahead of our clock counts as now.
  func note(_ time: Int64) {
    newest.max(min(time, wallNanoseconds()), ordering: .relaxed)
  }

  /// Takes a time that may be before the one of before, as after a clock was set back.
  func set(_ time: Int64) {
    newest.store(max(0, time), ordering: .relaxed)
  }

  var figure: Figure {
    // A number of nanoseconds is more than a Double holds.
    Figure(row, .number(Double(newest.load(ordering: .relaxed) / 1000) / 1e6))
  }
}
