import TestSupport
import Testing

@testable import Model

struct FleetTests {
  @Test func theInventoryNamesGeneratorsThatWereNeverHeard() {
    let entry = InventoryEntry(id: "a", name: "Hall", region: "EU", tank: 200, unit: "L")
    let world = World(generators: ["a", "b"], inventory: [entry])
    #expect(world.fleet.names == ["Hall", nil])
    #expect(world.generator(0).isInInventory)
    #expect(!world.generator(1).isInInventory)
    #expect(world.generator(0).tank == 200)
    #expect(world.generator(1).tank == 1_000)
    #expect(world.fleet.unit(of: 0) == "L")
    #expect(world.fleet.unit(of: 1) == "")
    #expect(world.fleet.unit(of: 7) == "")
    #expect(world.generator(0).region == 2)
    #expect(world.fleet.counts.never == 2)
    #expect(world.fleet.regionCounts.map(\.total) == [1, 0, 1])
  }

  @Test func anInventoryThatNamesAGeneratorTwiceKeepsTheFirst() {
    let twice = [InventoryEntry(id: "a", name: "one"), InventoryEntry(id: "a", name: "two")]
    #expect(World(inventory: twice).fleet.names == ["one"])
  }

  @Test func tellsWhatChangedOnceEach() {
    var world = World(generators: ["a", "b"])
    #expect(world.fleet.takeChanges() == [0, 1])
    world.sample(1)
    world.sample(1)
    #expect(world.fleet.takeChanges() == [1])
    #expect(world.fleet.takeChanges() == [])
  }

  @Test func foldedSamplesAreCountedExactly() {
    var world = World()
    world.pass(1)
    world.sample()
    var fold = FoldedSamples(first: sample(fuel: 700, at: world.now.monotonic + 1))
    for step in 1..<1_000 {
      let time = world.now.monotonic + Int64(step) * 10_000_000
      fold.add(sample(fuel: 700 - Double(step) / 10, at: time))
    }
    world.pass(10)
    world.apply(.folded([fold]))
    #expect(world.generator().samples == 1_001)
    #expect(world.fleet.traffic.mqttRate.total == 1_001)
    #expect(world.fleet.traffic.folded == 998)
    #expect(world.generator().reading.fuel == 600.1)
    #expect(world.generator().interval.seconds.map { abs($0 - 0.01) < 0.001 } == true)
    #expect(world.kinds == [])
  }

  private func sample(fuel: Double, at time: Int64, retained: Bool = false) -> Sample {
    Sample(
      generator: 0,
      source: .mqtt,
      isRetained: retained,
      receivedAt: time,
      reading: World.reading(fuel: fuel)
    )
  }

  @Test(arguments: [1, 2, 3])
  func smallFoldsAreCountedExactlyToo(count: Int) {
    var world = World()
    var fold = FoldedSamples(first: sample(fuel: 1, at: 1))
    for _ in 1..<count { fold.add(sample(fuel: 1, at: 2)) }
    world.apply(.folded([fold]))
    #expect(world.generator().samples == count)
    #expect(world.fleet.traffic.mqttRate.total == count)
    #expect(world.fleet.traffic.folded == max(0, count - 2))
  }

  @Test func foldedRetainedSamplesStayRetained() {
    var world = World()
    var fold = FoldedSamples(first: sample(fuel: 1, at: 1, retained: true))
    for _ in 1..<5 { fold.add(sample(fuel: 2, at: 2, retained: true)) }
    world.apply(.folded([fold]))
    #expect(world.fleet.traffic.retained == 5)
    #expect(world.fleet.traffic.mqttRate.total == 0)
    #expect(world.generator().freshness == .never)
    #expect(world.generator().reading.fuel == 2)
  }

  @Test func aRefuellingInsideAFoldIsSeen() {
    var world = World()
    var fold = FoldedSamples(first: sample(fuel: 300, at: world.now.monotonic))
    for fuel in [900.0, 880, 700] { fold.add(sample(fuel: fuel, at: world.now.monotonic + 9)) }
    world.pass(1)
    world.apply(.folded([fold]))
    world.pass(10)
    world.sample(fuel: 695)
    #expect(world.kinds == [.refuelled])
    // Two in a row showed 880; of 900 alone nobody knows.
    #expect(world.events.first?.amount == 580)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func countsAlwaysAgreeWithARecount(seed: UInt64) {
    var random = Seeded(state: seed)
    var world = World(
      generators: (0..<12).map { "g\($0)" },
      inventory: [InventoryEntry(id: "g3", region: "EU", tank: 100)]
    )
    for _ in 0..<1_000 {
      happen(&world, &random)
      check(world.fleet)
    }
    #expect(world.fleet.events.total > 0)
  }

  @Test(arguments: 100..<110 as Range<UInt64>)
  func aTickThatLooksOnlyAtWhatIsDueFindsAllThereIs(seed: UInt64) {
    var random = Seeded(state: seed)
    var world = World(generators: (0..<12).map { "g\($0)" })
    for _ in 0..<1_000 {
      happen(&world, &random)
      world.fleet.tick(at: world.now)
      var thorough = world.fleet
      for place in thorough.dueAt.indices { thorough.dueAt[place] = .min }
      thorough.tick(at: world.now)
      #expect(thorough.generators.map(\.freshness) == world.fleet.generators.map(\.freshness))
      #expect(thorough.generators.map(\.conditions) == world.fleet.generators.map(\.conditions))
      #expect(thorough.traffic.differences == world.fleet.traffic.differences)
      #expect(thorough.events.total == world.fleet.events.total)
    }
  }

  private func happen(_ world: inout World, _ random: inout Seeded) {
    let generator = GeneratorIndex.random(in: -1...12, using: &random)
    let fuel = Double.random(in: -100...1_000, using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0...3: world.sample(generator, fuel: fuel)
    case 4: world.sample(generator, fuel: fuel, from: .rawTopic)
    case 5: world.sample(generator, fuel: fuel, retained: true)
    case 6...7:
      let alarms: [AlarmFlag] = [.refuel, .noAction, .absent, .other]
      world.record(
        generator,
        fuel: fuel,
        alarm: alarms[Int.random(in: 0..<4, using: &random)],
        region: RegionIndex.random(in: -1...3, using: &random),
        age: Double.random(in: -5...200, using: &random)
      )
    case 8:
      let words: [PresenceChange.Word] = [.alive, .lastWill, .disconnected, .cleared]
      let word = words[Int.random(in: 0..<4, using: &random)]
      world.word(word, generator, retained: Bool.random(using: &random), after: -0.5)
    case 9: world.run(Int.random(in: 1...40, using: &random))
    case 10:
      let feed: FeedKind = Bool.random(using: &random) ? .mqtt : .kafka
      let away = FeedStatus.retrying(reason: "gone", nextTry: 0, attempt: 1)
      world.apply(.status(feed, Bool.random(using: &random) ? away : .live))
    default: world.pass(Double.random(in: 0...10, using: &random))
    }
  }

  private func check(_ fleet: Fleet) {
    var counts = ConditionCounts()
    var regions = Array(repeating: ConditionCounts(), count: fleet.regions.count)
    for generator in fleet.generators {
      counts.add(generator.conditions, 1)
      regions[Int(generator.region)].add(generator.conditions, 1)
    }
    #expect(fleet.counts == counts)
    #expect(fleet.regionCounts == regions)
    #expect(fleet.regionCounts.map(\.total).reduce(0, +) == fleet.count)
    #expect(fleet.traffic.bridgePending >= 0)
    for difference in Difference.allCases {
      let count = fleet.generators.count { $0.difference == difference }
      #expect(fleet.traffic.differences[difference] == count)
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func aDamagedRecordingTrapsNothing(seed: UInt64) {
    var random = Seeded(state: seed)
    var world = World(generators: ["a", "b"])
    let odd: [Int64] = [.min, .min + 1, -1, 0, 1, world.now.monotonic, .max - 1, .max]
    func pick() -> Int64 { odd[Int.random(in: 0..<odd.count, using: &random)] }
    for _ in 0..<300 {
      let stamp = Stamp(monotonic: pick(), wall: pick())
      let generator = GeneratorIndex(truncatingIfNeeded: pick())
      for event in damaged(generator, pick) { world.fleet.apply(event, at: stamp) }
      var figures = ScreenFigures()
      figures.frames = Int(pick())
      figures.blockedSince = pick()
      world.fleet.apply(figures, at: stamp)
      world.fleet.tick(at: stamp)
      #expect(world.fleet.hops(at: pick()).count == HopID.allCases.count)
    }
    #expect(world.fleet.counts.total == 2)
  }

  private func damaged(_ generator: GeneratorIndex, _ pick: () -> Int64) -> [FeedEvent] {
    let reading = World.reading(fuel: Double(pick()))
    let raw = Sample(
      generator: generator,
      source: .rawTopic,
      receivedAt: pick(),
      reading: reading
    )
    let live = Sample(generator: generator, source: .mqtt, receivedAt: pick(), reading: reading)
    let record = EnrichedRecord(
      generator: generator,
      region: RegionIndex(truncatingIfNeeded: pick()),
      alarm: .refuel,
      receivedAt: pick(),
      sampleTime: pick(),
      recordTime: pick(),
      reading: reading
    )
    let word = PresenceChange(generator: generator, word: .lastWill, receivedAt: pick())
    var fold = FoldedSamples(first: live)
    fold.count = Int(pick())
    fold.lowestFuel = Double(pick())
    var words = FoldedPresence(first: word)
    words.count = Int(pick())
    return [
      .samples([live, raw]), .enriched([record]), .presence([word]), .folded([fold]),
      .foldedPresence([words]), .progress(World.progress(.raw, behind: Int(pick()))),
      .groupLag(
        GroupLag(recordsBehind: Int(pick()), secondsBehind: 1e300, committed: Int(pick()))
      ),
      .status(.mqtt, .retrying(reason: "", nextTry: pick(), attempt: Int(pick()))),
      .status(.mqtt, .live), .status(.kafka, .live),
    ]
  }
}
