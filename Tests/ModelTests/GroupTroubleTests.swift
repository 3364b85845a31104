import Testing

@testable import Model

/// What is said of a consumer group that lost records, falls behind, goes back, or cannot be seen.
struct GroupTroubleTests {
  // MARK: - What was lost

  @Test func recordsDeletedUnreadAreToldForADayAndOverRestarts() throws {
    var world = GroupWorld.watched()
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
    var world = GroupWorld.watched()
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
    var world = GroupWorld.watched()
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
    var world = GroupWorld.watched()
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
    var world = GroupWorld.watched()
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
    var world = GroupWorld.watched()
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
    var world = GroupWorld.watched(4)
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
    var world = GroupWorld.watched()
    world.failure = "not authorised to see group sink or its topic"
    world.run(2)
    #expect(world.state == .unknown)
    #expect(world.group.reason == world.failure)
    #expect(world.lag.recordsBehind == nil)
  }

  @Test func whatWasNotSeenCountsForNothing() {
    var world = GroupWorld.watched()
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
