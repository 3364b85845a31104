import Dashboard
import Model

/// Where a session's events come from, apart from the keyboard and the clock.
protocol EventSource: AnyObject {
  /// For poll: readable when there is something; nil if only time brings events.
  var descriptor: Int32? { get }
  /// When the next event is due though nothing is readable: monotonic nanoseconds; nil if none is.
  var nextEvent: Int64? { get }
  /// The time to stamp keys with.
  var stamp: Stamp { get }
  /// Whether the loop makes the ticks: a recording has its own.
  var isLive: Bool { get }
  /// Starts whatever brings the events; called once the first frame is on the screen.
  func begin() throws
  /// Takes note that the descriptor was readable.
  func drain()
  /// The next event that is due at the monotonic time `now`; nil if there is none now.
  func next(at now: Int64) -> Event?
  /// Tries all connections now.
  func reconnect()
  /// Asks for the messages of this generator, and of no other.
  func watch(_ generator: GeneratorIndex?)
  /// Keeps what is known of the fleet for the next time, if it is due or `isNow`.
  func remember(_ fleet: borrowing Fleet, isNow: Bool)
}

/// A recording has nothing to begin with, to wait on, or to ask for: it comes as it was recorded.
extension EventSource {
  var descriptor: Int32? { nil }
  var isLive: Bool { false }
  func begin() {}
  func drain() {}
  func reconnect() {}
  func watch(_ generator: GeneratorIndex?) {}
  func remember(_ fleet: borrowing Fleet, isNow: Bool) {}
}
