import Testing

@testable import Model

/// What is known of generators from an earlier run.
struct MemoryTests {
  private static let hour: Int64 = 3_600_000_000_000

  private static func known(
    _ generator: GeneratorIndex,
    hours: Int64 = 3,
    fuel: Double = 700,
    session: Session = .online
  ) -> RememberedGenerator {
    RememberedGenerator(
      generator: generator,
      name: "Mill",
      region: 1,
      heardAt: World.start.wall - hours * hour,
      session: session,
      reading: World.reading(fuel: fuel, load: 40)
    )
  }

  @Test func aGeneratorDeadForHoursIsThereAfterARestartAndFallsSilentInItsTime() {
    var world = World(generators: ["a", "b"], kafka: false) { $0.hasEnrichedFeed = false }
    world.apply(.remembered([Self.known(0), Self.known(1)]))
    #expect(world.fleet.onlyRemembered == [0, 1] && world.fleet.counts.never == 2)
    #expect(world.fleet.names == ["Mill", "Mill"] && world.generator().region == 1)
    #expect(world.generator().reading.fuel == 700 && world.generator().readingAt == nil)
    for second in 1...40 {
      world.run(1)
      if second % 5 == 0 { world.sample(1, fuel: 650) }
    }
    #expect(world.generator().freshness == .stale && world.generator(1).freshness == .live)
    #expect(world.fleet.counts.stale == 1 && world.fleet.counts.never == 0)
    #expect(world.fleet.rememberedSince(0) == World.start.wall - 3 * Self.hour)
    #expect(world.fleet.rememberedSince(1) == nil && world.fleet.onlyRemembered == [0])
    // What is not told any more is no value of now.
    #expect(world.generator(1).reading.load == nil && world.kinds == [])
    world.sample(0, fuel: 690)
    #expect(world.fleet.onlyRemembered.isEmpty && world.fleet.counts.stale == 0)
  }

  @Test func whatRunsTaughtOfAnEngineIsKnownAfterARestart() throws {
    var world = World(kafka: false) { $0.hasEnrichedFeed = false }
    for step in 0..<200 {
      world.pass(10)
      world.sample(fuel: 900 - Double(step), load: step < 190 ? 100 : 0)
    }
    let burn = try #require(world.fleet.memory(at: world.now)[0].burn)
    #expect(abs(burn.rate - 360) < 10 && burn.error < 30 && !burn.isByPower)
    var again = World(kafka: false) { $0.hasEnrichedFeed = false }
    var known = Self.known(0)
    known.burn = burn
    again.apply(.remembered([known]))
    again.pass(10)
    again.sample(fuel: 700, load: 100)
    let left = again.generator().timeToEmpty(at: again.now.monotonic)
    #expect(left.map { abs($0 / (700 / 360 * 3_600) - 1) < 0.05 } == true)
    #expect(again.generator().trend.isByModel)
    // What this run has learnt is newer, and what cannot be is nothing.
    known.burn = LearntBurn(rate: 9, error: 1)
    again.apply(.remembered([known]))
    #expect(again.fleet.learntBurn(of: 0)?.rate.rounded() == burn.rate.rounded())
    for rate in [0, -5, .nan, .infinity, 1e300] {
      var odd = World(kafka: false)
      known.burn = LearntBurn(rate: rate, error: 1)
      odd.apply(.remembered([known]))
      #expect(odd.fleet.learntBurn(of: 0) == nil)
    }
  }

  @Test func whileTheFeedIsAwayNothingIsSilent() {
    var world = World(mqtt: false, kafka: false) { $0.hasEnrichedFeed = false }
    world.apply(.remembered([Self.known(0)]))
    world.run(600)
    #expect(world.generator().freshness == .never)
    world.apply(.status(.mqtt, .live))
    world.run(20)
    #expect(world.generator().freshness == .never)
    world.run(20)
    #expect(world.generator().freshness == .stale)
  }

  @Test func oneThatRanDryIsAnAlarmSinceItWasHeard() {
    var world = World(generators: ["a", "b"], kafka: false) { $0.hasEnrichedFeed = false }
    world.apply(.remembered([Self.known(0, fuel: 5), Self.known(1, fuel: 20)]))
    #expect(world.fleet.counts.alarm == 0 && !world.fleet.knowsAlarms)
    world.run(5)
    // It was refuelled meanwhile.
    world.sample(1, fuel: 990)
    world.run(40)
    #expect(world.fleet.alarms().map(\.generator) == [0])
    #expect(world.fleet.alarms()[0].sinceWall == World.start.wall - 3 * Self.hour)
    #expect(world.fleet.counts.critical == 1)
  }

  @Test func aLastWillIsRememberedUntilASampleComes() {
    var world = World(kafka: false) { $0.hasEnrichedFeed = false }
    world.apply(.remembered([Self.known(0, session: .lost)]))
    #expect(world.fleet.counts.lost == 1 && world.generator().sessionAt == nil)
    world.run(2)
    world.sample()
    #expect(world.fleet.counts.lost == 0 && world.kinds == [.online])
  }

  @Test func memoryIsWhatWasLastHeardAndSurvivesARunThatHearsNothing() {
    var world = World(generators: ["a", "b", "c"], kafka: false) { $0.hasEnrichedFeed = false }
    world.apply(.remembered([Self.known(0), Self.known(1, session: .disconnected)]))
    world.run(3)
    world.sample(1, fuel: 300)
    world.run(1)
    let memory = world.fleet.memory(at: world.now)
    #expect(memory.map(\.generator) == [0, 1])
    var first = Self.known(0)
    first.session = .unknown
    #expect(memory[0] == first)
    #expect(memory[1].heardAt == world.now.wall - 1_000_000_000 && memory[1].session == .online)
    #expect(memory[1].reading == World.reading(fuel: 300))
    // A recording that begins now has it, too.
    var other = Fleet(policy: world.fleet.policy)
    for event in world.fleet.retold(at: world.now) { other.apply(event, at: world.now) }
    #expect(other.onlyRemembered == [0] && other.memory(at: world.now).first == memory.first)
  }

  @Test func theForgottenAreInNoCountUntilTheyAreHeard() {
    let inventory = [InventoryEntry(id: "c")]
    var world = World(generators: ["a", "b", "c"], inventory: inventory, kafka: false) {
      $0.hasEnrichedFeed = false
    }
    world.apply(.remembered((0..<3).map { Self.known($0, fuel: 20, session: .lost) }))
    world.sample(1, fuel: 700)
    world.run(60)
    #expect(world.fleet.counts.total == 3 && world.fleet.counts.lost == 2)
    world.apply(.forgotten([0, 1, 2, 99]))
    #expect(world.generator().isForgotten && !world.generator(2).isForgotten)
    #expect(world.fleet.counts.total == 2 && world.fleet.counts.never == 1)
    #expect(world.fleet.counts.alarm == 0 && world.fleet.counts.lost == 0)
    #expect(world.fleet.regionCounts.map(\.total) == [0, 2, 0])
    #expect(world.fleet.memory(at: world.now).map(\.generator) == [1])
    world.run(120)
    #expect(world.fleet.counts.total == 2)
    world.sample(0, fuel: 600)
    #expect(!world.generator().isForgotten && world.fleet.counts.total == 3)
    #expect(world.fleet.regionCounts.map(\.total) == [0, 3, 0])
  }

  @Test func aBrokerThatKeepsNoPresenceIsTold() {
    var world = World(generators: ["a", "b"])
    world.run(20)
    // Nobody tells of sessions at all.
    #expect(world.hop(.mqtt)?.detail == nil)
    // Nor has a broker to keep what was said when we were there to hear it.
    world.word(.alive)
    world.word(.lastWill)
    #expect(world.hop(.mqtt)?.detail == nil)
    world.word(.lastWill, 1)
    #expect(world.hop(.mqtt)?.detail == "no retained presence")
    world.word(.alive, retained: true)
    #expect(world.hop(.mqtt)?.detail == nil)
    var other = World()
    other.apply(.remembered([Self.known(0)]))
    #expect(other.hop(.mqtt)?.detail == nil)
    other.run(15)
    #expect(other.hop(.mqtt)?.detail == "no retained presence")
  }
}
