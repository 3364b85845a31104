import LocalBrokers
import MQTT
import System
import Testing

@testable import Pipeline
@testable import Simulator

@Suite(.serialized, .timeLimit(.minutes(20)))
struct SimulateNumberedTests {
  private func stage(
    _ broker: LocalMosquitto,
    qos: Int,
    shared: Int?,
    rate: Double,
    count: Int,
  ) -> SimulateStage {
    var options = SimulateOptions(broker, qos: qos)
    options.sharedConnections = shared
    options.numberedRate = rate
    options.numberedCount = count
    return SimulateStage(options, life: GeneratorLife(LifePlan(generatorCount: 20)))
  }

  @Test(arguments: [(0, 2), (1, 3), (2, 1), (0, nil), (1, nil)])
  func countsUpWithoutLossOrDuplicates(qos: Int, shared: Int?) throws {
    try withMosquitto { broker in
      let listener = try FleetListener(port: broker.port, qos: 2)
      let running = try RunningStage(
        stage(broker, qos: qos, shared: shared, rate: 4000, count: 100)
      )
      let isThere = try listener.wait { $0.fuels.values.reduce(0) { $0 + $1.count } >= 2000 }
      #expect(isThere)
      let hasEnded = try listener.wait { _ in running.hasEnded }
      #expect(hasEnded)
      #expect(running.failure == "")
      #expect(listener.fuels.count == 20)
      #expect(listener.fuels.values.allSatisfy { $0 == Array(0..<100) })
      #expect(running.figure("published") == 2000)
      #expect(running.figure("acknowledged") == 2000)
      #expect(running.figure("dropped") == 0)
    }
  }

  @Test(arguments: [nil, 4])
  func losesNothingOfQoS1WhenTheBrokerIsKilled(shared: Int?) throws {
    // With its state on disk a subscriber of this broker could be asked; here the retained last sample of each is
    // not kept either, so a listener of the second broker has to have all from where the first one died.
    try withMosquitto { broker in
      let first = try FleetListener(port: broker.port, qos: 1)
      let running = try RunningStage(
        stage(broker, qos: 1, shared: shared, rate: 2000, count: 200)
      )
      let hasBegun = try first.wait { ($0.fuels["generator20"]?.count ?? 0) > 20 }
      #expect(hasBegun)
      broker.kill()
      try broker.restart()
      let second = try FleetListener(port: broker.port, qos: 1)
      let hasEnded = try second.wait(seconds: 60) { _ in running.hasEnded }
      #expect(hasEnded)
      _ = try second.wait { $0.fuels.count == 20 && $0.fuels.values.allSatisfy { $0.last == 199 } }
      for (id, fuels) in second.fuels {
        #expect(fuels == fuels.sorted(), "\(id) in order")
        #expect(fuels.last == 199)
      }
      #expect(running.figure("acknowledged") == 4000)
      #expect(running.figure("published") == 4000)
    }
  }
}
