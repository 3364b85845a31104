import Testing

@testable import Model

struct FleetSilenceTests {
  /// Generators that send once a second each, in turn.
  private func fleet(of count: Int) -> World {
    var world = World(generators: (0..<count).map { "g\($0)" }, kafka: false)
    for _ in 0..<20 {
      for generator in 0..<count {
        world.pass(1.0 / Double(count))
        world.sample(GeneratorIndex(generator))
      }
    }
    world.fleet.tick(at: world.now)
    return world
  }

  @Test func aFleetThatFallsSilentAtOnceIsHeldAgainstTheFeed() {
    var world = fleet(of: 6)
    world.run(20)
    #expect(world.fleet.counts.stale == 0)
    let hop = world.fleet.hops(at: world.now.monotonic)[0]
    #expect(hop.state == .warning)
    #expect(hop.reason == "no generator heard for 20 s")
  }

  @Test func silenceThatLastsIsTheGeneratorsOwn() {
    var world = fleet(of: 6)
    world.run(40)
    #expect(world.fleet.counts.stale == 6)
  }

  @Test func oneGeneratorThatFallsSilentAmongOthersIsStaleSoon() {
    var world = fleet(of: 6)
    for _ in 0..<10 {
      world.run(1)
      for generator in 1..<6 { world.sample(GeneratorIndex(generator)) }
    }
    world.fleet.tick(at: world.now)
    #expect(world.fleet.counts.stale == 1)
    #expect(world.fleet.hops(at: world.now.monotonic)[0].state == .ok)
  }

  @Test func smallFleetsAreJudgedOneByOne() {
    var world = fleet(of: 2)
    world.run(10)
    #expect(world.fleet.counts.stale == 2)
  }
}

struct ReadingThePastTests {
  /// A record of an hour's past, `minutes` before now.
  private func record(_ world: World, minutes: Int, fuel: Double) -> EnrichedRecord {
    EnrichedRecord(
      generator: 0,
      alarm: .noAction,
      receivedAt: world.now.monotonic,
      sampleTime: world.now.wall - Int64(minutes) * 60_000_000_000,
      reading: World.reading(fuel: fuel)
    )
  }

  @Test func liveSamplesThatCameFirstWaitForThePast() {
    var world = World(kafka: false)
    world.apply(.status(.kafka, .live))
    world.sample(fuel: 690)
    let past = (1...30).reversed().map { record(world, minutes: $0, fuel: 700 + Double($0) * 10) }
    world.apply(.enriched(past))
    world.apply(.progress(World.progress(.enriched)))
    world.pass(6)
    world.sample(fuel: 689)
    let burn = world.generator().trend.burn ?? 0
    #expect(abs(burn - 10.0 / 60) < 0.02)
    let fuels = world.fleet.history.values(
      .fuel,
      of: 0,
      count: 120,
      until: world.now.monotonic
    )
    #expect(fuels.compactMap { $0 }.count >= 28)
  }

  @Test func whatHappenedInThePastIsToldInTheOrderOfTime() {
    var world = World(generators: ["a", "b"], kafka: false)
    world.apply(.status(.kafka, .live))
    func past(_ generator: GeneratorIndex, minutes: [Int], fuels: [Double]) -> [EnrichedRecord] {
      zip(minutes, fuels).map { minutes, fuel in
        var record = record(world, minutes: minutes, fuel: fuel)
        record.generator = generator
        return record
      }
    }
    world.apply(.enriched(past(0, minutes: [20, 10, 9, 6], fuels: [300, 900, 900, 900])))
    world.apply(.enriched(past(1, minutes: [40, 30, 29, 26], fuels: [300, 900, 900, 900])))
    #expect(world.kinds == [.refuelled, .refuelled])
    #expect(world.events.map(\.generator) == [1, 0])
  }

  @Test func aPastThatDoesNotComeIsWaitedForFifteenSeconds() {
    var world = World(kafka: false)
    world.sample(fuel: 700)
    world.run(10)
    world.sample(fuel: 690)
    #expect(
      world.fleet.history.values(.fuel, of: 0, count: 4, until: world.now.monotonic)
        .allSatisfy { $0 == nil }
    )
    world.run(10)
    #expect(
      world.fleet.history.values(.fuel, of: 0, count: 4, until: world.now.monotonic)
        .contains { $0 == 690 }
    )
  }
}
