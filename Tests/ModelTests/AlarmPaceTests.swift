import Testing

@testable import Model

struct AlarmPaceTests {
  @Test func countsAlarmsThatWereRaisedOfLate() {
    var world = World(generators: ["a", "b", "c"])
    // The first word on a generator does not tell when its alarm began.
    world.record(2, fuel: 100, alarm: .refuel)
    for index in 0..<2 { world.record(Int32(index), fuel: 800) }
    world.run(60)
    for index in 0..<2 { world.record(Int32(index), fuel: 400, alarm: .refuel) }
    #expect(world.fleet.alarmPace.inTenMinutes(at: world.now.wall) == 2)
    world.run(60)
    // It stands, which is no new one; one that comes again is.
    world.record(0, fuel: 390, alarm: .refuel)
    world.record(1, fuel: 900)
    world.run(60)
    world.record(1, fuel: 400, alarm: .refuel)
    #expect(world.fleet.alarmPace.inTenMinutes(at: world.now.wall) == 3)
    world.run(560)
    #expect(world.fleet.alarmPace.inTenMinutes(at: world.now.wall) == 1)
  }
}
