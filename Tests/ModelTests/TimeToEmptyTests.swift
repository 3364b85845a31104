import TestSupport
import Testing

@testable import Model

/// Generators whose truth is known: a tank of 1,000 units, a sample every 7 s, noise with a standard deviation of 2.
struct TimeToEmptyTests {
  private struct Plant {
    var world: World
    var fuel = 900.0
    var random: Seeded
    /// What it tells of its load; nil for nothing.
    var told: Double?

    init(seed: UInt64 = 1, burn: Double? = nil) {
      var entry = InventoryEntry(id: "a")
      entry.burn = burn
      world = World(inventory: [entry])
      random = Seeded(state: seed)
    }

    /// Lets minutes pass in which it burns so many units an hour.
    mutating func run(_ minutes: Double, burning rate: Double, load: Double?) {
      for _ in 0..<Int(minutes * 60 / 7) {
        world.pass(7)
        fuel -= rate * 7 / 3_600
        let noise = (0..<12).reduce(-6.0) { sum, _ in sum + .random(in: 0..<1, using: &random) }
        send(fuel + 2 * noise, load)
      }
    }

    mutating func send(_ fuel: Double, _ load: Double?) {
      let reading = World.reading(fuel: fuel, load: load, power: load.map { $0 * 3 })
      let now = world.now.monotonic
      world.apply(
        .samples([Sample(generator: 0, source: .mqtt, receivedAt: now, reading: reading)])
      )
      world.fleet.tick(at: world.now)
    }

    var generator: Generator { world.generator() }
    var emptyIn: Double? { generator.timeToEmpty(at: world.now.monotonic) }

    /// By which share the time shown is wrong.
    func error(burning rate: Double) -> Double {
      emptyIn.map { abs($0 / (fuel / rate * 3_600) - 1) } ?? .infinity
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func afterAnHourOfStandbyTheInventorysBurnIsUsedAtOnce(seed: UInt64) {
    var plant = Plant(seed: seed, burn: 220)
    plant.run(60, burning: 0, load: 0)
    #expect(plant.emptyIn == nil)
    // A tenth more than the inventory says.
    plant.run(0.2, burning: 242, load: 100)
    #expect(plant.generator.trend.isByModel)
    #expect(plant.error(burning: 242) < 0.15)
    plant.run(10, burning: 242, load: 100)
    #expect(plant.error(burning: 242) < 0.15)
    plant.run(20, burning: 242, load: 100)
    #expect(!plant.generator.trend.isByModel)
    #expect(plant.error(burning: 242) < 0.06)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func withoutAModelItIsNotKnownForFiveMinutes(seed: UInt64) {
    var plant = Plant(seed: seed)
    plant.run(60, burning: 0, load: 0)
    plant.run(2, burning: 150, load: 70)
    #expect(plant.emptyIn == nil)
    plant.run(3.2, burning: 150, load: 70)
    #expect(plant.error(burning: 150) < 0.5)
    plant.run(5, burning: 150, load: 70)
    #expect(plant.error(burning: 150) < 0.15)
  }

  @Test func whatItsOwnRunTaughtIsUsedAtTheNextLoad() {
    var plant = Plant()
    plant.run(30, burning: 316 * 0.6, load: 25)
    plant.run(0.2, burning: 1_000 * 0.6, load: 100)
    #expect(plant.generator.trend.isByModel)
    #expect(plant.error(burning: 600) < 0.15)
    plant.run(10, burning: 0, load: 0)
    plant.run(0.2, burning: 523 * 0.6, load: 50)
    #expect(plant.error(burning: 523 * 0.6) < 0.15)
  }

  /// Whether the others differ by a tenth, or by five times.
  @Test(arguments: [true, false])
  func oneThatNeverRanGoesByTheFleetIfThatIsAlike(isAlike: Bool) {
    var world = World(generators: (0..<12).map { "g\($0)" })
    func send(_ generator: Int, _ fuel: Double, load: Double) {
      let reading = World.reading(fuel: fuel, load: load)
      let now = world.now.monotonic
      let sample = Sample(
        generator: GeneratorIndex(generator),
        source: .mqtt,
        receivedAt: now,
        reading: reading
      )
      world.apply(.samples([sample]))
    }
    for step in 0..<200 {
      world.pass(10)
      for place in 0..<11 {
        let rate = isAlike ? 300 + 3 * Double(place) : 100 + 50 * Double(place)
        send(place, 900 - rate * Double(step) / 360, load: step < 190 ? 100 : 0)
      }
      send(11, 900, load: 0)
      world.fleet.tick(at: world.now)
    }
    world.pass(10)
    send(11, 900, load: 100)
    let left = world.generator(11).timeToEmpty(at: world.now.monotonic)
    #expect(isAlike ? left.map { abs($0 / (900 / 315 * 3_600) - 1) < 0.05 } == true : left == nil)
  }

  @Test func aStopIsKnownAtOnceEverywhere() {
    var plant = Plant()
    plant.run(30, burning: 300, load: 80)
    let summary = plant.world.fleet.summedUp(at: plant.world.now.monotonic)
    #expect(plant.emptyIn != nil && summary.emptying.count == 1)
    plant.run(0.2, burning: 0, load: 0)
    let stopped = plant.world.fleet.summedUp(at: plant.world.now.monotonic)
    #expect(plant.emptyIn == nil && plant.generator.trend.burn == nil)
    #expect(stopped.emptying.isEmpty && stopped.fleet.soonest == nil)
  }

  @Test func fuelThatFallsWithoutALoadKeepsItsTime() {
    var plant = Plant()
    plant.run(30, burning: 300, load: 80)
    // Its load's sensor is dead, and says 0 from here on.
    plant.run(6, burning: 300, load: 0)
    #expect(plant.generator.trend.isByModel && plant.error(burning: 300) < 0.35)
    #expect(!plant.generator.trend.leaks)
    plant.run(56, burning: 300, load: 0)
    #expect(plant.generator.trend.leaks)
    #expect(plant.error(burning: 300) < 0.1)
    plant.run(40, burning: 300, load: 0)
    #expect(plant.generator.conditions.contains(.drySoon))
  }

  @Test(arguments: [true, false])
  func runningWhileTheFuelStandsStillIsAStuckSensor(hasModel: Bool) {
    var plant = Plant(burn: hasModel ? 300 : nil)
    plant.run(10, burning: 0, load: 0)
    let fuel = plant.fuel.rounded()
    for _ in 0..<260 {
      plant.world.pass(7)
      plant.send(fuel, 100)
    }
    #expect(plant.generator.trend.isStuck)
    #expect(plant.generator.trend.isByModel == hasModel)
    if hasModel { #expect(plant.emptyIn.map { abs($0 / (fuel / 300 * 3_600) - 1) < 0.02 } == true) }
    // It moves again.
    plant.run(20, burning: 300, load: 100)
    #expect(!plant.generator.trend.isStuck)
  }

  @Test func whereNeitherIsToldItIsNotKnownUntilTheFallStandsOut() {
    var plant = Plant()
    plant.run(60, burning: 0, load: nil)
    #expect(plant.emptyIn == nil)
    plant.run(15, burning: 200, load: nil)
    #expect(plant.error(burning: 200) < 0.35)
    plant.run(20, burning: 200, load: nil)
    #expect(plant.error(burning: 200) < 0.1)
    plant.run(15, burning: 0, load: nil)
    #expect(plant.emptyIn == nil)
  }

  @Test func aLoadThatLeapsIsNoChangeOfTheWork() {
    var watch = WorkWatch()
    var random = Seeded(state: 3)
    var changes = 0
    for step in 0..<400 {
      let share = Float.random(in: 0.1...1, using: &random)
      if watch.changes(to: EngineWork(kind: .byLoad, share: share)), step > 40 { changes += 1 }
    }
    #expect(changes <= 4)
    var calm = WorkWatch()
    for _ in 0..<40 { _ = calm.changes(to: EngineWork(kind: .byLoad, share: 0.5)) }
    let isOther = calm.changes(to: EngineWork(kind: .byLoad, share: 0.6))
    #expect(isOther)
  }

  @Test func drySoonIsAStateWhateverThePercentage() {
    var plant = Plant(burn: 1_200)
    plant.run(5, burning: 0, load: 0)
    #expect(plant.generator.conditions == [])
    plant.run(1, burning: 1_200, load: 100)
    #expect(plant.generator.conditions == .drySoon)
    #expect(plant.generator.severity == .drySoon && plant.generator.severity.isAbnormal)
    #expect(plant.world.fleet.counts.drySoon == 1)
    #expect(plant.world.fleet.counts[.drySoon] == 1 && plant.world.fleet.counts.alarm == 0)
    plant.world.record(fuel: 480, alarm: .refuel)
    #expect(plant.generator.conditions.mark == "\u{203A}")
    plant.run(1, burning: 0, load: 0)
    #expect(plant.generator.conditions.isDisjoint(with: .drySoon))
    #expect(plant.world.fleet.counts.drySoon == 0)
  }

  @Test func timeAloneMakesItDrySoon() {
    var plant = Plant(burn: 450)
    plant.run(2, burning: 450, load: 100)
    #expect(!plant.generator.conditions.contains(.drySoon))
    // It is not heard any more.
    plant.world.run(4_000)
    #expect(plant.generator.conditions.contains(.drySoon))
  }
}
