/// Whether messages come so fast that it pays to let some of them gather before reading on.
///
/// Each round of reading costs system calls and wakes of other threads, whatever it brings. Above
/// 1,000 messages a second a pause of two milliseconds lets a few of them come together, and
/// nobody can see the delay.
struct ReadingPace {
  /// Nanoseconds to pause between two rounds while busy.
  static let pause: Int64 = 2_000_000
  private static let window: Int64 = 100_000_000
  private static let busy = 100

  private var windowStart: Int64 = .min
  private var count = 0

  /// Whether the last whole window of a tenth of a second had 100 messages or more.
  private(set) var isBusy = false

  /// Takes note of the messages of one round that ended at a monotonic time.
  mutating func add(_ messages: Int, at time: Int64) {
    count += messages
    guard windowStart != .min else {
      windowStart = time
      return
    }
    guard time - windowStart >= Self.window else { return }
    isBusy = count >= Self.busy && time - windowStart < 2 * Self.window
    windowStart = time
    count = 0
  }
}
