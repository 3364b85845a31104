import MQTT
import Pipeline
import Settings
import Simulator

extension PipePlan {
  /// The fleet, or the article's own.
  func simulator(_ connection: MQTTOptions) throws -> any Stage {
    let simulate = settings.egpipe.simulate
    let seed = UInt64(simulate.seed)
    if simulate.compat {
      return CompatStage(mqtt: connection, generatorCount: simulate.generators, seed: seed)
    }
    var connection = connection
    connection.keepAliveSeconds = Int(simulate.keepAlive.components.seconds)
    var options = SimulateOptions(mqtt: connection)
    options.qos = simulate.qos
    options.meanInterval = simulate.interval / .seconds(1)
    options.meanFaultInterval = simulate.faults / .seconds(1)
    options.sharedConnections = simulate.clients > 0 ? simulate.clients : nil
    if let rate = simulate.rate {
      options.numbered = .init(rate: rate, count: simulate.count > 0 ? simulate.count : nil)
    }
    let life = GeneratorLife(
      LifePlan(
        generatorCount: simulate.generators,
        seed: seed,
        regions: try regionTable() ?? .usDivisions,
        pace: simulate.pace,
      )
    )
    return SimulateStage(options, life: life)
  }
}
