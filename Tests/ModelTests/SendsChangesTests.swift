import Testing

@testable import Model

/// Generators that do not send a value again that has not changed, and values that come one by one.
struct SendsChangesTests {
  /// A sample that was put together: of `values` those in `fresh` are new.
  private func send(
    _ world: inout World,
    _ values: [Metric: Double],
    fresh: [Metric]? = nil,
    retained: Bool = false,
    region: RegionIndex = 0,
    sendsChanges: Bool = true,
    to generator: GeneratorIndex = 0
  ) {
    var reading = Reading()
    for (metric, value) in values { reading[metric] = value }
    var notes = SourceNotes()
    notes.sendsChanges = sendsChanges
    notes.region = region
    notes.fresh = (fresh ?? Array(values.keys)).reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    world.apply(
      .samples([
        Sample(
          generator: generator,
          source: .mqtt,
          isRetained: retained,
          receivedAt: world.now.monotonic,
          reading: reading,
          notes: notes
        )
      ])
    )
  }

  private var alone: World { World(kafka: false) { $0.hasEnrichedFeed = false } }

  @Test func aRetainedValueCountsAsSoonAsPresenceSaysOnlineAndItsAgeIsUnknown() {
    for isFirst in [true, false] {
      var world = alone
      if isFirst { world.word(.alive, retained: true) }
      send(&world, [.fuel: 39, .tank: 100, .refuelMark: 50], retained: true)
      if !isFirst {
        // Without presence nobody knows.
        #expect(world.generator().conditions.mark == "?")
        #expect(world.fleet.alarms().isEmpty)
        world.word(.alive, retained: true)
      }
      #expect(world.generator().freshness == .live)
      #expect(world.generator().readingAt == nil)
      #expect(world.generator().fuelPercent == 39)
      #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw])
      world.run(7_200)
      #expect(world.generator().freshness == .live)
      world.word(.lastWill)
      world.run(1)
      #expect(world.generator().conditions.contains(.lost))
      #expect(!world.generator().conditions.isSending)
      #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw])
    }
  }

  @Test func withoutPresenceItGoesStaleAsAnyOther() {
    var world = alone
    for _ in 0..<5 {
      send(&world, [.fuel: 61, .tank: 100, .refuelMark: 50])
      world.run(10)
    }
    world.run(120)
    #expect(world.generator().freshness == .stale)
    // And is live again when its presence is told.
    world.word(.alive)
    #expect(world.generator().freshness == .live)
  }

  @Test func onlineItNeverGoesStaleHoweverLongNothingChanges() {
    var world = alone
    world.word(.alive, retained: true)
    for _ in 0..<5 {
      send(&world, [.fuel: 61, .tank: 100, .refuelMark: 50])
      world.run(10)
    }
    world.run(7_200)
    #expect(world.generator().freshness == .live)
    #expect(world.kinds == [])
    #expect(world.hop(.mqtt)?.state == .ok)
    // One that sends again and again is stale by then.
    var other = alone
    other.word(.alive)
    for _ in 0..<5 {
      send(&other, [.fuel: 61], sendsChanges: false)
      other.run(10)
    }
    other.run(120)
    #expect(other.generator().freshness == .stale)
  }

  @Test func windowsWithoutAChangeMakeNothingLateAndEndNoAlarm() {
    var world = World()
    world.word(.alive)
    send(&world, [.fuel: 39, .tank: 100, .refuelMark: 50])
    world.run(1)
    send(&world, [.fuel: 38.9, .tank: 100, .refuelMark: 50])
    world.run(30)
    world.record(fuel: 38.9, alarm: .refuel, age: 30)
    world.run(1)
    #expect(world.fleet.alarms().map(\.kind) == [.refuel])
    world.run(3_600)
    #expect(world.fleet.alarms().map(\.kind) == [.refuel])
    #expect(world.generator().difference == nil)
    #expect(world.generator().freshness == .live)
    #expect(world.fleet.recordsAsOf(at: world.now.monotonic) == nil)
    #expect(world.hop(.enriched)?.state == .ok)
    #expect(world.hop(.task)?.state != .warning && world.hop(.task)?.state != .critical)
    // A change that no record comes of is missed.
    send(&world, [.fuel: 38.8, .tank: 100, .refuelMark: 50])
    world.run(180)
    #expect(world.generator().difference == .notEnriched)
  }

  @Test func whatAReconnectionBringsOfTheStoreIsTheNewest() {
    var world = alone
    world.word(.alive)
    send(&world, [.fuel: 61, .tank: 100, .refuelMark: 50])
    world.run(60)
    send(&world, [.fuel: 39, .tank: 100, .refuelMark: 50], retained: true)
    #expect(world.generator().fuelPercent == 39)
    // Of one that sends again it may be of any age.
    var other = alone
    send(&other, [.fuel: 610], sendsChanges: false)
    other.run(60)
    send(&other, [.fuel: 390], retained: true, sendsChanges: false)
    #expect(other.generator().reading.fuel == 610)
  }

  @Test func aLargeChangeIsBelievedThoughNothingFollowsIt() {
    var world = alone
    world.word(.alive, retained: true)
    for _ in 0..<4 {
      send(&world, [.fuel: 61, .tank: 100, .refuelMark: 50])
      world.run(60)
    }
    send(&world, [.fuel: 39, .tank: 100, .refuelMark: 50])
    world.run(12)
    #expect(world.generator().fuelPercent == 39 && !world.generator().isDoubted)
    #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw])
    // One that is taken back at once was none.
    send(&world, [.fuel: 0, .tank: 100, .refuelMark: 50])
    world.run(2)
    send(&world, [.fuel: 38.9, .tank: 100, .refuelMark: 50])
    world.run(30)
    #expect(world.generator().fuelPercent == 38.9)
    #expect(world.fleet.counts.critical == 0)
  }

  @Test func aValueThatIsEmptiedIsNotKnownAnyMore() {
    var world = alone
    send(&world, [.fuel: 61, .batteryVoltage: 27.1, .load: 10])
    send(&world, [.load: 10], fresh: [.fuel, .batteryVoltage])
    #expect(world.generator().reading.fuel == nil)
    #expect(world.generator().reading.load == 10)
    #expect(world.fleet.value(of: .batteryVoltage, 0) == nil)
  }

  @Test func aValueThatIsOldIsNoNewPointOfTheTrendAndKeepsItsAge() {
    var world = alone
    send(&world, [.fuel: 61, .tank: 100, .batteryVoltage: 27], sendsChanges: false)
    world.run(300)
    let values: [Metric: Double] = [.fuel: 61, .tank: 100, .batteryVoltage: 26.9]
    send(&world, values, fresh: [.batteryVoltage], sendsChanges: false)
    let told = World.start.monotonic + Int64(seconds: 1)
    #expect(world.fleet.ownTime(of: .fuel, 0) == told)
    #expect(world.fleet.ownTime(of: .batteryVoltage, 0) == nil)
    #expect(world.generator().reading.fuel == 61)
    let now = world.now.monotonic
    let kept = world.fleet.history.values(.fuel, of: 0, count: 8, until: now)
    #expect(kept.allSatisfy { $0 == nil })
  }

  @Test func itsSourceTellsItsRegionUntilARecordDoes() {
    var world = World()
    send(&world, [.fuel: 61], region: 2)
    #expect(world.generator().region == 2)
    world.record(fuel: 61, region: 1)
    send(&world, [.fuel: 60], region: 2)
    #expect(world.generator().region == 1)
  }

  @Test func notesAreOptionalInRecordings() throws {
    var world = alone
    world.word(.alive, retained: true)
    send(&world, [.fuel: 39, .tank: 100, .refuelMark: 50], retained: true)
    var again = Fleet(policy: world.fleet.policy)
    for event in world.fleet.retold(at: world.now) { again.apply(event, at: world.now) }
    #expect(again.generators[0].freshness == .live)
    #expect(again.generators[0].fuelPercent == 39)
  }
}
