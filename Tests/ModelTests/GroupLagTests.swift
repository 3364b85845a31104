import Testing

@testable import Model

/// What is said of a consumer group, against what is true of it.
struct GroupLagTests {
  // MARK: - Death

  @Test(arguments: [1.0, 2, 5])
  func aGroupThatCommitsNoMoreIsToldWithin25Seconds(rhythm: Double) throws {
    var world = GroupWorld.watched(rhythm: rhythm)
    #expect(world.state == .ok)
    let took = world.secondsUntil(.stop) { if $0.isAt(1) { $0.write(10) } }
    #expect((10...25).contains(took), "\(took)")
    #expect(world.group.reason?.hasPrefix("stopped: no commit for 1") == true)
    // And again as soon as it commits.
    world.run(4) { GroupWorld.well(&$0) }
    world.run(6) { GroupWorld.well(&$0) }
    #expect(world.state == .ok)
  }

  @Test func aPartitionThatStaysWhileOthersMoveIsStalled() throws {
    var world = GroupWorld.watched(4)
    let took = world.secondsUntil(.stall) { world in
      for partition in 0..<4 {
        if world.isAt(1) { world.write(10, to: partition) }
        if world.isAt(5), partition != 2 { world.commit(of: partition) }
      }
    }
    #expect(took <= 25)
    #expect(world.group.reason?.hasSuffix(" on 1 of 4 partitions") == true)
    #expect(world.group.partitions.map(\.state) == [.ok, .ok, .stall, .ok])
  }

  @Test func membersThatLiveAndDoNotMoveAreStalledAfterAMinute() {
    var world = GroupWorld.watched()
    world.members = .some(1)
    world.run(40) { if $0.isAt(1) { $0.write(10) } }
    // After a SIGKILL its coordinator knows it for the length of a session.
    #expect(world.state == .stop)
    world.run(40) { if $0.isAt(1) { $0.write(10) } }
    #expect(world.state == .stall)
  }

  @Test func noMembersIsToldWithin15SecondsOfTheCoordinatorsWord() throws {
    var world = GroupWorld.watched()
    world.members = .some(1)
    world.run(10) { GroupWorld.well(&$0) }
    world.members = GroupMembers.none
    let took = world.secondsUntil(.noMembers) { if $0.isAt(1) { $0.write(10) } }
    #expect(took <= 15)
    #expect(world.group.members == 0)
  }

  @Test func aRestartOfAMemberIsNoAlarm() {
    var world = GroupWorld.watched()
    world.members = .some(1)
    world.run(10) { GroupWorld.well(&$0) }
    world.members = GroupMembers.none
    world.run(6) { if $0.isAt(1) { $0.write(10) } }
    world.members = .some(1)
    world.run(10) { world in
      GroupWorld.well(&world)
      #expect(world.state.severity == .ok)
    }
  }

  @Test func aGroupWithoutMembersThatCommitsIsWell() {
    var world = GroupWorld.watched()
    world.members = GroupMembers.none
    world.run(120) { world in
      GroupWorld.well(&world)
      #expect(world.state.severity == .ok)
    }
  }

  @Test func whereMembersAreNotToldTheRestWorks() throws {
    var world = GroupWorld.watched()
    world.members = .notTold
    let took = world.secondsUntil(.stop) { if $0.isAt(1) { $0.write(10) } }
    #expect(took <= 25)
    #expect(world.group.members == nil)
  }

  @Test func aGroupThatWasDeadBeforeWeLookedIsUnknownThenStopped() throws {
    var world = GroupWorld()
    world.write(500)
    world.commit(100)
    world.run(4) { if $0.isAt(1) { $0.write(10) } }
    #expect(world.state == .unknown)
    #expect(world.group.reason == "too few commits seen to judge it")
    #expect(world.group.recordsBehind == 440)
    let took = world.secondsUntil(.stop) { if $0.isAt(1) { $0.write(10) } }
    #expect(took <= 130)
  }

  // MARK: - Quiet

  @Test func theClockStartsWhenTheGroupFellBehind() {
    var world = GroupWorld.watched()
    world.run(10) { if $0.isAt(5) { $0.commit() } }
    world.run(140)
    #expect(world.state == .idle)
    world.write(1)
    world.run(4) { world in #expect(world.state.severity == .ok) }
    world.commit()
    world.run(4) { world in #expect(world.state.severity == .ok) }
    // And if it does not come, it is dead.
    world.write(1)
    #expect(world.secondsUntil(.stop) <= 25)
  }

  @Test func markersOfTransactionsAreNoLag() {
    var world = GroupWorld.watched()
    for _ in 0..<3 {
      world.write(10)
      world.commit()
      // The marker behind it takes an offset, which no consumer commits.
      world.write(1, isMarker: true)
      world.run(200) { world in
        #expect(world.state.severity == .ok)
      }
      #expect(world.group.recordsBehind == 0)
      #expect(world.state == .idle)
    }
    // One read for each, and one now and then for the clock.
    #expect(world.reads < 12)
    world.write(5)
    #expect(world.secondsUntil(.stop) <= 25)
    #expect(world.group.recordsBehind == 5)
  }

  @Test func partitionsNeverCommittedCountFromTheirStart() {
    var world = GroupWorld(2)
    world.write(100)
    world.commit(98)
    world.truth[1].low = 50
    world.truth[1].end = 50
    world.write(250, to: 1)
    world.run(4)
    #expect(world.state == .neverCommitted)
    #expect(world.group.recordsBehind == 252)
    #expect(world.group.recordsUncommitted == 250)
    #expect(
      world.group.reason == "no commit yet on 1 of 2 partitions, 250 records from the start"
    )
    // The hop tells no sum of what may be meant so.
    #expect(world.lag.recordsBehind == nil)
  }

  @Test func aGroupThatNeverCommittedAtAllIsUnknownAtMost() {
    var world = GroupWorld(2)
    world.run(4)
    #expect(world.state == .unknown)
    #expect(world.group.reason == "the group has never committed")
    world.write(1)
    world.run(2)
    #expect(world.state == .neverCommitted)
  }

  // MARK: - Transactions

  @Test func aHungTransactionIsToldWithBothFigures() throws {
    var world = GroupWorld.watched()
    let open = world.truth[0].end
    world.commit()
    world.truth[0].open = open
    let took = world.secondsUntil(.transaction) { world in
      if world.isAt(1) { world.write(10) }
      if world.isAt(5) { world.commit(open) }
    }
    #expect((14...18).contains(took), "\(took)")
    world.run(41) { if $0.isAt(1) { $0.write(10) } }
    #expect(world.state == .transaction)
    let partition = world.group.partitions[0]
    #expect(partition.recordsBehind == Int(world.truth[0].end - open))
    #expect(partition.recordsToStable == 0)
    #expect(
      world.group.reason
        == "held up by an open transaction for \(Int(partition.forSeconds ?? 0)) s: "
        + "\(partition.recordsBehind ?? 0) to the end, 0 to the last stable offset"
    )
    world.truth[0].open = nil
    world.run(6) { GroupWorld.well(&$0) }
    #expect(world.state == .ok)
  }

  @Test func oneLookOrTwoTellAHungTransactionByItsStamp() {
    var world = GroupWorld()
    world.write(20)
    world.run(100)
    world.write(580)
    world.truth[0].open = 20
    world.commit(20)
    world.run(40)
    // Nobody looked until now.
    world.tracker = LagTracker()
    world.run(4)
    #expect(world.state == .transaction)
    #expect(world.group.recordsBehind == 580)
    #expect(world.group.partitions[0].forSeconds.map { (40...46).contains($0) } == true)
    #expect(world.tracker.isSettled(at: world.now))
  }

  @Test func shortTransactionsAreNone() {
    var world = GroupWorld.watched()
    world.run(300) { world in
      if world.isAt(1) { world.write(10) }
      // Open for ten seconds of each twelve.
      if world.isAt(12) { world.truth[0].open = world.truth[0].end }
      if world.isAt(6), !world.isAt(12) {
        world.write(1, isMarker: true)
        world.truth[0].open = nil
      }
      if world.isAt(5) { world.commit(world.truth[0].stable) }
      #expect(world.state.severity == .ok)
    }
  }

  @Test func aGroupThatReadsUncommittedIsNotHeldUp() {
    var world = GroupWorld.watched()
    world.truth[0].open = world.truth[0].end
    world.run(100) { world in
      GroupWorld.well(&world)
      #expect(world.state.severity == .ok, "\(world.group)")
    }
  }
}
