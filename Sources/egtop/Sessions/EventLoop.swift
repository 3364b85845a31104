import Dashboard
import Glibc
import Model
import System

/// What all sessions share: the state that every event goes through, and one poll for signals, data and the clock.
///
/// The main thread alone has it.
final class EventLoop {
  static let second: Int64 = 1_000_000_000
  /// Data that streams in is taken fifty times a second: a wake for each message is for nobody.
  private static let dataInterval = second / 50

  private(set) var state: DashboardState
  let source: any EventSource
  let recordings: Recordings
  private let signals: SignalFD
  /// Between two ticks, in nanoseconds.
  private let tickInterval: Int64
  private var nextTick: Int64 = 0
  /// Before this the data that has come is left in the mailbox.
  private var nextData: Int64 = 0
  private(set) var isDone = false
  /// Whether a signal ended it.
  private(set) var isInterrupted = false

  /// - Parameters:
  ///   - options: how the state begins.
  ///   - source: where events come from.
  ///   - signals: those that the session is to handle; blocked before any thread was started.
  ///   - recordings: where all events are kept.
  ///   - tickInterval: between two ticks, in nanoseconds.
  init(
    _ options: DashboardOptions,
    _ source: any EventSource,
    _ signals: SignalFD,
    recordings: Recordings = Recordings(),
    tickInterval: Int64 = second
  ) {
    state = DashboardState(options)
    self.source = source
    self.signals = signals
    self.recordings = recordings
    self.tickInterval = tickInterval
  }

  /// Ends the loop once the round is over.
  func end(bySignal: Bool = false) {
    isDone = true
    if bySignal { isInterrupted = true }
  }

  /// Lets the state see an event; what it asks for in return.
  func apply(_ event: Event) -> [Effect] {
    recordings.add(event)
    return state.apply(event)
  }

  /// Starts the source and runs until the session or a signal ends it.
  ///
  /// In each round signals come first, then what the session waits for itself, then data for as long as the session has
  /// patience, then the clock.
  ///
  /// - Throws: what keeps the source from starting.
  func run(_ session: some Session) throws {
    try source.begin()
    var poll = Poll()
    while !isDone {
      let now = monotonicNanoseconds()
      poll.removeAll()
      let signalPlace = poll.add(signals.descriptor, .read)
      let sourcePlace = now < nextData ? nil : source.descriptor.map { poll.add($0, .read) }
      session.watch(&poll, at: now)
      try poll.wait(timeoutNanoseconds: max(0, nextWake(session, after: now) - now))
      if poll.readiness(of: signalPlace).contains(.read) {
        while let signal = signals.next() { session.handle(signal: signal) }
      }
      session.serve(poll)
      if let sourcePlace, !poll.readiness(of: sourcePlace).isEmpty {
        source.drain()
        nextData = now + Self.dataInterval
      }
      takeEvents(session)
      keepTime(session)
      session.finishRound()
    }
    rememberFleet(isNow: true)
  }

  /// Lets the source keep what is known of the fleet for the next time.
  func rememberFleet(isNow: Bool) { source.remember(state.liveFleet, isNow: isNow) }

  private func nextWake(_ session: some Session, after now: Int64) -> Int64 {
    let wakes = [
      session.takesEvents ? source.nextEvent : nil, now < nextData ? nextData : nil,
      session.nextWake(after: now),
    ]
    return wakes.reduce(nextTick) { min($0, $1 ?? .max) }
  }

  /// Applies what came in as long as the session has patience; the rest waits for the next round.
  private func takeEvents(_ session: some Session) {
    let start = monotonicNanoseconds()
    while session.takesEvents, let event = source.next(at: monotonicNanoseconds()) {
      session.apply(event)
      session.followed(event, since: start)
      if monotonicNanoseconds() - start > session.patience { return }
    }
  }

  private func keepTime(_ session: some Session) {
    let now = monotonicNanoseconds()
    guard now >= nextTick else { return }
    nextTick = now + tickInterval
    session.keepTime(at: now)
    if source.isLive { session.apply(.tick) }
    rememberFleet(isNow: false)
  }
}
