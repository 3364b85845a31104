/// What flows on the way to us: the state of the feeds and the figures of the hops.
public struct Traffic: Sendable {
  /// How the connection of one feed stands.
  private struct Link {
    var status = FeedStatus.off
    var connectedAt = Int64.min
    var awaySince: Int64?
  }

  private var mqtt = Link()
  private var kafka = Link()
  public internal(set) var counters: [FeedKind: FeedCounters] = [:]
  /// Specimens of messages that could not be read, oldest first, at most 32.
  public private(set) var rejected: [RejectedMessage] = []
  /// The newest message of each feed that has nothing in it that we know.
  public private(set) var foreign: [FeedKind: RejectedMessage] = [:]
  /// Presence words that the rule does not know, in the order in which they came, at most 8.
  public private(set) var unknownWords: [String] = []
  /// Messages from MQTT of whatever kind.
  private(set) var messageRate = RateMeter()

  /// Live raw samples from MQTT.
  public private(set) var mqttRate = RateMeter()
  /// When the newest live raw sample came from MQTT.
  public private(set) var newestSampleAt: Int64?
  /// Seconds from one live sample from MQTT to the next, recently and on average.
  private(set) var sampleGap: Double?
  public private(set) var rawTopicRate = RateMeter()
  /// When the newest record of the raw topic came.
  public private(set) var newestRawRecordAt: Int64?
  /// When the first sample went into the bridge after the last record had come out of it; nil if none has.
  private(set) var unbridgedSince: Int64?
  public private(set) var enrichedRate = RateMeter()
  public private(set) var newestEnrichedAt: Int64?
  public internal(set) var bridgeDelay = DelayMeter()
  public internal(set) var taskDelay = DelayMeter()
  /// Generators whose samples have been seen on both sides of the bridge.
  var bridged = IndexSet()
  /// Samples of such generators that have not come out of the bridge yet.
  public internal(set) var bridgePending = 0
  /// Samples that were not applied one by one because they came faster than that.
  public internal(set) var folded = 0
  /// Presence words that were not applied one by one.
  public internal(set) var foldedWords = 0
  /// Live words that a generator is gone of which no word had said that it was there.
  public internal(set) var unannouncedEnds = 0
  /// Presence words that the broker kept.
  public internal(set) var retainedWords = 0
  /// Retained raw samples.
  public internal(set) var retained = 0
  /// Enriched records older than the one before of the same generator.
  public internal(set) var outOfOrder = 0
  /// How old enriched records are at least when they come, in nanoseconds.
  var enrichedDistance = MinimumMeter()
  /// Generators of which raw and enriched differ.
  public internal(set) var differences = DifferenceCounts()
  /// How far the pipeline's clock is behind ours, in nanoseconds, by samples that their values tell apart; nil if unknown.
  private(set) var clockOffset: Int64?
  /// How old records of the raw topic are at least when they come, by their timestamps, in nanoseconds.
  private(set) var rawDistance = MinimumMeter()
  /// When the newest enriched record of a new sample came: monotonic nanoseconds; for those read at the start, when its
  /// sample was.
  public private(set) var newestNewRecordAt: Int64?
  /// Since when generators have been missing from the enriched topic; nil while none is.
  var missingSince: Int64?
  /// When a hop was last late.
  var lateAt: [HopID: Int64] = [:]

  public private(set) var enrichedProgress: ReaderProgress?
  public private(set) var rawProgress: ReaderProgress?
  /// When the enriched topic's past had been read: monotonic nanoseconds.
  public private(set) var historyReadAt: Int64?
  public private(set) var groupLag: GroupLag?
  /// When ``groupLag`` came.
  private(set) var groupLagAt: Int64?
  /// Commits of the sink's group, of the worst one of several.
  public private(set) var sinkRate = RateMeter()
  public internal(set) var screen = ScreenFigures()
  public private(set) var frameRate = RateMeter()

  public init() {}

  public func status(_ feed: FeedKind) -> FeedStatus { link(feed).status }

  /// Since when the feed has been connected, or when it last was; `Int64.min` if it never was.
  public func connectedAt(_ feed: FeedKind) -> Int64 { link(feed).connectedAt }

  /// Since when the feed has been away; nil while it is connected or never was.
  public func awaySince(_ feed: FeedKind) -> Int64? { link(feed).awaySince }

  /// Whether all that was in the enriched topics when we started has been read.
  public var hasReadHistory: Bool { historyReadAt != nil }

  var rawTopicIsRead: Bool { rawProgress != nil }

  /// Now, or the moment the feed went away: silence since then proves nothing.
  func effectiveNow(of feed: FeedKind, at now: Int64) -> Int64 {
    min(link(feed).awaySince ?? now, now)
  }

  private func link(_ feed: FeedKind) -> Link {
    switch feed {
    case .mqtt: mqtt
    case .kafka: kafka
    }
  }

  mutating func apply(_ status: FeedStatus, of feed: FeedKind, at stamp: Stamp) {
    var link = link(feed)
    let wasConnected = link.status.isConnected
    link.status = status
    if status.isConnected, !wasConnected {
      link.connectedAt = stamp.monotonic
      link.awaySince = nil
    } else if !status.isConnected, wasConnected {
      link.awaySince = stamp.monotonic
    }
    switch feed {
    case .mqtt: mqtt = link
    case .kafka: kafka = link
    }
  }

  mutating func apply(_ counters: FeedCounters, of feed: FeedKind, at stamp: Stamp) {
    if feed == .mqtt {
      let before = self.counters[feed]?.received ?? 0
      let (step, overflows) = counters.received.subtractingReportingOverflow(before)
      messageRate.add(overflows ? 0 : max(0, step), at: stamp.monotonic)
    }
    self.counters[feed] = counters
  }

  mutating func add(_ messages: [RejectedMessage]) {
    for message in messages where message.kind == .foreign { foreign[message.feed] = message }
    rejected.append(contentsOf: messages.filter { $0.kind != .foreign }.suffix(32))
    for message in messages where message.kind == .presence && unknownWords.count < 8 {
      if !unknownWords.contains(message.payload) { unknownWords.append(message.payload) }
    }
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
    if let now = lag.committed {
      let isSame = groupLag?.groups?.first?.name == lag.groups?.first?.name
      let before = isSame ? groupLag?.committed ?? now : now
      let (step, overflows) = now.subtractingReportingOverflow(before)
      sinkRate.add(overflows ? 0 : max(0, step), at: stamp.monotonic)
    }
    (groupLag, groupLagAt) = (lag, stamp.monotonic)
  }

  /// Counts `count` live samples that ended with this one.
  mutating func count(_ sample: Sample, _ count: Int = 1) {
    switch sample.source {
    case .mqtt:
      mqttRate.add(count, at: sample.receivedAt)
      if let before = newestSampleAt, sample.receivedAt > before {
        let gap = sample.receivedAt.seconds(since: before)
        sampleGap = (sampleGap ?? gap) * 0.95 + min(gap, 60) * 0.05
      }
      newestSampleAt = max(newestSampleAt ?? .min, sample.receivedAt)
    case .rawTopic:
      rawTopicRate.add(count, at: sample.receivedAt)
      newestRawRecordAt = max(newestRawRecordAt ?? .min, sample.receivedAt)
      unbridgedSince = nil
    }
  }

  /// Counts a sample that the bridge has to carry, if it carries those of its generator.
  mutating func noteBridgeInput(of generator: GeneratorIndex, at time: Int64) {
    if bridged[generator] {
      bridgePending += 1
    } else if !bridged.isEmpty {
      return
    }
    if unbridgedSince == nil { unbridgedSince = time }
  }

  /// Notes how far apart a sample's coming to us and its timestamp in the raw topic are.
  mutating func noteClock(_ offset: Int64) {
    clockOffset = clockOffset.map { $0.addingClamped(offset.nanoseconds(since: $0) / 8) } ?? offset
  }

  /// Notes how old a record of the raw topic is by its timestamp.
  mutating func noteRawDistance(_ distance: Int64, at time: Int64) {
    rawDistance.add(distance, at: time)
  }

  mutating func noteNewRecord(at time: Int64) {
    newestNewRecordAt = max(newestNewRecordAt ?? .min, time)
  }

  /// Forgets what was worked out of stamps made elsewhere, since our clock was set.
  mutating func forgetClocks() {
    enrichedDistance = MinimumMeter()
    rawDistance = MinimumMeter()
    clockOffset = nil
  }

  /// How many seconds the pipeline's clock is ahead of ours, if that is proved and more than two.
  var clockAhead: Double? {
    let ahead = clockOffset.map { (0 - $0.seconds) } ?? rawDistance.value.map { 0 - $0.seconds }
    return ahead.flatMap { $0 > 2 ? $0 : nil }
  }

  mutating func count(_ record: EnrichedRecord) {
    // The past comes as fast as it can be read: that is nobody's rate.
    enrichedRate.add(hasReadHistory ? 1 : 0, at: record.receivedAt)
    newestEnrichedAt = record.receivedAt
  }

  mutating func tick(at now: Int64) {
    mqttRate.add(0, at: now)
    messageRate.add(0, at: now)
    rawTopicRate.add(0, at: now)
    enrichedRate.add(0, at: now)
    enrichedDistance.advance(to: now)
    rawDistance.advance(to: now)
    frameRate.add(0, at: now)
  }

  mutating func apply(_ figures: ScreenFigures, at now: Int64) {
    let (step, overflows) = figures.frames.subtractingReportingOverflow(screen.frames)
    frameRate.add(overflows ? 0 : max(0, step), at: now)
    screen = figures
  }
}

/// A set of small integers.
struct IndexSet: Sendable {
  private var members: [Bool] = []

  var isEmpty: Bool { members.isEmpty }

  subscript(index: GeneratorIndex) -> Bool {
    members.indices.contains(Int(index)) && members[Int(index)]
  }

  mutating func insert(_ index: GeneratorIndex) {
    let missing = Int(index) + 1 - members.count
    if missing > 0 { members.append(contentsOf: repeatElement(false, count: missing)) }
    members[Int(index)] = true
  }
}
