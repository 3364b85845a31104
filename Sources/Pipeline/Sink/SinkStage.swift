public import Buckets
internal import Model
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
  let counts = Counts<SinkCount>()
  private let paused = Atomic(false)

  public init(_ options: Options) {
    var options = options
    options.batch = min(max(1, options.batch), Options.mostInBatch)
    self.options = options
  }

  public var figures: [Figure] { counts.figures }

  /// Lets it rest, or go on: a resting sink stays in its group and reads nothing, so that its lag grows.
  public func setPaused(_ isPaused: Bool) {
    paused.store(isPaused, ordering: .relaxed)
  }

  var isPaused: Bool { paused.load(ordering: .relaxed) }

  public func run(until stop: StopSignal, log: Log) throws {
    let session = try SinkSession(self, StageRun(stop: stop, log: log))
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
enum SinkCount: Int, CaseIterable {
  /// Records that came, whatever they were.
  case read
  /// Points that the bucket has got.
  case written
  /// Records, and samples of other records, that the bucket had already.
  case duplicates
  /// Records of messages from the broker's store that have no time of their own, and so tell nothing of now.
  case retained
  /// Fields that points were written without, because they could not be read.
  case lostFields
  /// Records that cannot be written, and were delivered to the dead-letter topic.
  case deadLetters
  /// Others of them, which Kafka did not take and the bucket keeps.
  case keptDeadLetters
  /// Records without a value.
  case tombstones
  /// Transactions of the bucket.
  case batches
  /// Times that the bucket or Kafka took nothing, and it was tried again.
  case retries
  case commitFailures
  /// Points deleted after their time.
  case expired
}
