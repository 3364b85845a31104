import Testing

@testable import Model

/// What a tank holds and when it is to be refuelled: by the inventory, the generator, the fleet.
struct TankLevelsTests {
  private func told(tank: Double?, mark: Double? = nil) -> Reading {
    var reading = Reading()
    reading[.tank] = tank
    reading[.refuelMark] = mark
    return reading
  }

  private func entry(tank: Double? = nil, mark: RefuelMark? = nil) -> InventoryEntry {
    var entry = InventoryEntry(id: "a")
    entry.tank = tank
    entry.refuelMark = mark
    return entry
  }

  @Test func theInventoryComesBeforeTheGeneratorAndThatBeforeTheFleet() {
    func levels(_ entry: InventoryEntry?, _ told: Reading) -> [Double] {
      let levels = TankLevels(entry, told, FleetPolicy())
      return [levels.tank, levels.refuelMark]
    }
    #expect(levels(nil, told(tank: nil)) == [1_000, 500])
    #expect(levels(nil, told(tank: 900, mark: 225)) == [900, 225])
    #expect(levels(nil, told(tank: 900)) == [900, 500])
    #expect(levels(entry(tank: 800), told(tank: 900, mark: 225)) == [800, 225])
    #expect(levels(entry(tank: 800, mark: .percent(25)), told(tank: 900, mark: 1)) == [800, 200])
    #expect(levels(entry(mark: .units(70)), told(tank: 900, mark: 1)) == [900, 70])
    for odd in [0, -1, 1e300] { #expect(levels(nil, told(tank: odd, mark: -1)) == [1_000, 500]) }
  }

  @Test func fuelInPercentIsOfAHundredWhateverTheTankHolds() {
    func levels(_ entry: InventoryEntry?, _ mark: Double?) -> [Double] {
      let levels = TankLevels(entry, told(tank: 100, mark: mark), FleetPolicy())
      return [levels.tank, levels.refuelMark]
    }
    #expect(levels(nil, 50) == [100, 50])
    #expect(levels(nil, nil) == [100, 50])
    #expect(levels(entry(tank: 900), 50) == [100, 50])
    #expect(levels(entry(tank: 900, mark: .units(225)), 50) == [100, 25])
    #expect(levels(entry(tank: 900, mark: .percent(20)), 50) == [100, 20])
  }

  @Test(arguments: [
    ("225", RefuelMark.units(225)), ("25%", .percent(25)), ("12.5 %", .percent(12.5)), ("x", nil),
    ("%", nil), ("101%", nil), ("-1", nil), ("nan", nil), ("", nil),
  ])
  func marksAreAmountsOrShares(text: String, mark: RefuelMark?) {
    #expect(RefuelMark(text) == mark)
    if let mark { #expect(RefuelMark(mark.description) == mark) }
  }

  // MARK: - In the fleet

  private func sample(_ world: inout World, _ fuel: Double, _ told: Reading, running: Double? = nil)
  {
    var reading = told
    reading[.fuel] = fuel
    reading[.running] = running
    world.apply(
      .samples([
        Sample(generator: 0, source: .mqtt, receivedAt: world.now.monotonic, reading: reading)
      ])
    )
  }

  private var alone: World { World(kafka: false) { $0.hasEnrichedFeed = false } }

  @Test func percentIsNeverOfAThousand() {
    for (fuel, isLow) in [(61.0, false), (39.0, true)] {
      var world = alone
      sample(&world, fuel, told(tank: 100, mark: 50))
      #expect(world.generator().fuelPercent == fuel)
      #expect(world.fleet.unit(of: 0) == "%")
      #expect(world.fleet.alarms().map(\.kind) == (isLow ? [.refuelRaw] : []))
      #expect(world.fleet.counts.critical == 0)
      // Shares of tanks do not add up to an amount.
      #expect(world.fleet.summedUp(at: world.now.monotonic).unit == nil)
      #expect(!world.fleet.hasCommonMark)
    }
  }

  @Test func aMarkOfItsOwnRaisesAndEndsItsAlarm() {
    var world = alone
    sample(&world, 300, told(tank: 900, mark: 225))
    #expect(world.fleet.alarms().isEmpty)
    for second in 1...30 {
      world.run(10)
      sample(&world, 220 - Double(second) / 10, told(tank: 900, mark: 225))
    }
    #expect(world.fleet.alarms().map(\.kind) == [.refuelRaw])
    for _ in 0..<4 {
      world.run(10)
      sample(&world, 880, told(tank: 900, mark: 225))
    }
    #expect(world.fleet.alarms().isEmpty)
    #expect(world.fleet.unit(of: 0).isEmpty)
  }

  @Test func aRecordsTankCountsToo() {
    var world = World()
    var reading = told(tank: 100, mark: 50)
    reading[.fuel] = 61
    world.apply(
      .enriched([
        EnrichedRecord(
          generator: 0,
          alarm: .noAction,
          receivedAt: world.now.monotonic,
          sampleTime: world.now.wall,
          reading: reading
        )
      ])
    )
    #expect(world.generator().fuelPercent == 61)
    #expect(world.fleet.unit(of: 0) == "%")
  }

  @Test func whatIsRememberedIsOfTheTankThatWasTold() {
    var world = alone
    var reading = told(tank: 100, mark: 50)
    reading[.fuel] = 61
    let known = RememberedGenerator(
      generator: 0,
      heardAt: world.now.wall - 60_000_000_000,
      reading: reading
    )
    world.apply(.remembered([known]))
    #expect(world.generator().fuelPercent == 61)
    #expect(world.fleet.alarms().isEmpty)
  }

  @Test func anInventoryThatNamesTheTankInLitresScalesItsBurn() {
    var entry = entry(tank: 900)
    entry.burn = 90
    entry.unit = "L"
    var world = World(inventory: [entry], kafka: false) { $0.hasEnrichedFeed = false }
    #expect(world.generator().ratedBurn == Float(90.0 / 3_600))
    sample(&world, 61, told(tank: 100, mark: 50))
    #expect(world.generator().fuelPercent == 61)
    #expect(abs(world.generator().ratedBurn - Float(10.0 / 3_600)) < 1e-7)
    #expect(world.fleet.unit(of: 0) == "%")
  }

  @Test func whatTheEngineSaysOfItselfComesBeforeLoadAndPower() {
    var world = alone
    sample(&world, 700, told(tank: nil))
    #expect(world.fleet.isRunning(0) == nil)
    sample(&world, 700, told(tank: nil), running: 0)
    #expect(world.fleet.isRunning(0) == false)
    #expect(world.fleet.work(of: 0, World.reading(fuel: 1, load: 40)).kind == .stopped)
    sample(&world, 700, told(tank: nil), running: 1)
    #expect(world.fleet.isRunning(0) == true)
    #expect(world.fleet.work(of: 0, World.reading(fuel: 1, load: 0)).kind == .untold)
    #expect(world.fleet.work(of: 0, World.reading(fuel: 1, load: 40)).kind == .byLoad)
    #expect(world.fleet.summedUp(at: world.now.monotonic).fleet.running == 1)
  }
}
