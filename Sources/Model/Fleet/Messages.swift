/// The place of a generator in every array of the fleet, from 0 in the order first heard of.
public typealias GeneratorIndex = Int32

/// The place of a region in the fleet's list; 0 is `unknown`.
public typealias RegionIndex = Int32

/// Where a raw sample was read.
public enum SampleSource: UInt8, Codable, Sendable {
  case mqtt
  /// The raw topic in Kafka, behind the bridge.
  case rawTopic
}

/// What a sample has besides its values that was read by a configured source.
public struct SourceNotes: Codable, Equatable, Sendable {
  /// Where it is, as the source says; 0 if it does not.
  public var region: RegionIndex = 0
  /// Whether an unchanged value does not come again: then a retained one counts, and silence says nothing.
  public var sendsChanges = false
  /// A bit for each metric, by its number, whose value is new, of a sample put together of messages that had some
  /// values each: of the others it has what is still known; nil if it came whole.
  public var fresh: UInt32?

  public init() {}

  /// Whether it is put together, and the value of this metric is an older one.
  func isOld(_ metric: Metric) -> Bool { fresh.map { $0 & 1 << metric.rawValue == 0 } ?? false }
}

/// One raw message of a generator.
public struct Sample: Codable, Equatable, Sendable {
  public var generator: GeneratorIndex
  public var source: SampleSource
  /// Whether the broker sent it from its store when we subscribed: it may be of any age, and proves
  /// no life.
  public var isRetained: Bool
  /// When it reached us: monotonic nanoseconds, rising from message to message of a feed.
  public var receivedAt: Int64
  /// Kafka's timestamp of a record of the raw topic, by which the pipeline knows the sample: wall nanoseconds; nil if
  /// it has none, by MQTT, and in old recordings.
  public var recordTime: Int64?
  public var reading: Reading
  /// Nil for what the built-in names were read of.
  public var notes: SourceNotes?

  public init(
    generator: GeneratorIndex,
    source: SampleSource,
    isRetained: Bool = false,
    receivedAt: Int64,
    recordTime: Int64? = nil,
    reading: Reading,
    notes: SourceNotes? = nil
  ) {
    self.generator = generator
    self.source = source
    self.isRetained = isRetained
    self.receivedAt = receivedAt
    self.recordTime = recordTime
    self.reading = reading
    self.notes = notes
  }
}

/// Samples of one generator that came faster than they could be applied, as one.
public struct FoldedSamples: Codable, Equatable, Sendable {
  public var first: Sample
  public var last: Sample
  /// The lowest and the highest fuel among them that two in a row show, if any had one.
  public var lowestFuel: Double?
  public var highestFuel: Double?
  /// How many there were, first and last included.
  public var count: Int

  public init(first: Sample) {
    self.first = first
    last = first
    lowestFuel = first.reading.fuel
    highestFuel = first.reading.fuel
    count = 1
  }

  /// Adds the next sample of the same generator and source.
  public mutating func add(_ sample: Sample) {
    let before = last.reading.fuel
    last = sample
    count &+= 1
    guard let fuel = sample.reading.fuel else { return }
    lowestFuel = min(lowestFuel ?? fuel, max(before ?? fuel, fuel))
    highestFuel = max(highestFuel ?? fuel, min(before ?? fuel, fuel))
  }
}

/// One record of an enriched topic: a generator's last sample of a window, with alarm and region.
public struct EnrichedRecord: Codable, Equatable, Sendable {
  public var generator: GeneratorIndex
  public var region: RegionIndex
  public var alarm: AlarmFlag
  /// When it reached us: monotonic nanoseconds, rising from record to record of a feed.
  public var receivedAt: Int64
  /// The time of the sample it was made of: wall nanoseconds; nil if it carries none.
  public var sampleTime: Int64?
  /// Kafka's timestamp of the record: wall nanoseconds; nil if it has none.
  public var recordTime: Int64?
  public var reading: Reading

  public init(
    generator: GeneratorIndex,
    region: RegionIndex = 0,
    alarm: AlarmFlag = .absent,
    receivedAt: Int64,
    sampleTime: Int64? = nil,
    recordTime: Int64? = nil,
    reading: Reading
  ) {
    self.generator = generator
    self.region = region
    self.alarm = alarm
    self.receivedAt = receivedAt
    self.sampleTime = sampleTime
    self.recordTime = recordTime
    self.reading = reading
  }
}

extension EnrichedRecord {
  /// The time that it is of by its own stamps, its sample's before Kafka's: wall nanoseconds.
  ///
  /// Nil if it carries none that can be meant. One ahead of the reader's clock says no more than that it has come.
  public var ownWall: Int64? {
    if let sampleTime, Self.isMeant(sampleTime) { return sampleTime }
    return recordTime.flatMap { Self.isMeant($0) ? $0 : nil }
  }

  /// Whether a stamp is no sign of a clock that was never set: one before 2000.
  static func isMeant(_ wall: Int64) -> Bool { wall >= 946_684_800_000_000_000 }
}

/// What a presence topic said of a generator's MQTT session.
public struct PresenceChange: Codable, Equatable, Sendable {
  /// The words of a presence topic, after the rule's texts.
  public enum Word: UInt8, Codable, Sendable {
    /// The alive text, by default `online`.
    case alive
    /// The dead text, by default `offline`: the last will.
    case lastWill
    /// The text of an orderly goodbye, by default `disconnected`.
    case disconnected
    /// An empty payload: the retained state was removed.
    case cleared
  }

  public var generator: GeneratorIndex
  public var word: Word
  /// Whether it came from the broker's store when we subscribed: it happened before, at an unknown
  /// time.
  public var isRetained: Bool
  /// When it reached us: monotonic nanoseconds, on the same rising count as samples of the feed.
  public var receivedAt: Int64

  public init(generator: GeneratorIndex, word: Word, isRetained: Bool = false, receivedAt: Int64) {
    self.generator = generator
    self.word = word
    self.isRetained = isRetained
    self.receivedAt = receivedAt
  }
}

/// Presence words of one generator that came faster than they could be applied, as one.
public struct FoldedPresence: Codable, Equatable, Sendable {
  public var first: PresenceChange
  public var last: PresenceChange
  /// How many there were, first and last included.
  public var count: Int

  public init(first: PresenceChange) {
    self.first = first
    last = first
    count = 1
  }

  /// Adds the next word of the same generator.
  public mutating func add(_ change: PresenceChange) {
    last = change
    count &+= 1
  }
}
