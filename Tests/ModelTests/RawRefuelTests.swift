import Testing

@testable import Model

/// The alarm by raw fuel: an empty tank is an alarm without records, too.
struct RawRefuelTests {
  /// Samples of 10 s and a record each minute, as long as there is one.
  private func run(
    _ world: inout World,
    seconds: Int,
    fuel: Double,
    record: AlarmFlag? = nil,
    age: Double = 5
  ) {
    for second in 1...seconds {
      world.run(1)
      if second % 10 == 0 { world.sample(fuel: fuel) }
      if second % 60 == 0, let record { world.record(fuel: fuel, alarm: record, age: age) }
    }
  }

  @Test func withoutKafkaItIsRaisedAtOnce() {
    var world = World(generators: ["a", "b", "c"], kafka: false) { $0.hasEnrichedFeed = false }
    #expect(world.fleet.count(.critical) == nil && world.fleet.count(.lost) == 0)
    for (index, fuel) in [450.0, 60, 800].enumerated() { world.sample(Int32(index), fuel: fuel) }
    #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw, .refuelRaw])
    #expect(world.fleet.alarms().map(\.generator) == [1, 0])
    #expect(world.fleet.counts[.refuelRaw] == 2 && world.fleet.counts[.refuel] == 0)
    #expect(world.fleet.counts[.critical] == 1 && world.fleet.counts.alarm == 2)
    #expect(world.generator(1).conditions.mark == "r1" && world.generator().conditions.mark == "r2")
  }

  @Test(arguments: [450.0, 60, 0]) func recordsThatStopForTwoWindowsRaiseIt(fuel: Double) {
    // It is the level that makes it critical here, not the fall from full to low.
    var world = World { $0.criticalSeconds = -1 }
    run(&world, seconds: 600, fuel: 900, record: .noAction)
    run(&world, seconds: 120, fuel: fuel)
    #expect(world.fleet.alarms().isEmpty)
    run(&world, seconds: 45, fuel: fuel)
    #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw])
    #expect(world.fleet.counts.critical == (fuel < 100 ? 1 : 0))
    // Since the fuel fell below the mark.
    #expect(world.fleet.alarms()[0].sinceWall == world.now.wall - 155_000_000_000)
  }

  @Test func aPipelineThatBringsNothingAtAllRaisesItAfterTwoWindows() {
    for isConnected in [true, false] {
      var world = World(kafka: isConnected)
      run(&world, seconds: 115, fuel: 300)
      #expect(world.fleet.counts.alarm == 0)
      run(&world, seconds: 30, fuel: 300)
      #expect(world.fleet.counts[.refuelRaw] == 1)
    }
  }

  @Test func recordsThatRepeatAnOldSampleAreLate() {
    var world = World()
    run(&world, seconds: 120, fuel: 900, record: .noAction)
    let sampled = world.now.wall
    for _ in 0..<4 {
      run(&world, seconds: 60, fuel: 450)
      let age = Double(world.now.wall - sampled) / 1e9
      world.record(fuel: 900, alarm: .noAction, age: age)
    }
    #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw])
  }

  @Test func atTheStartAPipelineThatStoodStillIsKnownByTheAgeOfAllRecords() {
    var world = World()
    world.record(fuel: 900, age: 600)
    world.run(1)
    for _ in 0..<3 {
      world.sample(fuel: 60)
      world.run(1)
    }
    #expect(world.fleet.counts[.refuelRaw] == 1 && world.fleet.counts.critical == 1)
  }

  @Test func aGeneratorThatComesBackIsLeftTwoWindowsForItsFirstRecord() {
    var world = World(generators: ["a", "b"], kafka: false)
    world.apply(.status(.kafka, .live))
    world.record(0, fuel: 450, age: 1_800)
    world.apply(.progress(World.progress(.enriched)))
    for second in 1...200 {
      world.run(1)
      if second % 60 == 1 { world.record(1, fuel: 900) }
      world.sample(0, fuel: 450)
      if second == 100 { #expect(world.fleet.counts.alarm == 0) }
    }
    #expect(world.fleet.counts[.refuelRaw] == 1)
  }

  @Test func recordsThatAlwaysComeLateRaiseItToo() {
    var world = World()
    for second in 1...1_800 {
      world.run(1)
      if second % 10 == 0 { world.sample(fuel: second > 1_200 ? 450 : 900) }
      if second % 60 == 0 { world.record(fuel: 900, age: 600) }
      if second == 1_200 { #expect(world.fleet.counts.alarm == 0) }
      // The second sample confirms the first.
      if second == 1_225 { #expect(world.fleet.counts[.refuelRaw] == 1) }
    }
    #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw])
    #expect(world.fleet.alarms()[0].sinceWall == world.now.wall - 590_000_000_000)
  }

  @Test func aRecordThatTellsOfItTakesItsPlaceAndIsNoNews() {
    var world = World()
    run(&world, seconds: 180, fuel: 60)
    #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw])
    let raised = world.fleet.alarmsRaised
    world.record(fuel: 60, alarm: .refuel, age: 5)
    #expect(world.fleet.alarms().map(\.kind) == [.refuel] && world.fleet.counts.critical == 1)
    #expect(world.fleet.alarmsRaised == raised)
    #expect(world.fleet.alarmPace.inTenMinutes(at: world.now.wall) == 1)
    // Records that stop now change nothing.
    run(&world, seconds: 300, fuel: 60)
    #expect(world.fleet.alarms().map(\.kind) == [.refuel])
  }

  @Test func aFreshRecordThatSaysOtherwiseEndsItAndAnOldOneDoesNot() {
    var world = World()
    run(&world, seconds: 180, fuel: 450)
    world.record(fuel: 900, alarm: .noAction, age: 400)
    #expect(world.fleet.counts[.refuelRaw] == 1)
    world.record(fuel: 900, alarm: .noAction, age: 5)
    #expect(world.fleet.counts.alarm == 0)
  }

  @Test func itEndsTwoPercentAboveTheMarkOrAfterFiveMinutesAboveIt() {
    var world = World(kafka: false) { $0.hasEnrichedFeed = false }
    // Twelve swings are one alarm.
    for _ in 0..<12 {
      run(&world, seconds: 20, fuel: 497)
      run(&world, seconds: 20, fuel: 503)
    }
    #expect(world.fleet.counts[.refuelRaw] == 1 && world.fleet.alarmsRaised == 1)
    run(&world, seconds: 270, fuel: 503)
    #expect(world.fleet.counts[.refuelRaw] == 1)
    run(&world, seconds: 20, fuel: 503)
    #expect(world.fleet.counts.alarm == 0)
    run(&world, seconds: 20, fuel: 497)
    #expect(world.fleet.counts[.refuelRaw] == 1)
    run(&world, seconds: 10, fuel: 510)
    #expect(world.fleet.counts.alarm == 0)
  }

  @Test func aGeneratorThatFallsSilentOrIsLostStaysInAlarm() {
    var world = World(kafka: false) { $0.hasEnrichedFeed = false }
    run(&world, seconds: 60, fuel: 20)
    world.word(.lastWill)
    world.run(3_600)
    #expect(world.fleet.counts.lost == 1 && world.fleet.counts.critical == 1)
    #expect(world.generator().conditions.worst == .critical)
  }

  @Test func healthyRecordsLeaveItAloneEvenIfTheyComeLateByLessThanAWindow() {
    var world = World()
    run(&world, seconds: 1_200, fuel: 450, record: .refuel, age: 55)
    #expect(world.fleet.alarms().map(\.kind) == [.refuel] && world.fleet.alarmsRaised == 1)
  }

  @Test func whatTheBrokerKeptRaisesNothing() {
    var world = World(kafka: false) { $0.hasEnrichedFeed = false }
    world.sample(fuel: 20, retained: true)
    world.run(10)
    #expect(world.fleet.counts.alarm == 0)
  }
}
