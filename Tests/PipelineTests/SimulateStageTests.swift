import LocalBrokers
import MQTT
import System
import TestSupport
import Testing

@testable import Pipeline
@testable import Simulator

@Suite(.serialized, .timeLimit(.minutes(20)))
struct SimulateStageTests {
  private func fleet(_ count: Int, starts: [GeneratorStart] = []) -> GeneratorLife {
    GeneratorLife(LifePlan(generatorCount: count, seed: 4, pace: 60, starts: starts))
  }

  /// What the third of five generators says from a certain payload on: those before came before its connection.
  private func expected(like first: String, count: Int) -> [String] {
    var life = fleet(5)
    let broker = MQTTOptions(host: "127.0.0.1")
    var options = SimulateOptions(mqtt: broker)
    options.meanInterval = 0.3
    var queue = SimulateState(life: life, options: options).samples
    let interval = SimulateState(life: life, options: options).intervals[2]
    var time: Int64 = 0
    while let due = queue.next(until: .max) { if due.index == 2 { time = due.time } }
    var payloads: [String] = []
    for step in 0..<count + 50 {
      let sample = life.advance(2, nanoseconds: step == 0 ? time : interval)
      payloads.append(String(decoding: life.identities[2].payload(sample), as: UTF8.self))
    }
    return Array(payloads.drop { $0 != first }.prefix(count))
  }

  @Test(arguments: [0, 1, 2])
  func reportsWithPresenceAndTheArticlesPayload(qos: Int) throws {
    try withMosquitto { broker in
      let listener = try FleetListener(port: broker.port, qos: 2)
      let running = try RunningStage(SimulateStage(.init(broker, qos: qos), life: fleet(5)))
      let isLive = try listener.wait { $0.fuels.count == 5 && $0.presence.count == 5 }
      #expect(isLive)
      #expect(listener.presence.values.allSatisfy { $0 == "online" })
      #expect(listener.messages.allSatisfy { $0.qos == qos })
      let said = listener.messages.filter { $0.topic == "emergency_generator/generator3" }
      #expect(said.map(\.text) == expected(like: said[0].text, count: said.count))
      running.stop()
      let isGone = try listener.wait { $0.presence.values.allSatisfy { $0 == "disconnected" } }
      #expect(isGone)
      #expect(running.failure == "")
      #expect(running.figure("acknowledged") == running.figure("published"))
      let late = try FleetListener(port: broker.port)
      let isRetained = try late.wait { $0.presence.count == 5 }
      #expect(isRetained)
      #expect(late.messages.allSatisfy { $0.isRetained && $0.text == "disconnected" })
    }
  }

  @Test func lostConnectionsLeaveAWillAndComeBack() throws {
    try withMosquitto { broker in
      var options = SimulateOptions(broker)
      let life = fleet(18)
      let region = life.identities[1].region
      options.script = [
        ScriptedEvent(second: 1, action: .connectionLost(generator: 0, seconds: 1)),
        ScriptedEvent(second: 1.2, action: .networkOutage(region: region, seconds: 1)),
        ScriptedEvent(second: 0, action: .connectionLost(generator: 99, seconds: 1)),
      ]
      let listener = try FleetListener(port: broker.port)
      let running = try RunningStage(SimulateStage(options, life: life))
      let areOut = try listener.wait { $0.presence.count { $0.value == "offline" } == 3 }
      #expect(areOut)
      let ids = listener.presence.filter { $0.value == "offline" }.keys.sorted()
      #expect(ids == ["generator1", "generator11", "generator2"])
      let areBack = try listener.wait { $0.presence.values.allSatisfy { $0 == "online" } }
      #expect(areBack)
      #expect(running.figure("faults") == 3)
      #expect(running.figure("lost") == 0)
      running.stop()
    }
  }

  @Test func someDropOffByThemselves() throws {
    try withMosquitto { broker in
      var options = SimulateOptions(broker)
      options.meanFaultInterval = 0.2
      let listener = try FleetListener(port: broker.port)
      let running = try RunningStage(SimulateStage(options, life: fleet(8)))
      let isOut = try listener.wait { $0.presence.values.contains("offline") }
      #expect(isOut)
      running.stop()
      #expect(running.figure("faults") > 0)
    }
  }

  @Test func followsItsScript() throws {
    try withMosquitto { broker in
      var options = SimulateOptions(broker, interval: 0.2)
      options.script = [
        ScriptedEvent(
          second: 0.1,
          action: .state(.init(generator: 1, fuel: 505, load: 100, seconds: 600)),
        )
      ]
      let listener = try FleetListener(port: broker.port)
      let running = try RunningStage(SimulateStage(options, life: fleet(3)))
      let hasCrossed = try listener.wait { listener in
        let fuels = listener.fuels["generator2"] ?? []
        return fuels.contains { (490..<500).contains($0) } && fuels.contains { $0 >= 500 }
      }
      #expect(hasCrossed)
      running.stop()
    }
  }

  @Test(arguments: [0, 1])
  func allComeBackAfterTheBrokerWasRestarted(qos: Int) throws {
    try withMosquitto { broker in
      let stage = SimulateStage(.init(broker, qos: qos), life: fleet(40))
      let running = try RunningStage(stage)
      let stood = holds { running.figure("connected") == 40 }
      #expect(stood)
      broker.kill()
      let fell = holds { running.figure("connected") == 0 }
      #expect(fell)
      try broker.restart()
      let listener = try FleetListener(port: broker.port, qos: 1)
      let areBack = try listener.wait { $0.presence.count == 40 && $0.fuels.count == 40 }
      #expect(areBack)
      #expect(listener.presence.values.allSatisfy { $0 == "online" })
      running.stop()
      #expect(running.failure == "")
    }
  }

  @Test func keepsSamplesForABrokerThatIsAwayWithinABound() throws {
    try withMosquitto { broker in
      let stage = SimulateStage(.init(broker, qos: 1, interval: 0.01), life: fleet(2))
      broker.kill()
      let running = try RunningStage(stage)
      let isFull = holds { running.figure("dropped") > 50 }
      #expect(isFull)
      try broker.restart()
      let listener = try FleetListener(port: broker.port, qos: 1)
      let areBack = try listener.wait { $0.fuels.count == 2 && $0.messages.count > 150 }
      #expect(areBack)
      running.stop()
      #expect(running.figure("published") == running.figure("acknowledged"))
      // Exactly those that were not dropped were published.
      #expect(running.figure("samples") - running.figure("dropped") == running.figure("published"))
    }
  }

  @Test func manyGeneratorsShareAFewConnections() throws {
    try withMosquitto { broker in
      var options = SimulateOptions(broker, qos: 1)
      options.sharedConnections = 3
      let listener = try FleetListener(port: broker.port, qos: 1)
      let running = try RunningStage(SimulateStage(options, life: fleet(50)))
      let areThere = try listener.wait { $0.fuels.count == 50 }
      #expect(areThere)
      #expect(running.figure("connected") == 3)
      #expect(listener.presence.isEmpty)
      running.stop()
    }
  }

  @Test func holdsThreeHundredConnectionsOnOneThread() throws {
    try raiseDescriptorLimit(to: 4096)
    try withMosquitto { broker in
      let listener = try FleetListener(port: broker.port)
      let running = try RunningStage(SimulateStage(.init(broker, interval: 2), life: fleet(300)))
      let areThere = try listener.wait(seconds: 60) { $0.fuels.count == 300 }
      #expect(areThere)
      #expect(running.figure("connected") == 300)
      running.stop()
      let areGone = try listener.wait { listener in
        let presence = listener.presence
        return presence.count == 300 && presence.values.allSatisfy { $0 == "disconnected" }
      }
      #expect(areGone)
    }
  }

  @Test func refusesWhatCannotBe() throws {
    var options = SimulateOptions(mqtt: MQTTOptions(host: "127.0.0.1", port: 1))
    #expect(throws: SimulateError.noGenerators) {
      try SimulateStage(options, life: fleet(0)).run(until: StopSignal(), log: Log())
    }
    options.topicPrefix = "a/#"
    #expect(throws: SimulateError.badTopicPrefix("a/#")) {
      try SimulateStage(options, life: fleet(1)).run(until: StopSignal(), log: Log())
    }
    let error = SimulateError.tooFewDescriptors(needed: 9256, allowed: 4096, connections: 3000)
    #expect(error.description.contains("at most 1280 connections"))
  }

  @Test func endsWithoutABroker() throws {
    let options = SimulateOptions(
      mqtt: MQTTOptions(host: "127.0.0.1", port: try freeLoopbackPort())
    )
    let running = try RunningStage(SimulateStage(options, life: fleet(4)))
    let hasTried = holds { running.figure("lost") >= 4 }
    #expect(hasTried)
    running.stop()
    #expect(running.failure == "")
  }
}
