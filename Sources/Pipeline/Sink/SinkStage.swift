public import Buckets
public import Model
internal import Synchronization
public import System

/// Writes the records of raw topics into a bucket, as a member of a consumer group.
///
/// Offsets are committed after the bucket has the batch, so whatever dies, nothing is lost; a record that comes again is
/// known by its partition and offset, and changes nothing. A sample that comes again in another record is known by its
/// own time or number, if it has one. What can never be a point goes to the topic `dlq-<group>`,
/// or into the bucket where Kafka does not take it.
public final class SinkStage: Stage {
  /// What to read, and where to write it.
  public struct Options: Sendable {
    /// Of librdkafka; `bootstrap.servers` among them.
    public var properties: [String: String]
    public var bucket: BucketOptions
    /// The consumer group.
    public var group = "egpipe-sink"
    /// Names, or regular expressions that begin with `^`.
    public var topics = [Convention.rawTopic]
    /// The measurement of records that name none.
    public var measurement = Convention.measurement
    /// The field that holds a sample's time; nil for the timestamp of the record.
    public var timeField: String?
    /// The field that holds a generator's own number of its sample; nil if there is none.
    public var sequenceField: String?
    /// MQTT topic filters that say which level of a record's key is the generator, where that is an MQTT topic.
    public var filters = [Convention.rawFilter]
    /// What records are read by instead, but those that a bridge has put together; empty for the built-in names.
    public var sources: [Source] = []
    /// How many records are written in one transaction at most: 1 to `mostInBatch`.
    public var batch = 5000

    /// How long Kafka has to take a dead letter, in milliseconds.
    var letterPatience = 30_000

    static let mostInBatch = 100_000

    /// Where records go that cannot be written.
    var deadLetterTopic: String { "dlq-\(group)" }
  }

  public let name = "sink"
  let options: Options
  public let health = StageHealth([.kafka, .rawBucket])
  let counts = Counts<SinkCount>()
  let write = Histogram("write", "Time that a batch took until the bucket had it.")
  let newestSample = NewestTime(
    "newest sample",
    "The newest time of a sample in the bucket, of those written since the start."
  )
  private let paused = Atomic(false)

  public init(_ options: Options) {
    var options = options
    options.batch = min(max(1, options.batch), Options.mostInBatch)
    self.options = options
  }

  public var figures: [Figure] { counts.figures + [write.figure, newestSample.figure] }

  /// Lets it rest, or go on: a resting sink stays in its group and reads nothing, so that its lag grows.
  public func setPaused(_ isPaused: Bool) {
    paused.store(isPaused, ordering: .relaxed)
  }

  var isPaused: Bool { paused.load(ordering: .relaxed) }

  public func run(until stop: StopSignal, log: Log) throws {
    let session = try SinkSession(self, StageRun(stop: stop, log: log, health: health))
    defer { session.close() }
    while !stop.isSet { try session.carryBatch() }
  }
}

extension SinkStage.Options {
  public init(properties: [String: String], bucket: BucketOptions) {
    self.properties = properties
    self.bucket = bucket
  }
}

/// What the sink counts.
enum SinkCount: Int, CountKind {
  case read, written, duplicates, retained, lostFields, deadLetters, keptDeadLetters, tombstones
  case batches, retries, commitFailures, expired

  var row: FigureRow {
    switch self {
    case .read: counter(.record, "Records that came from Kafka, whatever they were.")
    case .written: counter(.point, "Points that the bucket has got.")
    case .duplicates:
      counter(.record, "Records, and samples of other records, that the bucket had already.")
    case .retained:
      counter(
        .record,
        "Records of retained messages that have no time of their own, and so tell nothing of now."
      )
    case .lostFields:
      counter(.field, "Fields that points were written without, because they could not be read.")
    case .deadLetters:
      counter(.record, "Records that can be no points, and went to the dead-letter topic.")
    case .keptDeadLetters:
      counter(.record, "Others of them, which Kafka did not take and the bucket keeps.")
    case .tombstones: counter(.record, "Records without a value.")
    case .batches: counter(.time, "Transactions of the bucket.")
    case .retries:
      counter(.time, "Times that the bucket or Kafka took nothing, and it was tried again.")
    case .commitFailures:
      counter(.time, "Times that offsets were not committed; their records may come again.")
    case .expired: counter(.point, "Points deleted after their time.")
    }
  }
}
