public import Buckets
public import Model
public import System

/// Publishes the points of a bucket to the topic that is named after it.
///
/// How far it is stays in the bucket, and moves on after Kafka has acknowledged: a point may come twice, and none is left
/// out, however late it was written.
public final class SourceStage: Stage {
  /// What is published at each poll.
  public enum Mode: String, Sendable {
    /// What is new since the last.
    case timestamp
    /// Everything.
    case bulk
  }

  /// Which bucket, and where to.
  public struct Options: Sendable {
    /// Of librdkafka; `bootstrap.servers` among them.
    public var properties: [String: String]
    public var bucket: BucketOptions
    /// Names what the source remembers in its bucket.
    public var name: String
    /// The topic is this and the name of the bucket, with nothing between.
    public var topicPrefix: String
    public var mode: Mode
    /// Nanoseconds from one look at the bucket to the next.
    public var poll: Int64
    /// How many points are published at once at most.
    public var batch: Int

    public init(
      properties: [String: String],
      bucket: BucketOptions,
      name: String = "source",
      topicPrefix: String = Convention.enrichedPrefix,
      mode: Mode = .timestamp,
      poll: Int64 = 1_000_000_000,
      batch: Int = 5000,
    ) {
      self.properties = properties
      self.bucket = bucket
      self.name = name
      self.topicPrefix = topicPrefix
      self.mode = mode
      self.poll = poll
      self.batch = min(max(1, batch), 100_000)
    }

    /// Where the points go.
    public var topic: String { topicPrefix + bucket.name }
  }

  public let name = "source"
  let options: Options
  let counts = SourceCounts()

  public init(_ options: Options) {
    self.options = options
  }

  /// How many records Kafka has acknowledged.
  public var published: Int { counts.published.value }

  public var figures: [Figure] {
    [
      Figure("published", counts.published.value), Figure("refused", counts.refused.value),
      Figure("batches", counts.batches.value), Figure("retries", counts.retries.value),
      Figure("polls", counts.polls.value),
    ]
  }

  public func run(until stop: StopSignal, log: Log) throws {
    let session = try SourceSession(self, stop: stop, log: log)
    while !stop.isSet {
      try session.poll()
      counts.polls.add()
      stop.wait(nanoseconds: options.poll)
    }
  }
}

/// What the source counts, for ever.
final class SourceCounts: Sendable {
  /// Records that Kafka acknowledged.
  let published = Counter()
  /// Records that Kafka takes from nobody, such as too large ones.
  let refused = Counter()
  let batches = Counter()
  /// Times that Kafka or the bucket took nothing, and it was tried again.
  let retries = Counter()
  let polls = Counter()
}
