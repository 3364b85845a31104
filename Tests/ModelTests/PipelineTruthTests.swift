import Testing

@testable import Model

/// What is said of the hops, against a pipeline of which the truth is known.
struct PipelineTruthTests {
  /// How the raw feed reaches us.
  enum Feed: CaseIterable {
    case mqttAndRawTopic, mqttAlone, rawTopicAlone
  }

  private func pipeline(_ feed: Feed, window: Int = 60) -> VirtualPipeline {
    VirtualPipeline(
      window: window,
      readsRawTopic: feed == .mqttAndRawTopic,
      rawFeedIsKafka: feed == .rawTopicAlone
    )
  }

  /// The last sample of a window is up to ten seconds old at its end.
  @Test(arguments: Feed.allCases, [true, false])
  func aTaskThatIsAMinuteLateSaysSo(feed: Feed, isIdle: Bool) throws {
    var pipeline = pipeline(feed)
    pipeline.isIdle = isIdle
    pipeline.taskDelay = 60
    pipeline.run(400)
    let hop = try #require(pipeline.world.hop(.task))
    #expect((60...71).contains(try #require(hop.secondsBehind)))
    // By the raw topic's times it is certain; equal samples by MQTT alone go by the pipeline's clock.
    #expect(hop.isEstimated == (isIdle && feed == .mqttAlone))
  }

  @Test(arguments: [true, false])
  func aBridgeThatIsLateSaysSoFromTheStart(isIdle: Bool) throws {
    var pipeline = pipeline(.mqttAndRawTopic)
    pipeline.isIdle = isIdle
    pipeline.bridgeDelay = 40
    pipeline.run(60)
    #expect(pipeline.world.hop(.bridge)?.secondsBehind ?? 40 >= 35)
    pipeline.run(120)
    let hop = try #require(pipeline.world.hop(.bridge))
    #expect(hop.secondsBehind == 40)
    #expect(hop.state == .warning)
    #expect(hop.recordsBehind ?? 0 >= 40)
  }

  /// One that was late before we looked never reads as in time.
  @Test func aDelayThatWasThereBeforeWeLookedIsNotNone() {
    var late = VirtualPipeline(generators: 12, readsRawTopic: true)
    late.bridgeDelay = 40
    late.run(300) { world in
      let seconds = world.hop(.bridge)?.secondsBehind
      #expect(seconds == nil || seconds ?? 0 > 8)
    }
  }

  @Test(arguments: [true, false])
  func aLostSampleIsMadeGoodWithinThree(isIdle: Bool) {
    var pipeline = pipeline(.mqttAndRawTopic)
    pipeline.isIdle = isIdle
    // Every 53rd: each generator loses one in more than eight minutes.
    pipeline.loss = 53
    pipeline.run(300)
    pipeline.run(900) { world in
      #expect(world.hop(.bridge)?.state == .ok)
      #expect(world.hop(.bridge)?.secondsBehind ?? 99 < 1)
      #expect(world.hop(.bridge)?.recordsBehind ?? 99 <= 8)
    }
  }

  @Test(arguments: [600.0, -3_600, -7])
  func aForeignClockMakesNoDelay(seconds: Double) {
    for isIdle in [true, false] {
      var pipeline = pipeline(.mqttAndRawTopic)
      pipeline.isIdle = isIdle
      pipeline.clock = seconds
      pipeline.run(400)
      let bridge = pipeline.world.hop(.bridge)
      #expect(bridge?.state == .ok || bridge?.state == .unknown)
      if !isIdle { #expect(bridge?.secondsBehind ?? 99 < 1) }
      if seconds > 0 { #expect(bridge?.detail == "clock +10 min") }
      // The task is measured by the raw topic's times, whose clock does not matter.
      #expect(pipeline.world.hop(.task)?.secondsBehind ?? 99 < 12)
    }
  }

  @Test func afterAStallTheFigureIsThatOfNow() {
    var pipeline = pipeline(.mqttAndRawTopic)
    pipeline.run(200)
    pipeline.frozen = [.bridge]
    pipeline.run(150)
    #expect(pipeline.world.hop(.bridge)?.state == .critical)
    pipeline.frozen = []
    pipeline.run(25)
    #expect(pipeline.world.hop(.bridge)?.state == .ok)
    #expect(pipeline.world.hop(.bridge)?.secondsBehind ?? 99 < 1)
  }

  // MARK: - Frozen stages

  /// The hop that is to be named, of what has to be named first.
  private func hop(of stage: VirtualPipeline.Stage) -> HopID {
    switch stage {
    case .simulator: .mqtt
    case .bridge: .bridge
    case .sink: .sink
    case .task, .source: .task
    }
  }

  @Test(arguments: VirtualPipeline.Stage.allCases, [5, 60])
  func aFrozenStageIsNamedFirstAndAloneAndClearsByItself(
    stage: VirtualPipeline.Stage,
    window: Int
  ) throws {
    var pipeline = pipeline(.mqttAndRawTopic, window: window)
    let culprit = hop(of: stage)
    pipeline.run(300) { world in
      for hop in world.fleet.hops(at: world.now.monotonic) where hop.id != .screen {
        #expect(hop.state <= .unknown, "\(hop)")
      }
    }
    pipeline.frozen = [stage]
    var seconds = 0
    var firstSign: Int?
    pipeline.run(240) { world in
      seconds += 1
      for hop in world.fleet.hops(at: world.now.monotonic) where hop.state > .unknown {
        if hop.id == culprit {
          firstSign = firstSign ?? seconds
          #expect(hop.starvedBy == nil)
        } else {
          #expect(hop.starvedBy == culprit, "\(seconds) s: \(hop)")
          #expect(hop.reason == "starved by \(culprit.name)")
        }
      }
    }
    let most = [.bridge: 20, .sink: 35, .mqtt: 25][culprit] ?? 2 * window + 15 + window + 15
    #expect(try #require(firstSign) <= most)
    if stage != .simulator, stage != .bridge {
      #expect(pipeline.world.fleet.traffic.differences[.notEnriched] == 12)
    }
    pipeline.frozen = []
    pipeline.run(2 * window + 60) { world in
      for hop in world.fleet.hops(at: world.now.monotonic) where hop.state > .unknown {
        #expect(hop.id == culprit || hop.starvedBy == culprit, "clearing: \(hop)")
      }
    }
    for hop in pipeline.world.fleet.hops(at: pipeline.world.now.monotonic) {
      #expect(hop.state <= .unknown, "\(hop)")
    }
    #expect(pipeline.world.fleet.traffic.differences.total == 0)
  }

  /// Without the raw topic nothing tells whether samples get that far.
  @Test(arguments: [VirtualPipeline.Stage.bridge, .task])
  func theTaskIsNotBlamedAloneWhereTheBridgeIsNotMeasured(stage: VirtualPipeline.Stage) {
    var pipeline = pipeline(.mqttAlone)
    pipeline.run(300)
    pipeline.frozen = [stage]
    pipeline.run(240)
    #expect(pipeline.world.hop(.bridge)?.state == .unknown)
    let task = pipeline.world.hop(.task)
    #expect(task?.state == .critical)
    #expect(task?.reason == "bridge or task: generators send but are not enriched")
    pipeline.frozen = []
    pipeline.run(200)
    #expect(pipeline.world.hop(.task)?.state == .ok)
  }

  @Test func aSimulatorThatStoppedIsNotMissing() {
    var pipeline = pipeline(.mqttAndRawTopic, window: 5)
    pipeline.run(120)
    pipeline.frozen = [.simulator]
    pipeline.run(120) { world in
      #expect(world.fleet.traffic.differences.total == 0)
    }
  }
}
