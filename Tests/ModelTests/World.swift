@testable import Model

/// A fleet and the time in it, moved by hand.
struct World {
  /// 2026-01-01 at monotonic 10,000 s.
  static let start = Stamp(monotonic: 10_000_000_000_000, wall: 1_767_225_600_000_000_000)

  var fleet: Fleet
  var now = World.start

  init(
    generators: [String] = ["a"],
    regions: [String] = ["US", "EU"],
    inventory: [InventoryEntry] = [],
    mqtt: Bool = true,
    kafka: Bool = true,
    change: (inout FleetPolicy) -> Void = { _ in }
  ) {
    var policy = FleetPolicy()
    policy.expectedInterval = 10
    change(&policy)
    fleet = Fleet(policy: policy, inventory: inventory)
    fleet.apply(.names(generators: generators, regions: regions), at: now)
    if mqtt { fleet.apply(.status(.mqtt, .live), at: now) }
    if kafka {
      fleet.apply(.status(.kafka, .live), at: now)
      fleet.apply(.progress(Self.progress(.enriched)), at: now)
    }
    pass(1)
  }

  static func progress(
    _ topics: ReaderProgress.Topics,
    names: [String] = ["topic"],
    behind: Int? = 0
  ) -> ReaderProgress {
    ReaderProgress(
      topics: topics,
      names: names,
      partitions: 1,
      recordsBehind: behind,
      hasReadHistory: true
    )
  }

  static func reading(fuel: Double?, load: Double? = nil, power: Double? = nil) -> Reading {
    var reading = Reading()
    reading[.fuel] = fuel
    reading[.load] = load
    reading[.power] = power
    return reading
  }

  /// Lets seconds pass without a tick.
  mutating func pass(_ seconds: Double) {
    let step = Int64(seconds: seconds)
    now = Stamp(monotonic: now.monotonic + step, wall: now.wall + step)
  }

  /// Lets seconds pass with a tick at each.
  mutating func run(_ seconds: Int) {
    for _ in 0..<seconds {
      pass(1)
      fleet.tick(at: now)
    }
  }

  mutating func apply(_ event: FeedEvent) { fleet.apply(event, at: now) }

  mutating func sample(
    _ generator: GeneratorIndex = 0,
    fuel: Double? = 800,
    load: Double? = nil,
    from source: SampleSource = .mqtt,
    retained: Bool = false
  ) {
    apply(
      .samples([
        Sample(
          generator: generator,
          source: source,
          isRetained: retained,
          receivedAt: now.monotonic,
          reading: Self.reading(fuel: fuel, load: load)
        )
      ])
    )
  }

  mutating func word(
    _ word: PresenceChange.Word,
    _ generator: GeneratorIndex = 0,
    retained: Bool = false,
    after seconds: Double = 0
  ) {
    let time = now.monotonic + Int64(seconds: seconds)
    let change = PresenceChange(
      generator: generator,
      word: word,
      isRetained: retained,
      receivedAt: time
    )
    apply(.presence([change]))
  }

  /// An enriched record whose sample is `age` seconds old.
  mutating func record(
    _ generator: GeneratorIndex = 0,
    fuel: Double? = 800,
    alarm: AlarmFlag = .noAction,
    region: RegionIndex = 0,
    age: Double = 0
  ) {
    let record = EnrichedRecord(
      generator: generator,
      region: region,
      alarm: alarm,
      receivedAt: now.monotonic,
      sampleTime: now.wall - Int64(seconds: age),
      reading: Self.reading(fuel: fuel)
    )
    apply(.enriched([record]))
  }

  /// The refuel alarm of the first generator.
  var alarm: Alarm? { fleet.alarm(.refuel, of: 0) }

  func generator(_ index: Int = 0) -> Generator { fleet.generators[index] }

  /// All events, oldest first.
  var events: [FleetEvent] {
    (0..<fleet.events.count).reversed().compactMap { fleet.events.newest($0) }
  }

  var kinds: [FleetEvent.Kind] { events.map(\.kind) }

  func hop(_ id: HopID) -> HopFigures? {
    fleet.hops(at: now.monotonic).first { $0.id == id }
  }
}
