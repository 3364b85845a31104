/// What flows on the way to us: the state of the feeds and the figures of the hops.
public struct Traffic: Sendable {
  private var statuses: [FeedKind: FeedStatus] = [:]
  private var connected: [FeedKind: Int64] = [:]
  private var disconnected: [FeedKind: Int64] = [:]
  public internal(set) var counters: [FeedKind: FeedCounters] = [:]
  /// Specimens of messages that could not be read, oldest first, at most 32.
  public private(set) var rejected: [RejectedMessage] = []

  /// Live raw samples from MQTT.
  public private(set) var mqttRate = RateMeter()
  /// When the newest live raw sample came from MQTT.
  public private(set) var newestSampleAt: Int64?
  public private(set) var rawTopicRate = RateMeter()
  public private(set) var enrichedRate = RateMeter()
  public private(set) var newestEnrichedAt: Int64?
  public internal(set) var bridgeDelay = DelayMeter()
  public internal(set) var taskDelay = DelayMeter()
  /// Generators whose samples have been seen on both sides of the bridge.
  var bridged = IndexSet()
  /// Samples of such generators that have not come out of the bridge yet.
  public internal(set) var bridgePending = 0
  /// Samples that were folded into another because they came faster than they could be applied.
  public internal(set) var folded = 0
  /// Retained raw samples.
  public internal(set) var retained = 0
  /// Enriched records older than the one before of the same generator.
  public internal(set) var outOfOrder = 0
  /// Generators that are late or stale.
  public internal(set) var overdue = 0
  /// Generators that send but are missing from the enriched topic.
  public internal(set) var missingWindows = 0

  public private(set) var enrichedProgress: ReaderProgress?
  public private(set) var rawProgress: ReaderProgress?
  /// When the enriched topic's past had been read: monotonic nanoseconds.
  public private(set) var historyReadAt: Int64?
  public private(set) var groupLag: GroupLag?
  /// Commits of the sink's group.
  public private(set) var sinkRate = RateMeter()
  /// When the sink's group last committed something new.
  public private(set) var sinkMovedAt: Int64?
  public internal(set) var screen = ScreenFigures()
  public private(set) var frameRate = RateMeter()

  public init() {}

  public func status(_ feed: FeedKind) -> FeedStatus { statuses[feed] ?? .off }

  /// Since when the feed has been connected, or when it last was; `Int64.min` if it never was.
  public func connectedAt(_ feed: FeedKind) -> Int64 { connected[feed] ?? .min }

  /// Since when the feed has been away; nil while it is connected or never was.
  public func awaySince(_ feed: FeedKind) -> Int64? { disconnected[feed] }

  /// Whether all that was in the enriched topics when we started has been read.
  public var hasReadHistory: Bool { historyReadAt != nil }

  var rawTopicIsRead: Bool { rawProgress != nil }

  /// Now, or the moment the feed went away: silence since then proves nothing.
  func effectiveNow(of feed: FeedKind, at now: Int64) -> Int64 {
    disconnected[feed].map { min($0, now) } ?? now
  }

  mutating func apply(_ status: FeedStatus, of feed: FeedKind, at stamp: Stamp) {
    let before = self.status(feed)
    statuses[feed] = status
    if status.isConnected, !before.isConnected {
      connected[feed] = stamp.monotonic
      disconnected[feed] = nil
    } else if !status.isConnected, before.isConnected {
      disconnected[feed] = stamp.monotonic
    }
  }

  mutating func add(_ messages: [RejectedMessage]) {
    rejected.append(contentsOf: messages)
    if rejected.count > 32 { rejected.removeFirst(rejected.count - 32) }
  }

  mutating func apply(_ progress: ReaderProgress, at stamp: Stamp) {
    switch progress.topics {
    case .enriched:
      enrichedProgress = progress
      if progress.hasReadHistory, historyReadAt == nil { historyReadAt = stamp.monotonic }
    case .raw:
      rawProgress = progress
    }
  }

  mutating func apply(_ lag: GroupLag, at stamp: Stamp) {
    if let before = groupLag?.committed, let now = lag.committed {
      sinkRate.add(max(0, now - before), at: stamp.monotonic)
      if now != before { sinkMovedAt = stamp.monotonic }
    } else if lag.committed != nil {
      sinkRate.add(0, at: stamp.monotonic)
      sinkMovedAt = stamp.monotonic
    }
    groupLag = lag
  }

  mutating func count(_ sample: Sample, _ count: Int = 1) {
    switch sample.source {
    case .mqtt:
      mqttRate.add(count, at: sample.receivedAt)
      newestSampleAt = max(newestSampleAt ?? .min, sample.receivedAt)
    case .rawTopic:
      rawTopicRate.add(count, at: sample.receivedAt)
    }
  }

  /// Takes back one of a sample that was counted twice.
  mutating func uncount(_ sample: Sample) { count(sample, -1) }

  mutating func count(_ record: EnrichedRecord) {
    enrichedRate.add(1, at: record.receivedAt)
    newestEnrichedAt = record.receivedAt
  }

  mutating func tick(at now: Int64) {
    mqttRate.add(0, at: now)
    rawTopicRate.add(0, at: now)
    enrichedRate.add(0, at: now)
    frameRate.add(0, at: now)
  }

  mutating func apply(_ figures: ScreenFigures, at now: Int64) {
    frameRate.add(max(0, figures.frames - screen.frames), at: now)
    screen = figures
  }
}

/// A set of small integers.
struct IndexSet: Sendable {
  private var members: [Bool] = []

  subscript(index: GeneratorIndex) -> Bool {
    members.indices.contains(Int(index)) && members[Int(index)]
  }

  mutating func insert(_ index: GeneratorIndex) {
    let missing = Int(index) + 1 - members.count
    if missing > 0 { members.append(contentsOf: repeatElement(false, count: missing)) }
    members[Int(index)] = true
  }
}
