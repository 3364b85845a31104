import Testing

@testable import Model

struct FleetSummaryTests {
  /// Four generators in two regions, sampled for two minutes so that their burn is known.
  private func world(inventory: [InventoryEntry] = []) -> World {
    var world = World(
      generators: ["a", "b", "c", "d"],
      inventory: inventory
    ) { $0.expectedInterval = 10 }
    for round in 0..<12 {
      for (index, fuel) in [900.0, 400, 300, 600].enumerated() {
        let burn = index == 3 ? 0 : 0.1 * Double(index + 1)
        let load = index == 3 ? 0.0 : 50
        world.sample(Int32(index), fuel: fuel - burn * Double(round * 10), load: load)
      }
      if round == 0 {
        for index in 0..<4 {
          let alarm: AlarmFlag = index == 1 || index == 2 ? .refuel : .noAction
          world.record(Int32(index), fuel: 500, alarm: alarm, region: index < 2 ? 1 : 2)
        }
      }
      world.run(10)
    }
    return world
  }

  @Test func sumsUpEachRegionAndAll() {
    let world = world()
    let summary = world.fleet.summedUp(at: world.now.monotonic)
    #expect(summary.fleet.sending == 4)
    #expect(summary.fleet.running == 3 && summary.fleet.loaded == 4)
    let (first, second) = (summary.figures(of: 1), summary.figures(of: 2))
    #expect(first.sending == 2 && second.sending == 2)
    #expect(abs(first.fuel + second.fuel - summary.fleet.fuel) < 1e-6)
    #expect(first.lowest == 1 && second.lowest == 2 && summary.fleet.lowest == 2)
    #expect(first.soonest?.generator == 1 && summary.fleet.soonest?.generator == 2)
    #expect(summary.emptying.map(\.generator) == [2, 1, 0])
    #expect(summary.bins.reduce(0, +) == 3 && summary.unforeseen == 0)
    #expect(summary.worst == [2, 1])
    #expect(world.fleet.regionCounts[1].online == 2)
    #expect(summary.figures(of: 7) == RegionFigures())
  }

  @Test func whatDoesNotSendIsInNoSum() {
    var world = world()
    world.word(.lastWill, 2)
    world.run(1)
    let summary = world.fleet.summedUp(at: world.now.monotonic)
    #expect(summary.fleet.sending == 3)
    #expect(summary.fleet.lowest == 1)
    #expect(summary.emptying.map(\.generator) == [1, 0])
    // It is the worst all the same: low, and nobody knows how it goes on.
    #expect(summary.worst.contains(2))
    #expect(world.fleet.regionCounts[2].online == 1)
  }

  @Test func fuelIsSummedUpInOneUnitAlone() {
    let litres = ["a", "b", "c", "d"].map { InventoryEntry(id: $0, unit: "L") }
    #expect(world(inventory: litres).fleet.summedUp(at: 0).unit == "L")
    let some = world(inventory: Array(litres.prefix(2)))
    #expect(some.fleet.summedUp(at: some.now.monotonic).unit == nil)
    #expect(world().fleet.summedUp(at: 0).unit == "")
  }

  @Test func itNamesTheMostUrgentOfMany() {
    let count = 100
    var world = World(generators: (0..<count).map { "g\($0)" })
    for index in 0..<count {
      world.sample(Int32(index), fuel: Double(count - index), load: 50)
      world.record(Int32(index), fuel: Double(count - index), alarm: .refuel)
    }
    world.run(1)
    let summary = world.fleet.summedUp(at: world.now.monotonic)
    #expect(summary.worst.count == Fleet.mostListed)
    #expect(summary.worst.first == Int32(count - 1))
    #expect(summary.fleet.lowest == Int32(count - 1))
  }
}
