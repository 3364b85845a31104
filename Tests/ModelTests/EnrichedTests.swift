import Testing

@testable import Model

struct EnrichedTests {
  @Test func theAlarmIsSinceTheFirstRecordOfARun() {
    var world = World()
    world.record(fuel: 400, alarm: .refuel, age: 2)
    let since = world.now.wall - 2_000_000_000
    #expect(world.generator().conditions.alarms == [.refuel])
    #expect(world.alarm?.sinceWall == since)
    world.pass(60)
    world.record(fuel: 390, alarm: .refuel)
    world.pass(60)
    world.record(fuel: 390, alarm: .absent)
    #expect(world.alarm?.sinceWall == since)
    #expect(world.fleet.counts[.refuel] == 1)
    world.pass(60)
    world.record(fuel: 900, alarm: .noAction)
    #expect(world.alarm == nil)
    #expect(world.fleet.counts[.refuel] == 0)
    world.pass(60)
    world.record(fuel: 400, alarm: .refuel)
    #expect(world.alarm?.sinceWall == world.now.wall)
    #expect(world.fleet.alarms().map(\.priority) == [2])
  }

  @Test func olderRecordsAreCountedAndLeftOut() {
    var world = World()
    world.record(fuel: 900, age: 10)
    world.record(fuel: 400, alarm: .refuel, age: 70)
    #expect(world.generator().enriched.fuel == 900)
    #expect(world.generator().alarm == .noAction)
    #expect(world.fleet.traffic.outOfOrder == 1)
    world.record(fuel: 900, age: 10)
    #expect(world.fleet.traffic.outOfOrder == 1)
  }

  @Test func aStampAheadOfOurClockMutesNothing() {
    var world = World()
    world.record(fuel: 900, age: -3_600)
    #expect(world.generator().enrichedWall == world.now.wall)
    world.pass(60)
    world.record(fuel: 400, alarm: .refuel, age: 5)
    #expect(world.alarm?.sinceWall == world.now.wall - 5_000_000_000)
    // Nor does a late old one win.
    world.record(fuel: 900, age: 600)
    #expect(world.alarm != nil && world.fleet.traffic.outOfOrder == 1)
    world.pass(60)
    world.record(fuel: 900, age: 5)
    #expect(world.alarm == nil)
    world.pass(60)
    world.record(fuel: 400, alarm: .refuel, age: -86_400)
    #expect(world.alarm?.sinceWall == world.now.wall)
    world.pass(60)
    world.record(fuel: 390, alarm: .refuel, age: -7_200)
    #expect(world.alarm?.sinceWall == world.now.wall - 60_000_000_000)
  }

  @Test func aClockThatIsSetBackLeavesNothingAheadOfIt() {
    var world = World()
    world.record(fuel: 400, alarm: .refuel)
    let hour: Int64 = 3_600_000_000_000
    world.now.wall -= hour
    world.run(1)
    #expect(world.alarm.map { $0.sinceWall <= world.now.wall } == true)
    world.pass(59)
    world.record(fuel: 900, age: 5)
    #expect(world.alarm == nil && world.fleet.traffic.outOfOrder == 0)
  }

  @Test func aRegionTagMovesTheGeneratorAndItsCounts() {
    var world = World(generators: ["a", "b"])
    #expect(world.fleet.regionCounts.map(\.total) == [2, 0, 0])
    world.record(0, alarm: .refuel, region: 1)
    #expect(world.fleet.regionCounts.map(\.total) == [1, 1, 0])
    #expect(world.fleet.regionCounts.map { $0[.refuel] } == [0, 1, 0])
    world.pass(60)
    world.record(0, alarm: .refuel, region: 2)
    world.record(0, alarm: .refuel, region: 0)
    world.record(0, alarm: .refuel, region: 99)
    world.record(0, alarm: .refuel, region: -1)
    #expect(world.fleet.regionCounts.map(\.total) == [1, 0, 1])
    #expect(world.fleet.regionCounts.map { $0[.refuel] } == [0, 0, 1])
  }

  @Test func rawValuesAreShownUntilARecordMustBeNewer() {
    var world = World()
    world.sample(fuel: 700)
    world.pass(30)
    world.record(fuel: 750, age: 0)
    #expect(world.generator().reading.fuel == 700)
    #expect(world.generator().enriched.fuel == 750)
    world.apply(.status(.mqtt, .retrying(reason: "gone", nextTry: 0, attempt: 1)))
    world.pass(120)
    world.record(fuel: 650, age: 5)
    #expect(world.generator().reading.fuel == 650)
    #expect(world.generator().readingAt == world.now.monotonic - 5_000_000_000)
    world.sample(fuel: 640)
    #expect(world.generator().reading.fuel == 640)
  }

  @Test func anOldValueInARecordIsNoRefuelling() {
    var world = World()
    var fuel = 1_000.0
    for step in 0..<60 {
      world.pass(1)
      fuel -= 12
      world.sample(fuel: fuel)
      // The record carries the value of ten seconds ago under a later time.
      if step % 20 == 19 { world.record(fuel: fuel + 120, age: -1) }
    }
    #expect(world.kinds == [])
  }

  @Test func aRefuellingIsSeenInRecordsAlone() {
    var world = World()
    for step in 0..<5 {
      world.pass(60)
      world.record(fuel: 400 - Double(step) * 10, alarm: .refuel)
    }
    for _ in 0..<3 {
      world.pass(60)
      world.record(fuel: 960)
    }
    #expect(world.kinds == [.alarmCleared(.refuel), .refuelled])
    #expect(world.events.last?.amount == 600)
  }

  @Test func timesNobodyCanMeanAreNoTimes() {
    var world = World()
    for wall in [Int64.min, .max, 0, world.now.wall + 90_000_000_000_000] {
      world.pass(60)
      let record = EnrichedRecord(
        generator: 0,
        receivedAt: world.now.monotonic,
        sampleTime: wall,
        reading: World.reading(fuel: 1)
      )
      world.apply(.enriched([record]))
      #expect(world.generator().enrichedAt == world.now.monotonic)
    }
    #expect(world.fleet.traffic.outOfOrder == 0)
  }

  @Test func criticalIsKnownAsSoonAsThePastIsRead() {
    var world = World(kafka: false)
    world.apply(.status(.kafka, .live))
    world.record(fuel: 400, alarm: .refuel)
    for step in 0..<5 {
      world.pass(2)
      world.sample(fuel: 400 - Double(step) * 10)
    }
    #expect(world.generator().conditions == Conditions([.refuel], urgent: []))
    world.apply(.progress(World.progress(.enriched)))
    let conditions = Conditions([.refuel], urgent: [.refuel]).union(.drySoon)
    #expect(world.generator().conditions == conditions)
    #expect(world.fleet.counts.critical == 1)
  }

  @Test func criticalIsLowFuelOrSoonEmptyAndOnlyWithAnAlarm() {
    var world = World()
    world.sample(fuel: 90)
    #expect(world.generator().conditions == [])
    world.record(fuel: 90, alarm: .refuel)
    #expect(world.generator().conditions == Conditions([.refuel], urgent: [.refuel]))
    #expect(world.generator().severity == .critical)
    world.pass(10)
    world.sample(fuel: 101)
    #expect(world.generator().conditions == Conditions([.refuel], urgent: []))
  }

  @Test func criticalByTimeDoesNotFlap() {
    var world = World()
    // 0.5 a second: empty in 10 minutes at 300.
    var fuel = 330.0
    world.record(fuel: fuel, alarm: .refuel)
    var changes = 0
    var before = false
    for step in 0..<200 {
      world.pass(5)
      fuel -= 2.5
      // The level wavers.
      let shown = fuel + (step % 2 == 0 ? 12 : -12)
      world.sample(fuel: shown)
      let isCritical = world.generator().conditions.contains(.critical)
      if isCritical != before { changes += 1 }
      before = isCritical
      if fuel < 150 { break }
    }
    #expect(before)
    #expect(changes == 1)
  }

  @Test func anOddTankOrFuelGivesNoOddFigures() {
    let inventory = [
      InventoryEntry(id: "a", tank: 0), InventoryEntry(id: "b", tank: .nan),
      InventoryEntry(id: "c", tank: 1e-300),
    ]
    var world = World(generators: ["a", "b", "c"], inventory: inventory)
    for index in 0..<3 as Range<GeneratorIndex> {
      for fuel in [1e308, -1e308, 5] {
        world.pass(5)
        world.sample(index, fuel: fuel)
        let generator = world.generator(Int(index))
        #expect(generator.tank > 0)
        #expect(generator.fuelPercent.map { abs($0) <= 1e6 } ?? true)
        #expect(generator.timeToEmpty(at: .max).map { $0.isFinite && $0 >= 0 } ?? true)
        #expect(generator.timeToEmpty(at: .min).map { $0.isFinite && $0 >= 0 } ?? true)
      }
    }
  }
}
