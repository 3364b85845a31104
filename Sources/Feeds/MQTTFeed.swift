public import Decoding
public import MQTT
public import Model
public import System
internal import Synchronization

/// The raw feed: a thread that reads an MQTT broker and fills the mailbox until it is told to stop.
///
/// A lost connection never ends it: it says why, waits and tries again.
public final class MQTTFeed: Sendable {
  /// What to read, and how to understand it.
  public struct Options: Sendable {
    /// The broker and how to log in to it.
    public var connection: MQTTOptions
    /// Filters of raw samples, and which level of their topics names the generator.
    public var rawFilters: [TopicFilter]
    /// How generators announce their sessions; nil to look for no such words.
    public var presence: PresenceRule?
    /// Further filters, whose messages are read as raw samples are.
    public var extraFilters: [TopicFilter]
    /// The highest QoS to be served with, 0 to 2.
    public var qos: Int

    public init(
      connection: MQTTOptions,
      rawFilters: [TopicFilter] = [TopicFilter(Convention.rawFilter)],
      presence: PresenceRule? = PresenceRule(),
      extraFilters: [TopicFilter] = [],
      qos: Int = 0,
    ) {
      self.connection = connection
      self.rawFilters = rawFilters
      self.presence = presence
      self.extraFilters = extraFilters
      self.qos = qos
    }

    /// What to subscribe to: a filter that another one covers would bring messages twice.
    public var subscriptions: [String] {
      let all = rawFilters + (presence.map { [$0.filter] } ?? []) + extraFilters
      let filters = all.compactMap { MQTTTopicFilter($0.text) }
      return MQTTTopicFilter.withoutCovered(filters).map(\.text)
    }
  }

  private let control: FeedControl
  private let thread: JoinableThread

  /// Starts the thread.
  ///
  /// - Throws: `SystemError` when there is no room for another thread or descriptor.
  public init(_ options: Options, into mailbox: Mailbox, log: Log) throws(SystemError) {
    let control = FeedControl(wake: try EventFD())
    self.control = control
    thread = try startThread(name: "mqtt") {
      MQTTReader(options, into: mailbox, log: log, control: control).run()
    }
  }

  deinit {
    control.stop()
  }

  /// Drops the connection, or the wait for the next try, and connects now.
  public func reconnectNow() {
    control.kick()
  }

  /// Says goodbye to the broker and ends the thread; returns when it has ended.
  public func stop() {
    control.stop()
    thread.join()
  }
}

/// How other threads reach a feed's thread.
final class FeedControl: Sendable {
  /// Readable when there is something to obey.
  let wake: EventFD
  private let stopFlag = Atomic(false)
  private let kickFlag = Atomic(false)

  init(wake: EventFD) {
    self.wake = wake
  }

  /// Whether the thread shall end.
  var isStopped: Bool { stopFlag.load(ordering: .acquiring) }

  /// Takes a request to reconnect away, and quiets `wake`; true if there was one.
  func takeKick() -> Bool {
    wake.drain()
    return kickFlag.exchange(false, ordering: .acquiringAndReleasing)
  }

  func stop() {
    stopFlag.store(true, ordering: .releasing)
    wake.signal()
  }

  func kick() {
    kickFlag.store(true, ordering: .releasing)
    wake.signal()
  }
}
