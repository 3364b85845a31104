internal import Synchronization
internal import System

/// A figure of how long something takes; one thread observes, for each batch and not for each message, and any thread
/// reads.
final class Histogram: Sendable {
  private let row: FigureRow
  private let counters = Distribution.emptyCounts.map { _ in Counter() }
  private let nanoseconds = Atomic<Int64>(0)

  init(_ name: String, _ help: String) {
    row = FigureRow(name, .histogram, .second, help)
  }

  /// Takes in what began at a time of the monotonic clock and has ended now.
  func observe(since begin: Int64) {
    let duration = monotonicNanoseconds() - begin
    counters[Distribution.bucket(seconds: Double(duration) / 1e9)].add()
    nanoseconds.add(duration, ordering: .relaxed)
  }

  var figure: Figure {
    let sum = Double(nanoseconds.load(ordering: .relaxed)) / 1e9
    return Figure(row, .distribution(Distribution(counts: counters.map(\.value), sum: sum)))
  }
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
