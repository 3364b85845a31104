import Testing

@testable import Model

struct OddValueTests {
  /// A generator that stands by at a fuel of 640, every 10 s, with the records of it that the task makes each minute.
  private func world(_ change: (inout FleetPolicy) -> Void = { _ in }) -> World {
    var world = World(change: change)
    for step in 0..<30 { send(640, step, &world) }
    return world
  }

  private func send(_ fuel: Double, _ step: Int, _ world: inout World) {
    world.pass(10)
    world.fleet.tick(at: world.now)
    world.sample(fuel: fuel, load: 0)
    if step % 6 == 0 { world.record(fuel: fuel, alarm: fuel < 500 ? .refuel : .noAction, age: 1) }
  }

  @Test(arguments: [0, -100, 1_000, 65_535, 32_767, -999, 1e12, 1_100, 100])
  func oneOddSampleRaisesNothingAndIsTold(odd: Double) {
    var world = world()
    // The record is made of the odd sample.
    send(odd, 0, &world)
    let at = world.now.monotonic
    #expect(world.generator().reading.fuel == 640)
    #expect(world.generator().conditions == [])
    #expect(world.generator().timeToEmpty(at: world.now.monotonic) == nil)
    for step in 1..<12 { send(640, step, &world) }
    #expect(world.generator().conditions == [])
    #expect(world.kinds == [])
    #expect(world.fleet.alarmsRaised == 0)
    let isValue = !FleetPolicy().unknownValues.contains(odd)
    #expect(world.fleet.oddValue(of: 0) == (isValue ? OddValue(fuel: odd, at: at) : nil))
  }

  /// Whether it is what was burnt in the gap, or twice of that.
  @Test(arguments: [true, false]) func whatWasBurntInAGapIsNotOdd(isBurnt: Bool) {
    var world = World()
    for step in 0..<180 {
      world.pass(10)
      world.sample(fuel: 900 - Double(step), load: 80)
      world.fleet.tick(at: world.now)
    }
    world.pass(1_800)
    world.sample(fuel: isBurnt ? 541 : 341, load: 80)
    #expect(world.generator().reading.fuel == (isBurnt ? 541 : 721))
  }

  @Test func atMostThreeInARowAreLeftOut() {
    var world = world()
    for odd in [0.0, -300, 1_200] { send(odd, 1, &world) }
    #expect(world.generator().reading.fuel == 640)
    send(900, 1, &world)
    #expect(world.generator().reading.fuel == 900)
    #expect(world.fleet.oddValue(of: 0)?.fuel == 1_200)
  }

  @Test func aSecondSampleBearsItOut() {
    var world = world()
    send(300, 1, &world)
    #expect(world.generator().reading.fuel == 640)
    send(299, 1, &world)
    #expect(world.generator().reading.fuel == 299)
    #expect(!world.generator().isDoubted)
    #expect(world.fleet.oddValue(of: 0) == nil)
  }

  @Test func anOddValueBeforeTheLastWillStands() {
    var world = world()
    send(0, 1, &world)
    world.word(.lastWill, after: 0.1)
    #expect(world.generator().reading.fuel == 0)
    #expect(world.generator().isDoubted)
    #expect(world.generator().conditions.isSuperset(of: [.lost, .drySoon]))
  }

  @Test func anOddValueBeforeTwoSilentIntervalsStands() {
    var world = world()
    send(0, 1, &world)
    world.run(19)
    #expect(world.generator().reading.fuel == 640)
    world.run(3)
    #expect(world.generator().reading.fuel == 0)
    #expect(world.generator().isDoubted)
    #expect(world.generator().conditions.contains(.drySoon))
    // What comes then is believed again.
    for step in 1..<4 { send(640, step, &world) }
    #expect(world.generator().reading.fuel == 640)
    #expect(!world.generator().isDoubted)
    #expect(world.kinds.allSatisfy { $0 != .refuelled })
  }

  @Test func aRecordRaisesAtOnceUnlessRawSamplesContradict() {
    var alone = World()
    for _ in 0..<5 {
      alone.pass(60)
      alone.record(fuel: 640)
    }
    alone.pass(60)
    alone.record(fuel: 0, alarm: .refuel)
    #expect(alone.alarm != nil)
    var contradicted = world()
    contradicted.pass(1)
    contradicted.record(fuel: 0, alarm: .refuel)
    #expect(contradicted.alarm == nil)
    var agreed = World()
    for step in 0..<30 { send(480, step + 1, &agreed) }
    agreed.pass(1)
    agreed.record(fuel: 480, alarm: .refuel)
    #expect(agreed.alarm != nil)
  }

  @Test func aFirstValueThatFitsNoTankWaits() {
    var world = World()
    world.sample(fuel: -1)
    #expect(world.generator().reading.fuel == nil)
    world.pass(10)
    world.sample(fuel: -1)
    #expect(world.generator().reading.fuel == -1)
  }

  @Test func whatMeansNoValueIsNone() {
    var world = World { $0.unknownValues = [-7] }
    var reading = World.reading(fuel: 640, load: -7, power: 65_535)
    (reading[.latitude], reading[.longitude], reading[.oilPressure]) = (0, 0, -7)
    world.apply(
      .samples([
        Sample(generator: 0, source: .mqtt, receivedAt: world.now.monotonic, reading: reading)
      ])
    )
    let known = world.fleet.reading(of: 0)
    #expect(known.load == nil && known[.oilPressure] == nil && known.power == 65_535)
    #expect(known.latitude == nil && known.longitude == nil)
    reading[.latitude] = 51.5
    world.pass(10)
    world.apply(
      .samples([
        Sample(generator: 0, source: .mqtt, receivedAt: world.now.monotonic, reading: reading)
      ])
    )
    #expect(world.fleet.reading(of: 0).latitude == 51.5)
  }

  /// Fuel that swings by 1 % around the mark, twelve times, with a record of it each minute.
  @Test func twelveSwingsAroundTheMarkRingOnce() {
    var world = World()
    for swing in 0..<12 {
      for fuel in [495.0, 505] {
        for _ in 0..<2 {
          world.pass(60)
          world.record(fuel: fuel + Double(swing % 3), alarm: fuel < 500 ? .refuel : .noAction)
        }
      }
    }
    #expect(world.fleet.alarmsRaised <= 2)
    #expect(world.alarm != nil)
  }

  @Test func oneFilledToJustAboveTheMarkDoesNotRingForEver() {
    var world = World()
    world.record(fuel: 480, alarm: .refuel)
    var rang = 0
    for _ in 0..<10 {
      world.pass(60)
      world.record(fuel: 506)
      if world.alarm != nil { rang += 1 }
    }
    #expect(rang == 5)
    world.pass(60)
    world.record(fuel: 480, alarm: .refuel)
    world.pass(60)
    world.record(fuel: 510)
    #expect(world.alarm == nil)
  }
}
