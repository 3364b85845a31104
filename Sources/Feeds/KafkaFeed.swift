public import Model
public import System

/// The Kafka feed: a thread that reads the enriched topics, and the raw topic if told, into the mailbox.
///
/// It joins no group and commits nothing. A lost connection never ends it: the library keeps trying, and
/// the status says why and when next.
public final class KafkaFeed: Sendable {
  /// Which topics hold enriched records.
  public enum Topics: Equatable, Sendable {
    /// All whose names begin so.
    case prefix(String)
    /// These.
    case names([String])
    /// All that have a match of this regular expression of Swift's dialect somewhere in their names; none if it is not
    /// one.
    case pattern(String)
  }

  /// What to read, and from where.
  public struct Options: Sendable {
    /// librdkafka's, by its own names; `bootstrap.servers` at least.
    public var properties: [String: String]
    public var enriched: Topics
    /// The topic of raw samples, read from its end; nil to leave it alone.
    public var rawTopic: String?
    /// Raw samples come from nowhere else: that there is no such topic is worth a word.
    public var isRawFeed: Bool
    /// Filters of MQTT topics, which find the generator of a raw record whose key is one.
    public var rawFilters: [String]
    /// Enriched records that are read at the start, by age.
    public var historySeconds: Int64
    /// Enriched records of each partition that are read at the start when none is so young, or the broker
    /// cannot tell.
    public var historyRecords: Int64

    public init(
      properties: [String: String],
      enriched: Topics = .prefix(Convention.enrichedPrefix),
      rawTopic: String? = nil,
      isRawFeed: Bool = false,
      rawFilters: [String] = [Convention.rawFilter],
      historySeconds: Int64 = 3600,
      historyRecords: Int64 = 2000
    ) {
      self.properties = properties
      self.enriched = enriched
      self.rawTopic = rawTopic
      self.isRawFeed = isRawFeed
      self.rawFilters = rawFilters
      self.historySeconds = historySeconds
      self.historyRecords = historyRecords
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
    thread = try startThread(name: "kafka") {
      KafkaFeedLoop(options, into: mailbox, log: log, control: control).run()
    }
  }

  deinit {
    control.stop()
  }

  /// Asks the brokers now instead of at the next try.
  public func reconnectNow() {
    control.kick()
  }

  /// Tells the thread to end, and does not wait for it.
  public func requestStop() {
    control.stop()
  }

  /// Ends the thread; returns when it has ended, after up to two seconds while brokers do not answer.
  public func stop() {
    control.stop()
    thread.join()
  }
}
