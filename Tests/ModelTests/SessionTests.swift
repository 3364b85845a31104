import Testing

@testable import Model

struct SessionTests {
  @Test func aLiveWillIsAnEventAndTheNextSampleBringsTheGeneratorBack() {
    var world = World()
    world.sample()
    world.pass(1)
    world.word(.lastWill)
    #expect(world.generator().session == .lost)
    #expect(world.generator().conditions == [.lost])
    #expect(world.fleet.counts.lost == 1)
    world.pass(4)
    world.sample()
    #expect(world.generator().session == .online)
    #expect(world.kinds == [.lastWill, .online])
    #expect(world.events[1].amount == 4)
    #expect(world.fleet.counts.lost == 0)
  }

  @Test func aRetainedWillTellsTheStateButNoTime() {
    var world = World()
    world.word(.lastWill, retained: true)
    #expect(world.generator().session == .lost)
    #expect(world.generator().sessionAt == nil)
    #expect(world.events.map(\.isRetained) == [true])
    world.pass(5)
    world.sample()
    #expect(world.kinds == [.lastWill, .online])
    #expect(world.events[1].amount == nil)
  }

  @Test func thatAGeneratorIsThereWhenWeLookIsNoEvent() {
    var world = World()
    world.word(.alive, retained: true)
    #expect(world.generator().session == .online)
    #expect(world.kinds == [])
  }

  @Test func retainedSamplesProveNoLife() {
    var world = World()
    world.word(.lastWill)
    world.pass(1)
    world.sample(fuel: 123, retained: true)
    #expect(world.generator().session == .lost)
    #expect(world.generator().freshness == .never)
    #expect(world.generator().reading.fuel == 123)
    #expect(world.generator().readingAt == nil)
    #expect(world.fleet.traffic.retained == 1)
    #expect(world.fleet.traffic.mqttRate.total == 0)
    world.sample(fuel: 200)
    world.sample(fuel: 99, retained: true)
    #expect(world.generator().reading.fuel == 200)
  }

  @Test(arguments: [PresenceChange.Word.lastWill, .disconnected, .alive])
  func retainedWordsRepeatedAfterOurReconnectChangeNothing(word: PresenceChange.Word) {
    var world = World()
    world.sample()
    world.word(word)
    let (session, since, kinds) = (
      world.generator().session, world.generator().sessionAt, world.kinds
    )
    world.apply(.status(.mqtt, .retrying(reason: "gone", nextTry: 0, attempt: 1)))
    world.pass(30)
    world.apply(.status(.mqtt, .live))
    world.word(word, retained: true)
    #expect(world.generator().session == session)
    #expect(world.generator().sessionAt == since)
    #expect(world.kinds == kinds)
  }

  @Test func aWillWhileWeWereAwayIsAnEventOfTheBrokersMemory() {
    var world = World()
    world.sample()
    world.word(.alive)
    world.apply(.status(.mqtt, .retrying(reason: "gone", nextTry: 0, attempt: 1)))
    world.pass(30)
    world.apply(.status(.mqtt, .live))
    world.word(.lastWill, retained: true)
    #expect(world.generator().session == .lost)
    #expect(world.events.last?.isRetained == true)
  }

  @Test func aRetainedWillBehindALiveSampleIsOld() {
    var world = World()
    world.pass(1)
    world.sample()
    world.pass(1)
    world.word(.lastWill, retained: true)
    #expect(world.generator().session == .unknown)
    #expect(world.kinds == [])
  }

  @Test func aGhostsWillIsToldAndOvertakenByTheSampleAfterIt() {
    var world = World()
    world.sample()
    world.pass(10)
    world.sample()
    world.word(.lastWill, after: -4)
    #expect(world.generator().session == .online)
    #expect(world.kinds == [.lastWill, .online])
    #expect(world.events.map(\.amount) == [nil, 4])
    #expect(world.generator().conditions == [])
  }

  @Test func aSampleFromBeforeTheWillBringsNobodyBack() {
    var world = World()
    world.word(.lastWill, after: 0.5)
    world.sample()
    #expect(world.generator().session == .lost)
    world.pass(1)
    world.sample()
    #expect(world.generator().session == .online)
  }

  @Test func aGoodbyeIsNoLoss() {
    var world = World()
    world.sample()
    world.word(.disconnected)
    #expect(world.generator().conditions == [.disconnected])
    #expect(world.kinds == [.disconnected])
    world.run(300)
    #expect(world.generator().conditions == [.disconnected])
    #expect(world.generator().freshness == .stale)
    #expect(world.kinds == [.disconnected])
  }

  @Test(arguments: [true, false])
  func backIsToldOnceWhetherTheWordOrTheSampleComesFirst(wordFirst: Bool) {
    var world = World()
    for _ in 0..<5 {
      world.sample()
      world.pass(10)
    }
    world.run(60)
    #expect(world.kinds == [.stale])
    world.word(.lastWill)
    world.pass(60)
    if wordFirst { world.word(.alive) }
    world.sample()
    world.pass(1)
    if !wordFirst { world.word(.alive) }
    world.sample()
    #expect(world.kinds == [.stale, .lastWill, .online])
    #expect(world.events[2].amount == 60)
  }

  @Test func aClearedWordLeavesTheSessionUnknown() {
    var world = World()
    world.word(.lastWill)
    world.word(.cleared)
    #expect(world.generator().session == .unknown)
    #expect(world.kinds == [.lastWill])
  }

  @Test func eventsHaveTheTimeAtWhichThingsHappened() {
    var world = World()
    world.word(.lastWill, after: -2)
    #expect(world.events[0].stamp.monotonic == world.now.monotonic - 2_000_000_000)
    #expect(world.events[0].stamp.wall == world.now.wall - 2_000_000_000)
  }

  @Test func foldedWordsTellTheirFirstAndLastAndHowMany() {
    var world = World()
    let time = world.now.monotonic
    var fold = FoldedPresence(
      first: PresenceChange(generator: 0, word: .lastWill, receivedAt: time - 9)
    )
    for step in 1..<9 {
      let word: PresenceChange.Word = step % 2 == 0 ? .lastWill : .alive
      fold.add(PresenceChange(generator: 0, word: word, receivedAt: time - 9 + Int64(step)))
    }
    fold.add(PresenceChange(generator: 0, word: .alive, receivedAt: time))
    world.apply(.foldedPresence([fold]))
    #expect(world.generator().session == .online)
    #expect(world.kinds == [.lastWill, .online])
    #expect(world.fleet.traffic.foldedWords == 8)
  }

  @Test func theLogKeepsTheLastEventsAndCountsAll() {
    var world = World()
    for _ in 0..<1_500 {
      world.word(.lastWill)
      world.word(.alive)
    }
    #expect(world.fleet.events.total == 3_000)
    #expect(world.fleet.events.count == 2_000)
    #expect(world.fleet.events.newest(0)?.number == 2_999)
    #expect(world.fleet.events.newest(1_999)?.number == 1_000)
    #expect(world.fleet.events.newest(2_000) == nil)
    #expect(world.fleet.events.newest(-1) == nil)
  }
}
