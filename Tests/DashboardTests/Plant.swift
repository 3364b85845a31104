import Dashboard
import Model
import Testing

/// What a made-up plant tells second by second: samples at their own pace, the bridge's copies of
/// them, records each minute, wills, silence, outages and bursts.
struct Plant {
  static var policy: FleetPolicy {
    var policy = FleetPolicy()
    policy.tailsRawTopic = true
    policy.window = 20
    policy.expectedInterval = 2
    return policy
  }

  private static let start = Stamp(
    monotonic: 5_000_000_000_000,
    wall: 1_795_356_207_000_000_000
  )

  private var numbers: Numbers
  private var fuels: [Double]
  private var seconds: Int64 = 0
  private var count: Int

  init(generators: Int, seed: UInt64) {
    numbers = Numbers(state: seed)
    count = generators
    fuels = []
    for _ in 0..<generators { fuels.append(Double(numbers.next() % 9_000) / 10) }
  }

  /// The monotonic time of the last second.
  var now: Int64 { Self.start.monotonic + seconds * 1_000_000_000 }

  private func stamp(_ milliseconds: Int64) -> Stamp {
    let shift = seconds * 1_000_000_000 + milliseconds * 1_000_000
    // The two clocks are read one after the other.
    return Stamp(
      monotonic: Self.start.monotonic + shift,
      wall: Self.start.wall + shift + milliseconds
    )
  }

  private mutating func chance(_ one: UInt64) -> Bool { numbers.next() % one == 0 }

  /// All events of the next second, the tick at its end.
  mutating func second() -> [Event] {
    var events: [Event] = []
    if seconds == 0 { events = beginning() }
    let parts: [Event.Kind] = [samples(.mqtt), samples(.rawTopic)] + rarely()
    for (place, kind) in parts.enumerated() {
      events.append(Event(kind, at: stamp(100 + Int64(place) * 100)))
    }
    seconds += 1
    events.append(Event(.tick, at: stamp(0)))
    return events
  }

  private func beginning() -> [Event] {
    let progress = ReaderProgress(
      topics: .enriched,
      names: ["EGkafka_downsampled"],
      partitions: 3,
      recordsBehind: 0,
      hasReadHistory: true
    )
    var raw = progress
    raw.topics = .raw
    let feeds: [FeedEvent] = [
      .names(generators: (0..<count).map { "g\($0)" }, regions: ["North", "South"]),
      .status(.mqtt, .live), .status(.kafka, .live), .progress(progress), .progress(raw),
    ]
    return feeds.map { Event(.feed($0), at: stamp(0)) }
  }

  private mutating func samples(_ source: SampleSource) -> Event.Kind {
    var samples: [Sample] = []
    for index in 0..<count where (Int(seconds) + index) % (1 + index % 4) == 0 {
      guard index % 11 != 5 || seconds / 60 % 3 != 1 else { continue }
      if source == .mqtt { fuels[index] -= Double(index % 5) / 20 }
      if source == .mqtt, chance(900) { fuels[index] = 900 }
      samples.append(
        Sample(
          generator: GeneratorIndex(index),
          source: source,
          receivedAt: stamp(source == .mqtt ? 50 : 180).monotonic + Int64(index),
          reading: reading(index)
        )
      )
    }
    return .feed(.samples(samples))
  }

  private func reading(_ index: Int) -> Reading {
    var reading = Reading()
    reading[.fuel] = fuels[index]
    reading[.load] = Double(index * 13 % 100) + Double(seconds % 7) / 3
    reading[.power] = index % 6 == 0 ? nil : Double(index * 71 % 480)
    reading[.latitude] = 51.5 + Double(index) / 1_000
    reading[.longitude] = -0.12
    return reading
  }

  private mutating func rarely() -> [Event.Kind] {
    var kinds: [Event.Kind] = []
    if seconds % 20 == 7 { kinds.append(records()) }
    if chance(15) { kinds.append(.feed(.presence([word()]))) }
    if chance(40) { kinds.append(.feed(.folded([fold()]))) }
    if chance(200) {
      let retry = FeedStatus.retrying(reason: "refused", nextTry: now + 3_000_000_000, attempt: 1)
      kinds.append(.feed(.status(.mqtt, retry)))
    } else {
      kinds.append(.feed(.status(.mqtt, .live)))
    }
    if chance(3) {
      var figures = ScreenFigures()
      figures.frames = Int(seconds) * 4
      figures.totalBytes = Int(seconds) * 900
      kinds.append(.screen(figures))
    }
    if chance(5) {
      var counters = FeedCounters()
      counters.received = Int(seconds) * 31
      kinds.append(.feed(.counters(.mqtt, counters)))
      kinds.append(.feed(.groupLag(GroupLag(recordsBehind: 3, committed: Int(seconds) * 9))))
    }
    return kinds
  }

  private mutating func word() -> PresenceChange {
    PresenceChange(
      generator: GeneratorIndex(numbers.next() % UInt64(count)),
      word: [.alive, .lastWill, .disconnected][Int(numbers.next() % 3)],
      receivedAt: stamp(220).monotonic
    )
  }

  private mutating func fold() -> FoldedSamples {
    let index = Int(numbers.next() % UInt64(count))
    var sample = Sample(
      generator: GeneratorIndex(index),
      source: .mqtt,
      receivedAt: stamp(230).monotonic,
      reading: reading(index)
    )
    var fold = FoldedSamples(first: sample)
    sample.receivedAt += 9
    sample.reading[.fuel] = fuels[index] - 0.5
    fold.add(sample)
    return fold
  }

  private mutating func records() -> Event.Kind {
    let records = (0..<count).map { index in
      EnrichedRecord(
        generator: GeneratorIndex(index),
        region: RegionIndex(index % 3),
        alarm: fuels[index] < 500 ? .refuel : .noAction,
        receivedAt: stamp(210).monotonic + Int64(index),
        sampleTime: stamp(0).wall / 1_000_000 * 1_000_000,
        recordTime: stamp(205).wall,
        reading: reading(index)
      )
    }
    return .feed(.enriched(records))
  }
}

/// Everything of a fleet that can be seen, at the monotonic time `now`.
func portrait(_ fleet: Fleet, at now: Int64) -> [String] {
  let generators = zip(fleet.ids, fleet.generators).enumerated().map { index, named in
    let (id, generator) = named
    let history = [Metric.fuel, .load].map {
      fleet.history.values($0, of: GeneratorIndex(index), count: 30, until: now)
    }
    return """
      \(id) \(generator.freshness) \(generator.session) \(generator.conditions.rawValue) \
      \(generator.alarm) \(generator.region) \(generator.samples) \(generator.sampleAt ?? 0) \
      \(generator.enrichedAt ?? 0) \(generator.sessionAt ?? 0) \(fleet.alarms(of: GeneratorIndex(index)).map(\.sinceWall)) \
      \(generator.interval.seconds ?? 0) \(generator.raw) \(generator.enriched) \
      \(generator.trend.burn ?? 0) \(generator.timeToEmpty(at: now) ?? 0) \(history)
      """
  }
  let events = (0..<fleet.events.count).compactMap { fleet.events.newest($0) }.map { "\($0)" }
  let traffic = fleet.traffic
  let counters =
    "\(traffic.counters[.mqtt] ?? FeedCounters()) \(traffic.screen) \(traffic.rejected)"
  return generators + events + fleet.hops(at: now).map { "\($0)" }
    + [
      "\(fleet.counts)", "\(fleet.regionCounts)", "\(fleet.alarms())", "\(fleet.alarmsRaised)",
      counters, "\(traffic.bridgePending) \(traffic.differences.total)",
      "\(traffic.folded) \(traffic.outOfOrder) \(traffic.retained)",
    ]
}
