/// What of a fleet is not known yet, though it could be: see ``Fleet/gaps``.
public struct Gaps: Equatable, Sendable {
  /// Feeds that are not connected, whose past is still being read, or from which no generator came at all.
  public internal(set) var feeds: [FeedKind] = []
  /// Generators that are known, and were not heard as ``Fleet/isHeard(_:)`` wants it.
  public internal(set) var generators: [GeneratorIndex] = []

  public var isEmpty: Bool { feeds.isEmpty && generators.isEmpty }
}

extension Fleet {
  /// What is missing in the picture; empty once it is whole.
  public var gaps: Gaps {
    Gaps(
      feeds: policy.feeds.filter { !hasCome($0) },
      generators: generators.indices.map { GeneratorIndex($0) }.filter { !isHeard($0) }
    )
  }

  /// Whether there are no ``gaps``; stops at the first one.
  public var isWhole: Bool {
    policy.feeds.allSatisfy { hasCome($0) }
      && generators.indices.allSatisfy { isHeard(GeneratorIndex($0)) }
  }

  /// Whether a feed is connected, its past is read, and there is a generator at all.
  public func hasCome(_ feed: FeedKind) -> Bool {
    let isRead = feed == .mqtt || !policy.hasEnrichedFeed || traffic.hasReadHistory
    return count > 0 && isRead && traffic.status(feed).isConnected
  }

  /// Whether what is known of a generator is of now: heard raw within its own interval, or gone by its own word.
  ///
  /// Where no record names the fleet, each has to be heard twice: whoever sends no less often has then been heard as
  /// well. Without raw samples its records are all there can be.
  public func isHeard(_ generator: GeneratorIndex) -> Bool {
    let place = Int(generator)
    if generators[place].session.isOffline || generators[place].isForgotten { return true }
    guard policy.hasRawFeed else { return generators[place].enrichedAt != nil }
    let wanted = generators[place].enrichedAt == nil ? 2 : 1
    return generators[place].freshness == .live && generators[place].samples >= wanted
  }
}

extension FleetPolicy {
  /// The feeds that are read.
  public var feeds: [FeedKind] {
    FeedKind.allCases.filter { feed in
      switch feed {
      case .mqtt: hasRawFeed && !rawFeedIsKafka
      case .kafka: hasEnrichedFeed || rawFeedIsKafka
      }
    }
  }
}

/// Where the values of a generator that are shown come from.
public enum ValueSource: String, Sendable {
  case mqtt, rawTopic
  /// An MQTT message from the broker's store, of whatever age.
  case retained
  /// The newest enriched record.
  case record
  /// What egtop knew when it last ran.
  case memory
}

extension Fleet {
  /// Where the values of a generator come from; nil if it has none.
  public func source(of generator: GeneratorIndex) -> ValueSource? {
    let place = Int(generator)
    if rememberedSince(generator) != nil { return .memory }
    guard generators[place].showsRaw else { return .record }
    guard generators[place].sampleAt == nil else {
      return policy.rawFeedIsKafka ? .rawTopic : .mqtt
    }
    return rawReading(of: generator).isEmpty ? nil : .retained
  }
}
