public import Buckets
internal import Model
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
    /// The topic is this followed by the name of the bucket.
    public var topicPrefix = Convention.enrichedPrefix
    public var mode = Mode.timestamp
    /// Nanoseconds from one look at the bucket to the next.
    public var poll: Int64 = 1_000_000_000
    /// How many points are published at once: 1 to 100,000.
    public var batch = 5000

    /// Where the points go.
    public var topic: String { topicPrefix + bucket.name }
  }

  public let name = "source"
  let options: Options
  public let health = StageHealth([.enrichedBucket, .kafka])
  let counts = Counts<SourceCount>()
  let delivery = Histogram("delivery", "Time that a batch took until Kafka had acknowledged it.")
  let newestRow = NewestTime(
    "newest row",
    "The newest time of a row that Kafka has acknowledged since the start."
  )

  public init(_ options: Options) {
    self.options = options
  }

  /// How many records Kafka has acknowledged.
  public var published: Int { counts[.published].value }

  public var figures: [Figure] { counts.figures + [delivery.figure, newestRow.figure] }

  public func run(until stop: StopSignal, log: Log) throws {
    let run = StageRun(stop: stop, log: log, health: health)
    let session = try SourceSession(self, run)
    while !stop.isSet {
      try session.poll()
      counts[.polls].add()
      run.rest(nanoseconds: options.poll)
    }
  }
}

extension SourceStage.Options {
  public init(properties: [String: String], bucket: BucketOptions) {
    self.properties = properties
    self.bucket = bucket
  }
}

/// What the source counts.
enum SourceCount: Int, CountKind {
  case published, refused, batches, retries, polls

  var row: FigureRow {
    switch self {
    case .published: counter(.record, "Records that Kafka acknowledged.")
    case .refused:
      counter(.record, "Records that Kafka takes from nobody, such as too large ones.")
    case .batches: counter(.time, "Batches that were published.")
    case .retries:
      counter(.time, "Times that Kafka or the bucket took nothing, and it was tried again.")
    case .polls: counter(.time, "Times that the source looked for what is new in the bucket.")
    }
  }
}
