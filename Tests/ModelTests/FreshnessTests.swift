import Testing

@testable import Model

struct FreshnessTests {
  /// A generator that sends every ten seconds and did so a moment ago.
  private func sending() -> World {
    var world = World()
    for _ in 0..<6 {
      world.pass(10)
      world.sample()
    }
    world.fleet.tick(at: world.now)
    return world
  }

  @Test func neverBecomesLiveThenLateThenStaleThenLiveAgain() {
    var world = World()
    world.run(100)
    #expect(world.generator().freshness == .never)
    world = sending()
    #expect(world.generator().freshness == .live)
    #expect(world.generator().interval.seconds == 10)
    world.run(15)
    #expect(world.generator().freshness == .live)
    world.run(1)
    #expect(world.generator().freshness == .late)
    #expect(world.fleet.counts.late == 1)
    #expect(world.fleet.counts.overdue == 1)
    world.run(14)
    #expect(world.generator().freshness == .late)
    world.run(1)
    #expect(world.generator().freshness == .stale)
    #expect(world.fleet.counts.stale == 1)
    #expect(world.events.map(\.kind) == [.stale])
    #expect(world.events[0].amount == 31)
    world.sample()
    #expect(world.generator().freshness == .live)
    #expect(world.kinds == [.stale, .online])
    #expect(world.events[1].amount == 31)
    world.run(1)
    #expect(world.fleet.counts.overdue == 0)
  }

  @Test func nothingAgesWhileTheFeedIsAwayAndThereIsGraceWhenItIsBack() {
    var world = sending()
    world.run(5)
    world.apply(.status(.mqtt, .retrying(reason: "gone", nextTry: 0, attempt: 1)))
    world.run(600)
    #expect(world.generator().freshness == .live)
    world.apply(.status(.mqtt, .live))
    world.run(15)
    #expect(world.generator().freshness == .live)
    world.run(16)
    #expect(world.generator().freshness == .stale)
    #expect(world.kinds == [.stale])
  }

  @Test func whatWasLateWhenTheFeedWentIsNotLiveWhenItIsBack() {
    var world = sending()
    world.run(20)
    #expect(world.generator().freshness == .late)
    world.apply(.status(.mqtt, .retrying(reason: "gone", nextTry: 0, attempt: 1)))
    world.run(60)
    world.apply(.status(.mqtt, .live))
    world.run(5)
    #expect(world.generator().freshness == .late)
  }

  @Test func whatWasStaleWhenTheFeedWentComesBackByASample() {
    var world = sending()
    world.run(60)
    world.apply(.status(.mqtt, .retrying(reason: "gone", nextTry: 0, attempt: 1)))
    world.run(60)
    world.apply(.status(.mqtt, .live))
    world.run(5)
    #expect(world.generator().freshness == .stale)
    world.sample()
    #expect(world.generator().freshness == .live)
    #expect(world.kinds == [.stale, .online])
    world.run(60)
    #expect(world.kinds == [.stale, .online, .stale])
  }

  @Test func aFleetKnownByRecordsAloneIsJudgedByTheirTimes() {
    var world = World(generators: ["a", "b", "c"])
    world.record(0, age: 20)
    world.record(1, age: 170)
    world.record(2, age: 3_000)
    #expect(world.fleet.generators.map(\.freshness) == [.live, .late, .stale])
    #expect(world.kinds == [])
    world.run(1)
    #expect(world.fleet.generators.map(\.freshness) == [.live, .late, .stale])
  }

  @Test func aGeneratorKnownByRecordsAloneFallsSilentAndComesBack() {
    var world = World()
    for _ in 0..<4 {
      world.run(60)
      world.record(age: 5)
    }
    world.run(240)
    #expect(world.generator().freshness == .stale)
    #expect(world.kinds == [.stale])
    world.record(age: 5)
    #expect(world.generator().freshness == .live)
    #expect(world.kinds == [.stale, .online])
  }

  @Test func aBacklogOfRecordsMakesNoEvents() {
    var world = World()
    world.run(60)
    world.record(age: 5)
    world.apply(.status(.kafka, .retrying(reason: "gone", nextTry: 0, attempt: 1)))
    world.run(1_800)
    world.apply(.status(.kafka, .live))
    world.run(2)
    for minute in (0..<30).reversed() { world.record(age: Double(minute) * 60 + 5) }
    world.run(30)
    #expect(world.generator().freshness == .live)
    #expect(world.kinds == [])
  }

  @Test(arguments: [-3_600.0, 3_600])
  func aPipelineWhoseClockIsAnHourOffMakesNoStorm(ahead: Double) {
    var world = World()
    for _ in 0..<10 {
      world.run(60)
      world.record(age: 5 - ahead)
    }
    #expect(world.generator().freshness == .live)
    #expect(world.kinds == [])
    #expect(world.generator().enrichedAt.map { $0 <= world.now.monotonic } == true)
    world.run(300)
    #expect(world.generator().freshness == .stale)
  }

  @Test(arguments: [-3_600.0, 3_600])
  func settingOurOwnClockMakesNoStorm(step: Double) {
    var world = World()
    for minute in 0..<10 {
      world.run(60)
      if minute == 5 { world.now.wall += Int64(seconds: step) }
      // The pipeline's clock goes on as it did.
      world.record(age: 5 + (minute >= 5 ? step : 0))
      #expect(world.generator().freshness == .live)
    }
    #expect(world.kinds == [])
    #expect(world.fleet.traffic.outOfOrder == 0)
  }
}
