import Dashboard
import Feeds
import Model
import Settings
import System

/// The feeds that the settings ask for.
final class LiveSource: EventSource {
  private let start: () throws -> FeedSet
  private var feeds: FeedSet?
  private var waiting: ArraySlice<FeedEvent> = []

  /// A source that has feeds once it has begun.
  ///
  /// - Parameters:
  ///   - settings: which feeds.
  ///   - log: where the feeds write.
  ///   - prepare: called before the feeds start.
  init(_ settings: Settings, log: Log, before prepare: @escaping () throws -> Void = {}) {
    start = {
      try prepare()
      return try FeedSet(settings, log: log)
    }
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
    if waiting.isEmpty { waiting = (feeds?.mailbox.takeEvents() ?? [])[...] }
    return waiting.popFirst().map { Event(.feed($0), at: stamp) }
  }

  func reconnect() { feeds?.reconnect() }
  func watch(_ generator: GeneratorIndex?) { feeds?.mailbox.watch(generator) }
}
