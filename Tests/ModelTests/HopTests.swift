import Testing

@testable import Model

struct HopTests {
  private func retrying(_ reason: String = "refused") -> FeedStatus {
    .retrying(reason: reason, nextTry: 0, attempt: 1)
  }

  @Test func comeInTheOrderOfTheData() {
    #expect(World().fleet.hops(at: 0).map(\.id) == HopID.allCases)
  }

  @Test func everyHopHasANameAndAStationOfItsOwn() {
    let rows = HopID.allCases.map(\.row)
    #expect(Set(rows.map(\.name)).count == rows.count)
    #expect(Set(rows.map(\.station)).count == rows.count)
  }

  @Test func withNothingConfiguredNothingIsKnownAndAllSayWhy() {
    let world = World(mqtt: false, kafka: false) {
      $0.hasEnrichedFeed = false
      $0.hasRawFeed = false
    }
    for hop in world.fleet.hops(at: world.now.monotonic) {
      #expect(hop.state == .unknown)
      #expect(hop.reason != nil)
      #expect(hop.ratePerSecond == nil)
      #expect(hop.secondsBehind == nil)
    }
  }

  @Test func mqttTellsRateAgeAndWhoIsOverdue() {
    var world = World(generators: ["a", "b"])
    for _ in 0..<60 {
      world.run(1)
      world.sample(0)
    }
    world.pass(0.5)
    #expect(world.hop(.mqtt)?.state == .ok)
    #expect(world.hop(.mqtt)?.ratePerSecond == 1)
    #expect(world.hop(.mqtt)?.secondsBehind == 0.5)
    #expect(world.hop(.mqtt)?.detail == nil)
    world.run(10)
    #expect(world.hop(.mqtt)?.detail == "overdue 1")
    world.run(60)
    #expect(world.hop(.mqtt)?.state == .warning)
    #expect(world.hop(.mqtt)?.reason == "subscribed, nothing for 70 s")
  }

  @Test func aFeedSaysWhyItIsAway() {
    var world = World(mqtt: false, kafka: false)
    world.apply(.status(.mqtt, .connecting))
    world.apply(.status(.kafka, .connecting))
    #expect(world.hop(.mqtt)?.state == .unknown)
    #expect(world.hop(.enriched)?.state == .unknown)
    #expect(world.hop(.mqtt)?.reason == "connecting")
    for feed in FeedKind.allCases { world.apply(.status(feed, retrying())) }
    #expect(world.hop(.mqtt)?.state == .critical)
    #expect(world.hop(.mqtt)?.reason == "refused")
    #expect(world.hop(.enriched)?.state == .critical)
    #expect(world.hop(.enriched)?.reason == "refused")
    for feed in FeedKind.allCases { world.apply(.status(feed, .degraded(reason: "denied"))) }
    #expect(world.hop(.mqtt)?.state == .warning)
    #expect(world.hop(.enriched)?.reason == "denied")
  }

  @Test func theBridgeIsMeasuredBySamplesSeenOnBothSides() {
    var world = World { $0.tailsRawTopic = true }
    #expect(world.hop(.bridge)?.reason == "looking for the raw topic")
    world.apply(.progress(World.progress(.raw, names: [])))
    #expect(world.hop(.bridge)?.reason == "raw topic not found")
    world.apply(.progress(World.progress(.raw)))
    #expect(world.hop(.bridge)?.reason == "no sample seen on both sides yet")
    #expect(world.hop(.bridge)?.state == .unknown)
    for step in 0..<20 {
      world.run(1)
      world.sample(fuel: Double(step))
      world.pass(0.25)
      world.sample(fuel: Double(step), from: .rawTopic)
    }
    #expect(world.hop(.bridge)?.state == .ok)
    #expect(world.hop(.bridge)?.secondsBehind == 0.25)
    #expect(world.hop(.bridge)?.recordsBehind == 0)
    #expect(world.generator().samples == 20)
    #expect(world.generator().interval.seconds == 1.25)
  }

  @Test func aBridgeThatStandsStillIsSeen() {
    var world = World { $0.tailsRawTopic = true }
    world.apply(.progress(World.progress(.raw)))
    for step in 0..<20 {
      world.run(1)
      world.sample(fuel: Double(step))
      world.sample(fuel: Double(step), from: .rawTopic)
    }
    for step in 0..<40 {
      world.run(1)
      world.sample(fuel: Double(100 + step))
    }
    #expect(world.hop(.bridge)?.state == .warning)
    #expect(world.hop(.bridge)?.secondsBehind == 39)
    #expect(world.hop(.bridge)?.recordsBehind == 40)
    #expect(world.hop(.bridge)?.reason == "samples are not getting through")
    world.sample(fuel: 139, from: .rawTopic)
    #expect(world.hop(.bridge)?.recordsBehind == 0)
  }

  @Test func aBridgeOfAFleetAtRestIsSeenToStandStillToo() {
    var world = World { $0.tailsRawTopic = true }
    world.apply(.progress(World.progress(.raw)))
    for _ in 0..<130 {
      world.run(1)
      world.sample(fuel: 500)
    }
    #expect(world.hop(.bridge)?.state == .critical)
  }

  @Test func theBridgeSaysWhyItIsNotMeasured() {
    #expect(World().hop(.bridge)?.reason == "raw topic not read")
    let fromKafka = World {
      $0.tailsRawTopic = true
      $0.rawFeedIsKafka = true
    }
    #expect(fromKafka.hop(.bridge)?.reason == "no MQTT feed to compare with")
    let away = World(kafka: false) { $0.tailsRawTopic = true }
    #expect(away.hop(.bridge)?.reason == "Kafka is away")
  }

  @Test(arguments: [
    (0, 0.0, HopState.ok), (5, 10, .ok), (5, 31, .warning), (5, 121, .critical),
  ])
  func theSinkIsJudgedByTime(records: Int, seconds: Double, state: HopState) {
    var world = World { $0.sinkGroup = "sink" }
    #expect(world.hop(.sink)?.reason == "asking for group sink")
    world.apply(.groupLag(GroupLag(recordsBehind: records, secondsBehind: seconds, committed: 1)))
    #expect(world.hop(.sink)?.state == state)
    #expect(world.hop(.sink)?.recordsBehind == records)
    #expect(world.hop(.sink)?.secondsBehind == seconds)
    #expect((world.hop(.sink)?.reason == nil) == (state == .ok))
  }

  @Test func aLagThatIsNotToldAnyMoreIsUnknown() {
    var world = World { $0.sinkGroup = "sink" }
    world.apply(.groupLag(GroupLag(recordsBehind: 5, secondsBehind: 1, committed: 10)))
    world.run(20)
    #expect(world.hop(.sink)?.state == .ok)
    world.run(20)
    #expect(world.hop(.sink)?.state == .unknown)
    #expect(world.hop(.sink)?.reason == "not told for 40 s")
  }

  @Test func aSinkWhoseLagIsUnknownSaysWhy() {
    var world = World { $0.sinkGroup = "sink" }
    world.apply(.groupLag(GroupLag(reason: "not authorised")))
    #expect(world.hop(.sink)?.state == .unknown)
    #expect(world.hop(.sink)?.reason == "not authorised")
    world.apply(.groupLag(GroupLag(recordsBehind: 5, committed: 1)))
    #expect(world.hop(.sink)?.state == .unknown)
    world.apply(.status(.kafka, retrying()))
    #expect(world.hop(.sink)?.reason == "Kafka is away")
    #expect(World().hop(.sink)?.reason == "no group configured")
  }

  @Test func theTaskIsMeasuredFromSampleToRecord() {
    var world = World()
    for step in 0..<5 {
      world.run(30)
      world.sample(fuel: Double(800 - step))
      world.run(20)
      world.record(fuel: Double(800 - step), age: 20)
    }
    #expect(world.hop(.task)?.secondsBehind == 20)
    #expect(world.hop(.task)?.state == .ok)
    // The same record again is no new measurement.
    world.run(30)
    world.record(fuel: 796, age: 50)
    #expect(world.hop(.task)?.secondsBehind == 20)
  }

  @Test func generatorsThatSendButAreNotEnrichedAreMissing() {
    var world = World(generators: ["a", "b", "c", "d", "e", "f"])
    for step in 0..<40 {
      world.run(5)
      for index in 0..<6 as Range<GeneratorIndex> { world.sample(index, fuel: Double(900 - step)) }
      guard step % 12 == 11 else { continue }
      for index in 1..<6 as Range<GeneratorIndex> { world.record(index, fuel: Double(900 - step)) }
    }
    #expect(world.hop(.task)?.state == .warning)
    #expect(world.hop(.task)?.detail == "missing 1")
    world.apply(.status(.kafka, retrying()))
    #expect(world.hop(.task)?.reason == "Kafka is away")
    world.run(1)
    #expect(world.fleet.traffic.differences.total == 0)
    world.apply(.status(.kafka, .live))
    for step in 0..<40 {
      world.run(5)
      for index in 0..<6 as Range<GeneratorIndex> { world.sample(index, fuel: Double(900 - step)) }
    }
    #expect(world.hop(.task)?.state == .critical)
    #expect(world.hop(.task)?.detail == "missing 6")
  }

  @Test func aGeneratorThatJustCameBackIsNotMissingYet() {
    var world = World()
    for step in 0..<12 {
      world.run(5)
      world.sample(fuel: Double(step))
    }
    world.record()
    world.run(600)
    for step in 0..<12 {
      world.run(5)
      world.sample(fuel: Double(step))
    }
    #expect(world.fleet.traffic.differences.total == 0)
  }

  @Test func theTaskSaysWhyItIsNotMeasured() {
    #expect(World().hop(.task)?.reason == "no record matched to a sample yet")
    #expect(World { $0.hasEnrichedFeed = false }.hop(.task)?.reason == "no Kafka configured")
    #expect(World { $0.hasRawFeed = false }.hop(.task)?.reason == "no raw feed to compare with")
  }

  @Test func theEnrichedTopicIsJudgedByHowFarWeAreBehind() {
    var world = World(mqtt: false)
    world.record()
    world.run(2)
    #expect(world.hop(.enriched)?.state == .ok)
    #expect(world.hop(.enriched)?.secondsBehind == 0)
    for _ in 0..<20 {
      world.run(1)
      world.record()
    }
    world.pass(0.9)
    world.apply(.progress(World.progress(.enriched, behind: 200)))
    #expect(world.hop(.enriched)?.state == .critical)
    #expect(world.hop(.enriched)?.isEstimated == true)
    #expect(world.hop(.enriched)?.reason == "we do not keep up")
    world.apply(.progress(World.progress(.enriched, behind: 0)))
    world.run(120)
    #expect(world.hop(.enriched)?.state == .ok)
    world.run(60)
    #expect(world.hop(.enriched)?.state == .warning)
    #expect(world.hop(.enriched)?.reason == "nothing for 180 s")
  }

  @Test func theScreenTellsWhatWasFoldedAndIsUnsent() {
    var world = World()
    #expect(world.hop(.screen)?.reason == "no screen")
    var figures = ScreenFigures()
    for frame in 1...20 {
      world.run(1)
      figures.frames = frame
      world.fleet.apply(figures, at: world.now)
    }
    #expect(world.hop(.screen)?.state == .ok)
    #expect(world.hop(.screen)?.detail == nil)
    figures.unsentBytes = 12
    figures.folded = 3
    figures.blockedSince = world.now.monotonic - 2_000_000_000
    world.fleet.apply(figures, at: world.now)
    #expect(world.hop(.screen)?.state == .warning)
    #expect(world.hop(.screen)?.detail == "left out 3, unsent 12 B")
    #expect(world.hop(.screen)?.secondsBehind == 2)
  }
}
