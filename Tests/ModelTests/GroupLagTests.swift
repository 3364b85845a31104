import Testing

@testable import Model

/// What is said of a consumer group, against what is true of it.
struct GroupLagTests {
  /// A group that has committed often enough to be known.
  private func watched(_ partitions: Int = 1, rhythm: Double = 5) -> GroupWorld {
    var world = GroupWorld(partitions)
    for partition in 0..<partitions { world.commit(0, of: partition) }
    world.run(6 * rhythm) { world in
      for partition in 0..<partitions {
        if world.isAt(1) { world.write(10, to: partition) }
        if world.isAt(rhythm) { world.commit(of: partition) }
      }
    }
    return world
  }

  // MARK: - Death

  @Test(arguments: [1.0, 2, 5])
  func aGroupThatCommitsNoMoreIsToldWithin25Seconds(rhythm: Double) throws {
    var world = watched(rhythm: rhythm)
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
    var world = watched(4)
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
    var world = watched()
    world.members = .some(1)
    world.run(40) { if $0.isAt(1) { $0.write(10) } }
    // After a SIGKILL its coordinator knows it for the length of a session.
    #expect(world.state == .stop)
    world.run(40) { if $0.isAt(1) { $0.write(10) } }
    #expect(world.state == .stall)
  }

  @Test func noMembersIsToldWithin15SecondsOfTheCoordinatorsWord() throws {
    var world = watched()
    world.members = .some(1)
    world.run(10) { GroupWorld.well(&$0) }
    world.members = GroupMembers.none
    let took = world.secondsUntil(.noMembers) { if $0.isAt(1) { $0.write(10) } }
    #expect(took <= 15)
    #expect(world.group.members == 0)
  }

  @Test func aRestartOfAMemberIsNoAlarm() {
    var world = watched()
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
    var world = watched()
    world.members = GroupMembers.none
    world.run(120) { world in
      GroupWorld.well(&world)
      #expect(world.state.severity == .ok)
    }
  }

  @Test func whereMembersAreNotToldTheRestWorks() throws {
    var world = watched()
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
    var world = watched()
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
    var world = watched()
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
    var world = watched()
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
    var world = watched()
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
    var world = watched()
    world.truth[0].open = world.truth[0].end
    world.run(100) { world in
      GroupWorld.well(&world)
      #expect(world.state.severity == .ok, "\(world.group)")
    }
  }

  // MARK: - What was lost

  @Test func recordsDeletedUnreadAreToldForADayAndOverRestarts() throws {
    var world = watched()
    let stood = world.truth[0].committed ?? 0
    world.write(100)
    world.truth[0].low = stood + 12
    world.run(2)
    #expect(world.state == .lost)
    #expect(world.group.reason == "12 records deleted unread")
    let taken = world.tracker.takeLosses()
    let losses = try #require(taken)
    #expect(losses.map(\.records) == [12])
    #expect(world.tracker.takeLosses() == nil)
    // It goes on behind them, and all is well again but for that.
    world.commit()
    world.run(3_600) { GroupWorld.well(&$0) }
    #expect(world.state == .lost)
    #expect(world.group.reason == "12 records deleted unread, 60 min ago")
    world.tracker = LagTracker(remembering: losses)
    world.run(20) { GroupWorld.well(&$0) }
    #expect(world.state == .lost)
    world.run(23 * 3_600) { world in if world.isAt(60) { GroupWorld.well(&world, rhythm: 60) } }
    #expect(world.state == .ok)
    #expect(world.tracker.takeLosses() == [])
  }

  @Test func aTopicMadeAnewIsToldByTheHighWatermark() {
    var world = watched()
    world.truth[0] = GroupWorld.Truth(committed: 300, end: 5)
    world.run(4)
    #expect(world.state == .reset)
    #expect(world.group.reason == "commits beyond the end: the topic was made anew")
    #expect(world.tracker.takeLosses()?.map(\.kind) == [.reset])
    world.truth[0].committed = 5
    world.run(20) { GroupWorld.well(&$0) }
    #expect(world.state == .reset)
  }

  @Test func oneLookBeyondTheEndIsNotRemembered() {
    var world = watched()
    let end = world.truth[0].end
    world.commit()
    world.run(2)
    // A new leader that does not know all yet.
    world.truth[0].end = end - 3
    world.run(2)
    world.truth[0].end = end
    world.run(4)
    #expect(world.tracker.takeLosses() == nil)
    #expect(world.state != .reset)
  }

  // MARK: - Falling behind, going back

  @Test func aGroupThatFallsBehindIsToldThoughItCommits() throws {
    var world = watched()
    var read = Double(world.truth[0].end)
    let took = world.secondsUntil(.warn) { world in
      if world.isAt(1) {
        world.write(10)
        read += 5
      }
      if world.isAt(5) { world.commit(Int64(read)) }
    }
    #expect(took <= 60)
    #expect(world.group.reason == "the group does not keep up")
  }

  @Test func aGroupThatGoesBackIsToldUntilItIsThereAgain() {
    var world = watched()
    let stood = world.truth[0].end
    world.commit(0)
    world.run(4)
    #expect(world.state == .rewind)
    var read: Int64 = 0
    world.run(30) { world in
      if world.isAt(1) {
        world.write(10)
        read = min(world.truth[0].end, read + 20)
        world.commit(read)
      }
      if read < stood { #expect(world.state == .rewind) }
    }
    world.run(60) { GroupWorld.well(&$0) }
    #expect(world.state == .ok)
  }

  @Test func aRebalanceIsToldAfterAMinute() {
    var world = watched()
    world.members = .rebalancing(2)
    world.run(58) { world in
      GroupWorld.well(&world)
      #expect(world.state.severity == .ok)
    }
    world.run(12) { GroupWorld.well(&$0) }
    #expect(world.state == .rebalancing)
  }

  // MARK: - What is not known

  @Test func theErrorOfOnePartitionHidesNothing() {
    var world = watched(4)
    world.truth[1].failure = "Broker: Not leader for partition"
    world.run(6) { world in
      for partition in 0..<4 where world.isAt(1) { world.write(1, to: partition) }
      for partition in 0..<4 { world.commit(of: partition) }
    }
    #expect(world.state == .unknown)
    #expect(world.group.reason == "Broker: Not leader for partition on 1 of 4 partitions")
    #expect(world.group.recordsBehind != nil)
    world.truth[2].low = world.truth[2].end
    world.truth[2].end += 10
    world.truth[2].low += 5
    world.run(2)
    #expect(world.state == .lost)
  }

  @Test func aGroupThatMayNotBeSeenSaysSo() {
    var world = watched()
    world.failure = "not authorised to see group sink or its topic"
    world.run(2)
    #expect(world.state == .unknown)
    #expect(world.group.reason == world.failure)
    #expect(world.lag.recordsBehind == nil)
  }

  @Test func whatWasNotSeenCountsForNothing() {
    var world = watched()
    // Our connection is away for five minutes, in which the group commits.
    for _ in 0..<300 {
      world.write(10)
      world.commit()
    }
    world.skip(300)
    world.run(60) { world in
      GroupWorld.well(&world)
      #expect(world.state.severity == .ok)
    }
    #expect(world.group.commitsEach ?? 0 < 10)
  }
}
