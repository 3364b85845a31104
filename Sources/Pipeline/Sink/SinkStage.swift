public import Buckets
internal import Kafka
public import Model
internal import Synchronization
public import System

/// Writes the records of raw topics into a bucket, as a member of a consumer group.
///
/// Offsets are committed after the bucket has the batch, so whatever dies, nothing is lost; a record that comes again is
/// known by its partition and offset, and changes nothing. What can never be a point goes to the topic `dlq-<group>`.
public final class SinkStage: Stage {
  /// What to read, and where to write it.
  public struct Options: Sendable {
    /// Of librdkafka; `bootstrap.servers` among them.
    public var properties: [String: String]
    /// The consumer group.
    public var group: String
    /// Names, or regular expressions that begin with `^`.
    public var topics: [String]
    public var bucket: BucketOptions
    /// The measurement of records that name none.
    public var measurement: String
    /// The field that holds a sample's time; nil for the timestamp of the record.
    public var timeField: String?
    /// How many records are written in one transaction at most.
    public var batch: Int
    /// How long records gather after the first of a batch, in nanoseconds.
    public var linger: Int64
    /// Records with more bytes cannot be written.
    public var largestRecord: Int
    /// Where records go that cannot be written; nil for nowhere.
    public var deadLetterTopic: String?

    /// The most that `batch` may be.
    public static let mostInBatch = 100_000

    public init(
      properties: [String: String],
      bucket: BucketOptions,
      group: String = "egpipe-sink",
      topics: [String] = [Convention.rawTopic],
      measurement: String = Convention.measurement,
      timeField: String? = nil,
      batch: Int = 5000,
      linger: Int64 = 20_000_000,
      largestRecord: Int = 1 << 18,
    ) {
      self.properties = properties
      self.bucket = bucket
      self.group = group
      self.topics = topics
      self.measurement = measurement
      self.timeField = timeField
      self.batch = min(max(1, batch), Self.mostInBatch)
      self.linger = linger
      self.largestRecord = largestRecord
      deadLetterTopic = "dlq-\(group)"
    }
  }

  public let name = "sink"
  let options: Options
  let counts = SinkCounts()
  private let paused = Atomic(false)

  public init(_ options: Options) {
    self.options = options
  }

  public var figures: [Figure] {
    [
      Figure("read", counts.read.value), Figure("written", counts.written.value),
      Figure("duplicates", counts.duplicates.value),
      Figure("dead letters", counts.deadLetters.value),
      Figure("lost dead letters", counts.lostDeadLetters.value),
      Figure("tombstones", counts.tombstones.value), Figure("batches", counts.batches.value),
      Figure("retries", counts.retries.value),
      Figure("commit failures", counts.commitFailures.value),
      Figure("expired", counts.expired.value),
    ]
  }

  /// Lets it rest, or go on: a resting sink stays in its group and reads nothing, so that its lag grows.
  public func setPaused(_ isPaused: Bool) {
    paused.store(isPaused, ordering: .relaxed)
  }

  var isPaused: Bool { paused.load(ordering: .relaxed) }

  public func run(until stop: StopSignal, log: Log) throws {
    let session = try SinkSession(self, stop: stop, log: log)
    defer { session.close() }
    while !stop.isSet { try session.carryBatch() }
  }
}

/// What the sink counts, for ever.
final class SinkCounts: Sendable {
  /// Records that came, whatever they were.
  let read = Counter()
  /// Points that the bucket has got.
  let written = Counter()
  /// Records that the bucket had already.
  let duplicates = Counter()
  /// Records that cannot be written, and were delivered to the dead-letter topic if there is one.
  let deadLetters = Counter()
  /// Of those, the ones that Kafka does not take either.
  let lostDeadLetters = Counter()
  /// Records without a value.
  let tombstones = Counter()
  /// Transactions of the bucket.
  let batches = Counter()
  /// Times that the bucket or Kafka took nothing, and it was tried again.
  let retries = Counter()
  let commitFailures = Counter()
  /// Points deleted after their time.
  let expired = Counter()
}
