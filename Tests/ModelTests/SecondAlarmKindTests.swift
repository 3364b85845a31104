import Testing

@testable import Model

struct SecondAlarmKindTests {
  private func heat(_ world: inout World, _ temperature: Double) {
    var reading = World.reading(fuel: 400)
    reading[.temperature] = temperature
    world.pass(10)
    world.apply(
      .samples([
        Sample(generator: 0, source: .mqtt, receivedAt: world.now.monotonic, reading: reading)
      ])
    )
  }

  @Test func aGeneratorHasSeveralAlarmsAndLosesEachForItself() throws {
    var world = World(generators: ["a", "b"])
    world.record(0, fuel: 400, alarm: .refuel)
    heat(&world, 90)
    heat(&world, 112)
    #expect(world.fleet.alarms().map(\.kind) == [.hot, .refuel])
    #expect(world.fleet.counts.alarm == 1 && world.fleet.counts[.alarm] == 1)
    #expect(world.fleet.counts[.hot] == 1 && world.fleet.counts[.refuel] == 1)
    #expect(world.fleet.alarmsRaised == 2)
    #expect(world.fleet.alarm(.hot, of: 0)?.sinceWall == world.now.wall)
    #expect(world.generator().conditions.look(about: .temperature)?.mark == "^2")
    #expect(world.generator().conditions.mark == "!2")
    heat(&world, 125)
    #expect(world.fleet.alarms().map(\.priority) == [1, 2])
    #expect(world.generator().conditions.worstAlarm == .hot)
    #expect(world.fleet.alarmsRaised == 3)
    world.record(0, fuel: 900)
    #expect(world.fleet.alarms().map(\.kind) == [.hot] && world.fleet.counts[.refuel] == 0)
    heat(&world, 107)
    #expect(world.fleet.alarms().map(\.priority) == [2])
    heat(&world, 104)
    #expect(world.fleet.alarms().isEmpty && world.fleet.counts.alarm == 0)
    let kinds = world.fleet.ownEvents[0].map(\.kind).filter { $0 != .fleet(.refuelled) }
    #expect(
      kinds == [
        .alarmRaised(.refuel), .alarmRaised(.hot), .alarmCleared(.refuel), .alarmCleared(.hot),
      ]
    )
    #expect(world.fleet.ownEvents[0].last?.amount == 104)
  }
}
