extension Fleet {
  /// Lets time pass: generators that fell silent become late, then stale.
  ///
  /// Once a second is enough.
  public mutating func tick(at stamp: Stamp) {
    let now = stamp.monotonic
    traffic.tick(at: now)
    var overdue = 0
    var missingWindows = 0
    for place in generators.indices {
      let index = GeneratorIndex(place)
      let freshness = freshness(of: generators[place], at: now)
      if freshness != generators[place].freshness {
        becomes(freshness, index, at: stamp)
      } else if generators[place].alarm == .refuel {
        review(index, at: now)
      }
      if freshness == .late || freshness == .stale { overdue += 1 }
      if isMissingWindow(generators[place], at: now) { missingWindows += 1 }
    }
    traffic.overdue = overdue
    traffic.missingWindows = missingWindows
  }

  /// How fresh a generator's data is at `now`.
  ///
  /// While the feed is away nothing ages further: that is the feed's fault and is shown as such.
  /// After it came back, silence counts from then.
  func freshness(of generator: Generator, at now: Int64) -> Freshness {
    if let sampleAt = generator.sampleAt {
      let feed: FeedKind = policy.rawFeedIsKafka ? .kafka : .mqtt
      let interval = generator.interval.seconds ?? policy.expectedInterval
      let until = traffic.effectiveNow(of: feed, at: now)
      let connected = traffic.connectedAt(feed)
      if connected > sampleAt, generator.freshness == .stale { return .stale }
      let age = (until - max(sampleAt, connected)).seconds
      return age > max(3 * interval, interval + 5)
        ? .stale : age > max(1.5 * interval, interval + 2) ? .late : .live
    }
    guard let enrichedAt = generator.enrichedAt else { return .never }
    let age = (traffic.effectiveNow(of: .kafka, at: now) - enrichedAt).seconds - policy.window
    return age > 2 * policy.window + 15 ? .stale : age > policy.window + 15 ? .late : .live
  }

  private mutating func becomes(_ freshness: Freshness, _ index: GeneratorIndex, at stamp: Stamp) {
    let place = Int(index)
    let before = generators[place].freshness
    generators[place].freshness = freshness
    let isNews = freshness == .stale && (before == .live || before == .late)
    if isNews, !generators[place].session.isOffline, let readingAt = generators[place].readingAt {
      let silence = (stamp.monotonic - readingAt).seconds
      events.add(.stale, of: index, at: stamp, amount: silence)
    }
    review(index, at: stamp.monotonic)
  }

  /// Whether a generator that sends has not been in the enriched topic for two windows.
  private func isMissingWindow(_ generator: Generator, at now: Int64) -> Bool {
    guard policy.hasEnrichedFeed, policy.hasRawFeed, generator.freshness == .live,
      generator.samples > 1, let last = generator.enrichedReceivedAt ?? traffic.historyReadAt
    else { return false }
    return (now - last).seconds > 2 * policy.window + 15
  }
}
