import Testing

@testable import Model

/// Messages that came and could not be understood: what the hop and the feed say of them.
struct ForeignMessageTests {
  private static let words =
    #"none understood: no field known, e.g. gensets/g25/state {"fuel_level": 63}"#

  private func message(_ kind: RejectedMessage.Kind?, at time: Int64) -> RejectedMessage {
    RejectedMessage(
      feed: .mqtt,
      topic: kind == .presence ? "g22/status" : "gensets/g25/state",
      reason: kind == .presence ? "a text that is none of the presence rule's" : "no field known",
      kind: kind,
      payload: kind == .presence ? "Offline" : #"{"fuel_level": 63}"#,
      size: 18,
      receivedAt: time
    )
  }

  /// Twelve foreign messages a second.
  private func hear(_ seconds: Int, _ world: inout World, _ counters: inout FeedCounters) {
    for _ in 0..<seconds {
      counters.received += 12
      counters.ignored += 12
      world.apply(.counters(.mqtt, counters))
      world.apply(.rejected([message(.foreign, at: world.now.monotonic)]))
      world.run(1)
    }
  }

  @Test func theHopSaysThatTheyComeAndWhy() {
    var (world, counters) = (World(generators: []), FeedCounters())
    hear(15, &world, &counters)
    #expect(world.hop(.mqtt)?.reason == Self.words && world.hop(.mqtt)?.state == .warning)
    #expect(world.hop(.mqtt)?.ratePerSecond == 12)
    #expect(world.fleet.trouble(with: .mqtt) == Self.words)
    #expect(world.fleet.traffic.rejected.isEmpty)
  }

  @Test func oneThatIsUnderstoodEndsIt() {
    var (world, counters) = (World(), FeedCounters())
    hear(5, &world, &counters)
    world.sample()
    counters.samples = 1
    world.apply(.counters(.mqtt, counters))
    #expect(world.hop(.mqtt)?.state == .ok && world.fleet.notUnderstood(.mqtt) == nil)
    // A new firmware has other names for everything.
    hear(59, &world, &counters)
    #expect(world.fleet.notUnderstood(.mqtt) == nil)
    hear(10, &world, &counters)
    #expect(world.hop(.mqtt)?.reason == Self.words)
  }

  @Test func unknownPresenceWordsAreNamedOnce() {
    var (world, counters) = (World(), FeedCounters())
    (counters.received, counters.presence, counters.rejected, counters.unknownWords) = (4, 1, 3, 3)
    world.apply(.counters(.mqtt, counters))
    world.apply(.rejected((0..<3).map { message(.presence, at: $0) }))
    #expect(world.fleet.traffic.unknownWords == ["Offline"])
    #expect(world.fleet.traffic.rejected.count == 3)
    // A word that was understood says that the rule is right.
    #expect(world.fleet.notUnderstood(.mqtt) == nil)
  }

  @Test func aLongPayloadIsCut() {
    var (world, counters) = (World(), FeedCounters())
    (counters.received, counters.rejected) = (1, 1)
    world.apply(.counters(.mqtt, counters))
    var long = message(nil, at: 0)
    long.payload = String(repeating: "x", count: 500)
    world.apply(.rejected([long]))
    #expect(
      world.fleet.notUnderstood(.mqtt)?.hasSuffix(" " + String(repeating: "x", count: 79) + "…")
        == true
    )
  }
}

/// One word and one count for each way of not being there.
struct PresenceCountTests {
  @Test func everyGeneratorIsCountedOnceAndAlikeEverywhere() {
    var world = World(generators: ["lost", "bye", "silent", "slow", "well", "never"])
    for id in 0..<5 as Range<GeneratorIndex> { world.word(.alive, id, retained: true) }
    for second in 0..<60 {
      for id in 0..<5 as Range<GeneratorIndex> where second % 10 == 0 {
        // The first three fall silent.
        if id > 2 && (id != 3 || second < 50) || second < 30 { world.sample(id) }
      }
      if second == 35 {
        world.word(.lastWill, 0)
        world.word(.disconnected, 1)
      }
      world.run(1)
    }
    let (fleet, counts) = (world.fleet, world.fleet.counts)
    let words = ["lost", "disconnected", "stale", "late", "live", "never"]
    #expect(fleet.generators.map(\.conditions.presence) == words)
    #expect(
      [counts.lost, counts.disconnected, counts.stale, counts.late, counts.never] == [
        1, 1, 1, 1, 1,
      ]
    )
    // Those that are gone are overdue no more, though their data is as old.
    #expect(counts.overdue == 2 && world.hop(.mqtt)?.detail == "overdue 2")
    #expect(counts.named["stale"] == 1 && counts.named["lost"] == 1 && counts.named["overdue"] == 2)
    #expect(fleet.summedUp(at: world.now.monotonic).fleet.sending == counts.online)
  }

  @Test func alarmsAreEvents() {
    var world = World()
    for (alarm, fuel) in [(AlarmFlag.noAction, 600.0), (.refuel, 450), (.noAction, 900)] {
      world.pass(60)
      world.record(fuel: fuel, alarm: alarm)
    }
    let alarms = world.events.filter { $0.kind.alarm != nil }
    #expect(alarms.map(\.kind) == [.alarmRaised(.refuel), .alarmCleared(.refuel)])
    #expect(alarms.map(\.amount) == [450, 900])
    #expect(alarms.map(\.kind.name) == ["alarmRaised", "alarmCleared"])
    #expect(FleetEvent.Kind.allCases.count == Set(FleetEvent.Kind.allCases).count)
  }

  @Test func whatStoodBeforeWeLookedIsNoEvent() {
    var world = World()
    world.record(fuel: 450, alarm: .refuel)
    #expect(world.alarm != nil && world.kinds.isEmpty)
  }
}
