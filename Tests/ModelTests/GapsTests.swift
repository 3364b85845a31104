import TestSupport
import Testing

@testable import Model

/// What is missing in the picture of a fleet, and where the values in it come from.
struct GapsTests {
  private func names(_ count: Int) -> [String] { (0..<count).map { "g\($0)" } }

  @Test func withRecordsEachIsHeardOnce() {
    var world = World(generators: ["a", "b"])
    world.record(0)
    world.record(1)
    #expect(world.fleet.gaps == Gaps(generators: [0, 1]))
    world.sample(0)
    #expect(world.fleet.gaps == Gaps(generators: [1]) && !world.fleet.isWhole)
    world.sample(1)
    #expect(world.fleet.gaps.isEmpty && world.fleet.isWhole)
  }

  @Test func whomNoRecordNamesIsHeardTwice() {
    for hasKafka in [false, true] {
      var world = World(kafka: hasKafka) { $0.hasEnrichedFeed = hasKafka }
      world.sample()
      #expect(world.fleet.gaps.generators == [0])
      world.pass(1)
      world.sample()
      #expect(world.fleet.isWhole)
    }
  }

  @Test func lostAndGoodbyeCountAsHeard() {
    var world = World(generators: ["a", "b", "c", "d"], kafka: false) { $0.hasEnrichedFeed = false }
    world.word(.lastWill, 0, retained: true)
    world.word(.disconnected, 1)
    world.word(.alive, 2, retained: true)
    world.sample(3, retained: true)
    #expect(world.fleet.gaps.generators == [2, 3])
  }

  @Test func ofTheInventoryAllAreAwaited() {
    let inventory = [InventoryEntry(id: "a"), InventoryEntry(id: "b")]
    var world = World(generators: ["a", "b"], inventory: inventory)
    for id in 0..<2 { world.record(GeneratorIndex(id)) }
    world.sample(0)
    #expect(world.fleet.gaps.generators == [1])
  }

  @Test func whoIsSilentForLongerThanItsIntervalIsMissingAgain() {
    var world = World()
    world.record()
    for _ in 0..<6 {
      world.sample()
      world.run(10)
    }
    #expect(world.fleet.isWhole)
    world.run(6)
    #expect(world.generator().freshness == .late && world.fleet.gaps.generators == [0])
  }

  @Test func withoutRawSamplesRecordsAreAll() {
    var world = World(generators: ["a", "b"], mqtt: false) { $0.hasRawFeed = false }
    world.record(0)
    #expect(world.fleet.gaps == Gaps(generators: [1]))
    world.record(1, age: 500)
    #expect(world.fleet.isWhole)
  }

  @Test func aFeedIsMissingUntilItIsReadAndBroughtSomebody() {
    var world = World(generators: [], mqtt: false, kafka: false)
    #expect(world.fleet.gaps == Gaps(feeds: [.mqtt, .kafka]))
    world.apply(.status(.mqtt, .live))
    world.apply(.status(.kafka, .live))
    #expect(world.fleet.gaps.feeds == [.mqtt, .kafka])
    world.apply(.names(generators: ["a"], regions: []))
    #expect(world.fleet.gaps == Gaps(feeds: [.kafka], generators: [0]))
    world.apply(.progress(World.progress(.enriched)))
    world.apply(.status(.mqtt, .retrying(reason: "refused", nextTry: 0, attempt: 1)))
    #expect(world.fleet.gaps.feeds == [.mqtt])
  }

  /// 40 of 40, whatever their phases: with MQTT alone nobody says how many there are.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func isNotWholeBeforeAllOfOneIntervalWereHeard(seed: UInt64) {
    var random = Seeded(state: seed)
    let phases = (0..<40).map { _ in Int.random(in: 0..<100, using: &random) }
    var world = World(generators: [], kafka: false) { $0.hasEnrichedFeed = false }
    var places: [Int: GeneratorIndex] = [:]
    var steps = 0
    while !world.fleet.isWhole, steps < 350 {
      for (id, phase) in phases.enumerated() where steps % 100 == phase {
        if places[id] == nil {
          places[id] = GeneratorIndex(places.count)
          world.apply(.names(generators: ["g\(id)"], regions: []))
        }
        if let place = places[id] { world.sample(place) }
      }
      world.pass(0.1)
      world.fleet.tick(at: world.now)
      steps += 1
    }
    #expect(places.count == 40)
    #expect(world.fleet.isWhole && steps <= 200)
  }

  @Test func tellsWhereTheValuesComeFrom() {
    var world = World(generators: ["a", "b", "c", "d"])
    world.sample(0)
    world.sample(1, retained: true)
    world.record(2)
    #expect((0..<4).map { world.fleet.source(of: $0) } == [.mqtt, .retained, .record, nil])
    world.run(80)
    world.record(0)
    #expect(world.fleet.source(of: 0) == .record)
    let known = RememberedGenerator(
      generator: 3,
      heardAt: world.now.wall - 3_600_000_000_000,
      reading: World.reading(fuel: 300)
    )
    world.apply(.remembered([known]))
    #expect(world.fleet.source(of: 3) == .memory && world.fleet.gaps.generators.contains(3))
    var behind = World(mqtt: false) { $0.rawFeedIsKafka = true }
    behind.sample(from: .rawTopic)
    #expect(behind.fleet.source(of: 0) == .rawTopic)
  }
}
