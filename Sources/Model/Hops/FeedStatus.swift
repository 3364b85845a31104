/// The two sources egtop reads.
public enum FeedKind: String, CaseIterable, Codable, Sendable {
  case mqtt
  case kafka
}

/// How a feed's connection stands.
public enum FeedStatus: Codable, Equatable, Sendable {
  /// Not configured.
  case off
  /// On its way for the first time, or again.
  case connecting
  /// Connected and subscribed; data may or may not be coming.
  case live
  /// Connected, but not all of what was asked was granted: the reason names what is missing.
  case degraded(reason: String)
  /// Broken; the next try is at `nextTry`, in monotonic nanoseconds. `attempt` counts from 1.
  case retrying(reason: String, nextTry: Int64, attempt: Int)

  /// Whether data can arrive.
  public var isConnected: Bool {
    switch self {
    case .live, .degraded: true
    case .off, .connecting, .retrying: false
    }
  }

  /// Why it is not simply live; nil if it is.
  public var reason: String? {
    switch self {
    case .live, .connecting: nil
    case .off: "not configured"
    case .degraded(let reason), .retrying(let reason, _, _): reason
    }
  }

  /// The word for it on the screen and in JSON.
  public var word: String {
    switch self {
    case .off: "off"
    case .connecting: "connecting"
    case .live: "live"
    case .degraded: "degraded"
    case .retrying: "retrying"
    }
  }
}

/// What a feed has counted since the program started; each only grows.
public struct FeedCounters: Codable, Equatable, Sendable {
  /// Messages that arrived, of whatever kind.
  public var received = 0
  /// Their payloads' bytes.
  public var bytes = 0
  /// Those that became samples or enriched records.
  public var samples = 0
  /// Those that were presence words.
  public var presence = 0
  /// Those that are no error but nothing to us: other things on the same topics, tombstones.
  public var ignored = 0
  /// Those that should have been readable and were not.
  public var rejected = 0
  /// Those of ``rejected`` that were on a presence topic and no word of its rule.
  public var unknownWords = 0
  /// Fields of messages of which the rest was read.
  public var lostFields = 0
  /// Those the broker sent from its store.
  public var retained = 0
  /// Those marked as possible second deliveries (they are applied all the same).
  public var duplicates = 0
  /// Those of generators beyond the bound on the fleet's size.
  public var beyondBound = 0
  /// Kafka's records that were gone before we read them, by their offsets.
  public var missed = 0
  /// Connections made, the first included.
  public var connections = 0
  /// What became of the messages of configured sources, in their order; nil where none are.
  public var sources: [SourceFigures]?

  public init() {}
}

extension FeedCounters {
  /// Reads what was recorded; what was not counted then is 0.
  public init(from decoder: any Decoder) throws {
    let recorded = try decoder.container(keyedBy: CodingKeys.self)
    func count(_ key: CodingKeys) throws -> Int {
      try recorded.decodeIfPresent(Int.self, forKey: key) ?? 0
    }
    received = try count(.received)
    bytes = try count(.bytes)
    samples = try count(.samples)
    presence = try count(.presence)
    ignored = try count(.ignored)
    rejected = try count(.rejected)
    unknownWords = try count(.unknownWords)
    lostFields = try count(.lostFields)
    retained = try count(.retained)
    duplicates = try count(.duplicates)
    beyondBound = try count(.beyondBound)
    missed = try count(.missed)
    connections = try count(.connections)
    sources = try recorded.decodeIfPresent([SourceFigures].self, forKey: .sources)
  }
}

/// What became of the messages of a configured source.
public struct SourceFigures: Codable, Equatable, Sendable {
  public var name: String
  public var messages = 0
  /// Those that told something of a generator.
  public var understood = 0
  public var notUnderstood = 0
  /// Why the newest of another kind was not understood, with its topic and the beginning of its payload, scrubbed; nil
  /// if there was none.
  public var reason: String?
  public var topic: String?
  public var payload: String?
  /// Devices that announce themselves and are no generators; nil where nothing is announced.
  public var otherDevices: Int?

  public init(name: String) { self.name = name }
}

/// A message that could not be read, or not all of it, kept as a specimen for the status page.
///
/// All texts are scrubbed and bounded.
public struct RejectedMessage: Codable, Equatable, Sendable {
  /// What it is, if it is no sample that is damaged.
  public enum Kind: String, Codable, Sendable {
    /// It has nothing in it that we know, and may be none of ours.
    case foreign
    /// A text on a presence topic that is none of the rule's.
    case presence
  }

  public var feed: FeedKind
  public var topic: String
  public var reason: String
  /// Whether only a field of it is lost; nil in recordings from before there was such a thing.
  public var isReadInPart: Bool?
  /// Nil for a damaged one, and in recordings from before there was such a thing.
  public var kind: Kind?
  /// The beginning of the payload.
  public var payload: String
  /// The payload's whole size in bytes.
  public var size: Int
  /// Monotonic nanoseconds.
  public var receivedAt: Int64

  public init(
    feed: FeedKind,
    topic: String,
    reason: String,
    isReadInPart: Bool? = nil,
    kind: Kind? = nil,
    payload: String,
    size: Int,
    receivedAt: Int64
  ) {
    self.feed = feed
    self.topic = topic
    self.reason = reason
    self.isReadInPart = isReadInPart
    self.kind = kind
    self.payload = payload
    self.size = size
    self.receivedAt = receivedAt
  }
}

/// How far the Kafka reader has come in the topics of one kind.
public struct ReaderProgress: Codable, Equatable, Sendable {
  /// Which topics.
  public enum Topics: UInt8, Codable, Sendable {
    case enriched, raw
  }

  public var topics: Topics
  /// Names of the topics that are read, scrubbed, in alphabetical order, at most 16 of them.
  public var names: [String]
  public var partitions: Int
  /// The sum over partitions of end offset minus our position; nil as long as unknown.
  public var recordsBehind: Int?
  /// Whether all that was there when the program started has been read.
  public var hasReadHistory: Bool

  public init(
    topics: Topics,
    names: [String],
    partitions: Int,
    recordsBehind: Int?,
    hasReadHistory: Bool
  ) {
    self.topics = topics
    self.names = names
    self.partitions = partitions
    self.recordsBehind = recordsBehind
    self.hasReadHistory = hasReadHistory
  }
}

/// Everything a feed can tell the state.
public enum FeedEvent: Codable, Equatable, Sendable {
  /// Names of generators and regions met for the first time, in the order of their indices, each
  /// sent once and before anything that refers to it. The region `unknown` (0) is not among them.
  case names(generators: [String], regions: [String])
  case samples([Sample])
  case folded([FoldedSamples])
  case enriched([EnrichedRecord])
  case presence([PresenceChange])
  case foldedPresence([FoldedPresence])
  case status(FeedKind, FeedStatus)
  case counters(FeedKind, FeedCounters)
  case rejected([RejectedMessage])
  case progress(ReaderProgress)
  case groupLag(GroupLag)
  /// A message of the generator that the operator looks at.
  case watched(WatchedMessage)
  /// What was known of generators when egtop last ran.
  case remembered([RememberedGenerator])
  /// Generators that only memory tells of are to be left out.
  case forgotten([GeneratorIndex])
}
