import Dashboard
import Feeds
import Model
import Report
import System

/// Where the run loop's events come from, apart from the keyboard and the clock.
protocol EventSource: AnyObject {
  /// For poll: readable when there is something; nil if only time brings events.
  var descriptor: Int32? { get }
  /// When the next event is due though nothing is readable: monotonic nanoseconds.
  var nextEvent: Int64? { get }
  /// The time to stamp keys with.
  var stamp: Stamp { get }
  /// Whether the run loop makes the ticks: a recording has its own.
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
}

/// The feeds.
final class LiveSource: EventSource {
  private let start: () throws -> FeedSet
  private var feeds: FeedSet?
  private var waiting: ArraySlice<FeedEvent> = []

  /// A source that has feeds once `start` is called, by ``begin()``.
  init(_ start: @escaping () throws -> FeedSet) {
    self.start = start
  }

  func begin() throws { feeds = try start() }

  /// Ends all threads; returns when they have ended.
  func stop() { feeds?.stop() }

  var descriptor: Int32? { feeds?.wake.descriptor }
  var nextEvent: Int64? { waiting.isEmpty ? nil : 0 }
  var stamp: Stamp { Stamp(monotonic: monotonicNanoseconds(), wall: wallNanoseconds()) }
  var isLive: Bool { true }

  func drain() { _ = feeds?.wake.drain() }

  func next(at now: Int64) -> Event? {
    if waiting.isEmpty { waiting = (feeds?.mailbox.take() ?? [])[...] }
    return waiting.popFirst().map { Event(.feed($0), at: stamp) }
  }

  func reconnect() { feeds?.reconnect() }
  func watch(_ generator: GeneratorIndex?) { feeds?.mailbox.watch(generator) }
}

/// A recording, played at a multiple of its own speed.
final class ReplaySource: EventSource {
  private let reader: RecordingReader
  private let speed: Double
  private let began: Int64
  private var first: Stamp?
  private var last = Stamp(monotonic: 0, wall: 0)
  private var lastAt: Int64
  private var ahead: Event?
  private var hasToldEnd = false

  init(_ reader: RecordingReader, speed: Double) {
    self.reader = reader
    self.speed = speed
    began = monotonicNanoseconds()
    lastAt = began
    advance()
    last = ahead?.stamp ?? last
  }

  var descriptor: Int32? { nil }
  var isLive: Bool { false }
  var nextEvent: Int64? { ahead.map { due($0) } ?? (hasToldEnd ? nil : 0) }

  /// The recording's time, going on from its last event; at its end it stands still.
  var stamp: Stamp {
    let passed = Double(monotonicNanoseconds() - lastAt) * speed
    let room = ahead.map { max(0, $0.stamp.monotonic &- last.monotonic) } ?? 0
    let step = min(Int64(min(passed, 9e17)), room)
    return Stamp(monotonic: last.monotonic &+ step, wall: last.wall &+ step)
  }

  func begin() {}
  func drain() {}
  func reconnect() {}
  // The messages of those that were looked at then come as they were recorded.
  func watch(_ generator: GeneratorIndex?) {}

  func next(at now: Int64) -> Event? {
    guard let event = ahead else {
      if hasToldEnd { return nil }
      hasToldEnd = true
      return Event(.note("the recording ends here"), at: last)
    }
    guard due(event) <= now else { return nil }
    last = event.stamp
    lastAt = now
    advance()
    return event
  }

  private func due(_ event: Event) -> Int64 {
    let offset = Double(event.stamp.monotonic &- (first?.monotonic ?? 0)) / speed
    return began + Int64(min(max(0, offset), 9e17))
  }

  /// Reads on to the next event that is to be shown: keys, sizes and what was drawn in them are the
  /// present operator's.
  private func advance() {
    ahead = nil
    while let event = reader.next() {
      switch event.kind {
      case .key, .mouse, .resize, .drawn, .screen, .suspended, .resumed, .note, .theme, .recording:
        continue
      case .feed, .tick, .frame:
        if first == nil { first = event.stamp }
        ahead = event
        return
      }
    }
  }
}
