extension Fleet {
  /// Lets time pass: generators that fell silent become late, then stale.
  ///
  /// Once a second is enough. Costs a glance for each generator in which nothing is due.
  public mutating func tick(at stamp: Stamp) {
    let now = stamp.monotonic
    noteClocks(stamp)
    traffic.tick(at: now)
    releaseEarlySamples(at: stamp)
    releaseOddValues(at: stamp)
    noteUsualBurn(at: now)
    let view = viewpoint(at: now)
    let standStill = doRecordsStandStill(at: now)
    if view.enrichedWatchedSince != watchedSince || standStill != recordsStandStill { makeAllDue() }
    watchedSince = view.enrichedWatchedSince
    recordsStandStill = standStill
    for place in dueAt.indices where dueAt[place] <= now {
      updateFreshness(of: place, view, at: stamp)
    }
    noteLateHops(at: now)
    if hopHistory.isDue(at: now) { hopHistory.add(hops(at: now), at: now) }
  }

  private mutating func updateFreshness(of place: Int, _ view: Viewpoint, at stamp: Stamp) {
    let freshness = freshness(of: place, view)
    if freshness != generators[place].freshness {
      fallSilent(freshness, GeneratorIndex(place), at: stamp)
    } else if !generators[place].alarms.isEmpty || generators[place].trend.burn != nil
      || !raisedAlarms(at: place, now: stamp.monotonic).isEmpty
    {
      review(GeneratorIndex(place), at: stamp.monotonic)
    }
    setDifference(difference(of: place, view), place)
    let isWatched = watchedSince != nil
    dueAt[place] = generators[place].nextDue(limits, isWatched: isWatched, at: stamp.monotonic)
    if freshness == .never, !remembered.isEmpty, remembered[GeneratorIndex(place)] != nil {
      dueAt[place] = .min
    }
  }

  /// Lets the next tick look at every generator.
  private mutating func makeAllDue() {
    for place in dueAt.indices { dueAt[place] = .min }
  }

  /// Sets how fresh a generator is.
  mutating func setFreshness(_ freshness: Freshness, of place: Int) {
    guard freshness != generators[place].freshness else { return }
    generators[place].freshness = freshness
    if freshness != .live, generators[place].difference == .notEnriched {
      setDifference(nil, place)
    }
  }

  /// What silence is judged by at one moment.
  ///
  /// While a feed is away nothing ages further: that is the feed's fault and is shown as such. After
  /// it came back, silence counts from then.
  struct Viewpoint {
    var rawUntil: Int64
    var rawConnectedAt: Int64
    var enrichedUntil: Int64
    var enrichedConnectedAt: Int64
    /// Seconds that are always between a record's time and its coming.
    var enrichedDistance: Double
    /// Since when enriched records can be missed; nil if they cannot now.
    var enrichedWatchedSince: Int64?
  }

  func viewpoint(at now: Int64) -> Viewpoint {
    let raw: FeedKind = policy.rawFeedIsKafka ? .kafka : .mqtt
    let isWatched =
      policy.hasEnrichedFeed && policy.hasRawFeed
      && [raw, .kafka].allSatisfy { traffic.status($0).isConnected }
    return Viewpoint(
      rawUntil: min(traffic.effectiveNow(of: raw, at: now), suspectedEnd(of: raw, at: now)),
      rawConnectedAt: traffic.connectedAt(raw),
      enrichedUntil: traffic.effectiveNow(of: .kafka, at: now),
      enrichedConnectedAt: traffic.connectedAt(.kafka),
      enrichedDistance: max(0, traffic.enrichedDistance.value ?? 0).seconds,
      enrichedWatchedSince: isWatched
        ? traffic.historyReadAt.map { max($0, traffic.connectedAt(.kafka)) } : nil
    )
  }

  /// When the raw feed may have died without a word; `now` while nothing hints at it.
  ///
  /// A dead broker is found out within 1.5 keep-alives; silence that lasts longer is the generators'
  /// own.
  private func suspectedEnd(of feed: FeedKind, at now: Int64) -> Int64 {
    guard feed == .mqtt, let silence = fleetSilence(at: now), silence.seconds < 30 else {
      return now
    }
    return silence.since.addingClamped(Int64(seconds: silence.usual))
  }

  /// How long a whole fleet of five or more has been silent on MQTT, once that is unusual.
  ///
  /// When all fall silent at once it is rather the feed than the generators.
  func fleetSilence(at now: Int64) -> (seconds: Double, since: Int64, usual: Double)? {
    guard !isQuietByNature, let since = traffic.newestSampleAt, let gap = traffic.sampleGap,
      counts.total - counts.never >= 5
    else { return nil }
    let seconds = now.seconds(since: since)
    let usual = max(2, 20 * gap)
    return seconds > usual ? (seconds, since, usual) : nil
  }

  /// How fresh a generator's data has become; time alone never makes it fresher.
  private mutating func freshness(of place: Int, _ view: Viewpoint) -> Freshness {
    let before = generators[place].freshness
    if generators[place].holds { return .live }
    guard let sampleAt = generators[place].sampleAt else {
      // What held is of no age that anybody knows.
      if generators[place].sendsChanges, before != .never { return .stale }
      guard generators[place].enrichedAt != nil else { return rememberedFreshness(place, view) }
      let now = enrichedFreshness(of: place, view, withGrace: true)
      return now.rawValue > before.rawValue ? now : before
    }
    if before == .stale { return .stale }
    let (_, late, stale) = generators[place].patience(limits)
    let age = view.rawUntil.seconds(since: max(sampleAt, view.rawConnectedAt))
    return age > stale ? .stale : age > late ? .late : before
  }

  /// How fresh a generator is that is known by enriched records alone.
  ///
  /// With grace, silence counts from when the feed came back: right for those that were fresh when
  /// it went.
  func enrichedFreshness(of place: Int, _ view: Viewpoint, withGrace: Bool) -> Freshness {
    guard let enrichedAt = generators[place].enrichedAt else { return .never }
    var age = view.enrichedUntil.seconds(since: enrichedAt) - view.enrichedDistance
    if withGrace { age = min(age, view.enrichedUntil.seconds(since: view.enrichedConnectedAt)) }
    let (late, stale) = (2 * policy.window + 15, 3 * policy.window + 15)
    return age > stale ? .stale : age > late ? .late : .live
  }

  /// Makes a generator less fresh, and tells of a silence that is one.
  private mutating func fallSilent(_ freshness: Freshness, _ index: GeneratorIndex, at stamp: Stamp)
  {
    let place = Int(index)
    setFreshness(freshness, of: place)
    if freshness == .stale, !generators[place].session.isOffline,
      let heardAt = generators[place].sampleAt ?? generators[place].enrichedAt
    {
      generators[place].isReportedStale = true
      note(.stale, of: index, at: stamp, amount: stamp.monotonic.seconds(since: heardAt))
    }
    review(index, at: stamp.monotonic)
  }

  /// When the wall clock was set, times that were read off other clocks move with it.
  mutating func noteClocks(_ stamp: Stamp) {
    let distance = stamp.wall &- stamp.monotonic
    defer { clockDistance = distance }
    guard let before = clockDistance else { return }
    let step = distance.nanoseconds(since: before)
    guard abs(step.seconds) > 1 else { return }
    traffic.forgetClocks()
    makeAllDue()
    newestRecordAt = newestRecordAt?.nanoseconds(since: step)
    alarmTimes.clamp(to: stamp.wall)
    for place in generators.indices {
      guard let wall = generators[place].enrichedWall else { continue }
      // What was ahead of a clock that was set back outranks nothing that comes after it.
      generators[place].enrichedWall = min(wall, stamp.wall)
      guard let enrichedAt = generators[place].enrichedAt else { continue }
      let moved = enrichedAt.nanoseconds(since: step)
      generators[place].enrichedAt = min(moved, generators[place].enrichedReceivedAt ?? moved)
      markChanged(GeneratorIndex(place))
      if !generators[place].showsRaw {
        generators[place].trend.move(by: Int64(0).nanoseconds(since: step))
      }
    }
  }
}
