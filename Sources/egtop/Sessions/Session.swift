import Dashboard
import Glibc
import Model
import System

/// A way of looking at a stream of events: on the screen, in lines, once, or frame by frame.
///
/// ``EventLoop/run(_:)`` calls it, on the main thread; what has a standard answer below is asked of those alone that
/// answer it otherwise.
protocol Session: AnyObject {
  var loop: EventLoop { get }
  /// How long events may be applied before the session is asked again, in nanoseconds.
  var patience: Int64 { get }
  /// Whether it can take an event now.
  var takesEvents: Bool { get }

  /// Adds what else is to be waited on.
  func watch(_ poll: inout Poll, at now: Int64)
  /// When something is to be done though nothing comes; nil if the clock and the source are enough.
  func nextWake(after now: Int64) -> Int64?
  /// Does what a signal asks for.
  func handle(signal: Int32)
  /// Does what there is to do for what was added to the poll.
  func serve(_ poll: Poll)
  /// An event of the source was applied, in a round that began at a time.
  func followed(_ event: Event, since start: Int64)
  /// Does what is to be done with each tick, before it.
  func keepTime(at now: Int64)
  /// Does what is to be done once all that came has been applied.
  func finishRound()
  /// Does what the state asks for.
  func carryOut(_ effect: Effect)
}

extension Session {
  var takesEvents: Bool { true }
  func watch(_ poll: inout Poll, at now: Int64) {}
  func nextWake(after now: Int64) -> Int64? { nil }
  func serve(_ poll: Poll) {}
  func followed(_ event: Event, since start: Int64) {}
  func keepTime(at now: Int64) {}
  func carryOut(_ effect: Effect) {}

  func handle(signal: Int32) {
    switch signal {
    case SIGWINCH, SIGCONT: break
    case SIGTSTP: stopUntilContinued()
    default: loop.end(bySignal: true)
    }
  }

  /// Lets the state see an event, and does what it asks for in return.
  func apply(_ event: Event) {
    for effect in loop.apply(event) { carryOut(effect) }
  }

  /// The same for what happens now.
  func apply(_ kind: Event.Kind) { apply(Event(kind, at: loop.source.stamp)) }
}
