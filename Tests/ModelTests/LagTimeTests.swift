import TestSupport
import Testing

@testable import Model

/// How long a group is behind, whatever the clocks of producers say, and how often it commits.
struct LagTimeTests {
  /// Its offsets go on, and nothing is written.
  @Test(arguments: [(28, 28, HopState.warning), (14, 28, .warning), (2, 28, .ok), (2, 2, .ok)])
  func aSinkWhoseRecordsEndAsDeadLettersIsNotWell(letters: Int, read: Int, state: HopState) {
    var world = World { $0.sinkGroup = "sink" }
    var group = GroupFigures(name: "sink")
    (group.state, group.committed, group.recordsBehind) = (.ok, 100, 0)
    (group.deadLetters, group.recordsRead) = (letters, read)
    world.apply(.groupLag(GroupLag([group])))
    let hop = world.hop(.sink)
    #expect(hop?.state == state)
    #expect(hop?.reason == (state == .ok ? nil : "dead letters: \(letters) of \(read) records"))
    #expect(hop?.detail == (state == .ok ? "dead letters \(letters)" : nil))
  }

  /// How old the first unread record truly is.
  private func truth(_ world: GroupWorld) -> Double {
    let truth = world.truth[0]
    guard let committed = truth.committed, committed < truth.end else { return 0 }
    return world.seconds - (truth.cameAt[committed] ?? 0)
  }

  /// A sink that reads 3 of 10 records, whose producers' clock is off, and how far what is told is from the truth at
  /// most, but for the seconds in which nothing is known.
  private func slowSink(
    _ clock: Double,
    lookedAtFrom start: Double
  ) -> (error: Double, shown: Double) {
    var world = GroupWorld()
    world.clock = clock
    var (error, shown, looks, read) = (0.0, 0.0, 0.0, 0.0)
    while world.seconds < start {
      world.skip(1)
      world.write(10)
      read += 3
    }
    world.commit(Int64(read))
    world.run(120) { world in
      guard world.isAt(1) else { return }
      world.write(10)
      read += 3
      if world.isAt(5) { world.commit(Int64(read)) }
      guard world.isAt(2) else { return }
      looks += 1
      guard let told = world.group.secondsBehind, !world.group.isEstimated else { return }
      shown += 1
      error = max(error, abs(told - self.truth(world)))
    }
    return (error, shown / looks)
  }

  /// The clock that stamps decides nothing: ten minutes ahead hid a slow sink, an hour behind made a calm one critical.
  @Test(arguments: [0.0, 600, -3_600, 20, -20], [0.0, 1_000])
  func aForeignClockDecidesNothing(clock: Double, start: Double) {
    let (error, shown) = slowSink(clock, lookedAtFrom: start)
    // Two looks are two seconds apart, and a record may lie anywhere between.
    #expect(error <= 5, "\(error)")
    #expect(shown >= 0.9, "\(shown)")
  }

  @Test(arguments: [0.0, 600, -3_600])
  func aCalmSinkIsCalmWhateverTheClock(clock: Double) {
    var world = GroupWorld()
    world.clock = clock
    world.skip(1_000)
    world.write(5_000)
    world.commit(4_995)
    world.run(300) { world in
      GroupWorld.well(&world)
      #expect(world.state.severity <= .unknown, "\(world.group)")
      #expect(world.group.lateSeconds ?? 0 <= 30)
    }
    #expect(world.state == .ok)
  }

  @Test func aStampAheadOfOurClockIsShown() {
    var world = GroupWorld()
    world.clock = 600
    world.commit(0)
    world.run(20) { GroupWorld.well(&$0) }
    #expect(world.group.clockAhead.map { (595...605).contains($0) } == true)
    var hop = World { $0.sinkGroup = "sink" }
    hop.apply(.groupLag(world.lag))
    #expect(hop.hop(.sink)?.detail == "clock +10 min")
    // Put right, it is gone with the next stamp that is read.
    world.clock = 0
    world.run(320) { GroupWorld.well(&$0) }
    #expect(world.group.clockAhead == nil)
  }

  /// On a machine with much to do ten seconds may lie between two looks, and the record anywhere between.
  @Test func aSlowLookProvesNothing() {
    var world = GroupWorld()
    world.write(10)
    world.commit()
    world.run(2)
    world.skip(9)
    world.write(5)
    world.skip(1)
    world.look()
    #expect(world.group.clockAhead == nil)
  }

  @Test func aStampBehindOurClockProvesNothing() {
    var world = GroupWorld()
    world.clock = -3_600
    world.commit(0)
    world.run(20) { GroupWorld.well(&$0) }
    #expect(world.group.clockAhead == nil)
  }

  @Test func whatWasThereBeforeWeLookedAndIsStampedAheadIsNotKnown() {
    var world = GroupWorld()
    world.clock = 600
    world.write(100)
    world.commit(10)
    world.run(4)
    #expect(world.group.secondsBehind == nil)
    #expect(world.group.recordsBehind == 90)
    #expect(world.group.clockAhead.map { (590...600).contains($0) } == true)
  }

  // MARK: - A group's own rhythm

  /// Kafka Connect's sink: it reads at once and commits each 60 s.
  @Test func aSawOfAMinuteIsCalmForHalfAnHour() {
    var world = GroupWorld()
    world.commit(0)
    var hop = World { $0.sinkGroup = "connect-sink" }
    world.run(1_800) { world in
      GroupWorld.well(&world, rhythm: 60)
      guard world.isAt(2) else { return }
      hop.apply(.groupLag(world.lag))
      #expect(hop.hop(.sink)?.state ?? .critical <= .unknown, "\(world.seconds) \(world.group)")
      if world.seconds > 200 { #expect(hop.hop(.sink)?.state == .ok) }
    }
    #expect(hop.hop(.sink)?.detail == "commits each 60 s")
    #expect(hop.hop(.sink)?.upTo == 60)
    #expect(world.group.commitsEach.map { (57...63).contains($0) } == true)
  }

  /// Records come to one partition after the other, for twenty seconds each.
  @Test func aSawIsKnownWhereRecordsComeInBursts() {
    var world = GroupWorld(4)
    for partition in 0..<4 { world.commit(0, of: partition) }
    world.run(1_800) { world in
      if world.isAt(1) { world.write(5, to: Int(world.seconds / 20) % 4) }
      if world.isAt(60) { for partition in 0..<4 { world.commit(of: partition) } }
      #expect(world.state.severity <= .unknown, "\(world.seconds) \(world.group)")
    }
    #expect(world.group.commitsEach.map { (57...63).contains($0) } == true)
  }

  @Test func halfSpeedIsToldWithinThreeCommits() throws {
    var world = GroupWorld()
    world.commit(0)
    world.run(600) { GroupWorld.well(&$0, rhythm: 60) }
    var read = Double(world.truth[0].end)
    let took = world.secondsUntil(.warn) { world in
      if world.isAt(1) {
        world.write(10)
        read += 5
      }
      if world.isAt(60) { world.commit(Int64(read)) }
    }
    #expect(took <= 182, "\(took)")
  }

  @Test func deathIsToldAfterTheSecondCommitThatDidNotCome() throws {
    var world = GroupWorld()
    world.commit(0)
    world.run(600) { GroupWorld.well(&$0, rhythm: 60) }
    let took = world.secondsUntil(.stop) { if $0.isAt(1) { $0.write(10) } }
    #expect((120...135).contains(took), "\(took)")
  }

  /// A record now and then on each of four partitions, while the group commits once a minute.
  @Test(arguments: 1...8)
  func aQuietTopicWithASlowRhythmIsCalm(seed: Int) {
    var world = GroupWorld(4)
    for partition in 0..<4 { world.commit(0, of: partition) }
    var random = Seeded(state: UInt64(seed))
    world.run(3_600) { world in
      if world.isAt(1), Int.random(in: 0..<40, using: &random) == 0 {
        world.write(1, to: Int.random(in: 0..<4, using: &random))
      }
      if world.isAt(60) { for partition in 0..<4 { world.commit(of: partition) } }
      #expect(world.state.severity <= .unknown, "\(world.seconds) \(world.group)")
    }
  }

  @Test func aStallThatIsOverIsNoRhythm() {
    var world = GroupWorld()
    world.commit(0)
    world.run(100) { GroupWorld.well(&$0) }
    world.run(300) { if $0.isAt(1) { $0.write(10) } }
    world.run(40) { GroupWorld.well(&$0) }
    #expect(world.state == .ok)
    let took = world.secondsUntil(.stop) { if $0.isAt(1) { $0.write(10) } }
    #expect(took <= 25, "\(took)")
  }

  /// Commits at times of chance of one to nine seconds, and bursts of ten times as much.
  @Test(arguments: 1...8)
  func anUnsteadyGroupThatKeepsUpIsCalm(seed: Int) {
    var world = GroupWorld()
    world.commit(0)
    var random = Seeded(state: UInt64(seed))
    var next = 0.0
    world.run(3_600) { world in
      if world.isAt(1) { world.write(Int.random(in: 0..<10, using: &random) == 0 ? 100 : 10) }
      if world.seconds >= next {
        world.commit()
        next = world.seconds + Double.random(in: 1...9, using: &random)
      }
      #expect(world.state.severity <= .unknown, "\(world.seconds) \(world.group)")
    }
    #expect(world.state == .ok)
  }
}

struct EndTrackTests {
  @Test func aLineBetweenTwoLooksTellsWhenARecordCame() {
    var ends = EndTrack()
    ends.add(100, at: 0)
    ends.add(200, at: 2_000_000_000)
    #expect(ends.passed(99) == nil)
    #expect(ends.passed(100) == 0)
    #expect(ends.passed(150) == 1_000_000_000)
    #expect(ends.passed(200) == nil)
  }

  @Test func afterAPauseARecordIsNoOlderThanTheLookBeforeIt() {
    var ends = EndTrack()
    for second in 0...140 { ends.add(100, at: Int64(second) * 1_000_000_000) }
    ends.add(101, at: 141_000_000_000)
    #expect(ends.passed(100) == 140_000_000_000)
  }

  @Test func hoursFitIntoSixtyPoints() throws {
    var ends = EndTrack()
    for look in 0..<10_000 { ends.add(Int64(look) * 20, at: Int64(look) * 2_000_000_000) }
    for look in stride(from: 1, to: 10_000, by: 997) {
      let came = try #require(ends.passed(Int64(look) * 20))
      #expect(abs(came.seconds - Double(look) * 2) < 0.01)
    }
    #expect(ends.first == 0)
  }

  @Test func offsetsOfAnySizeTrapNowhere() {
    var ends = EndTrack()
    ends.add(.min, at: .min)
    ends.add(.max, at: .max)
    #expect(ends.passed(0) != nil)
    ends.forget(below: .max)
    #expect(ends.passed(.max) == nil)
  }
}
