import MQTT
import Pipeline
import Simulator

extension PipePlan {
  /// The fleet, or the article's own.
  func simulator(_ connection: MQTTOptions) throws -> any Stage {
    let count = values.integer("generators")
    let seed = UInt64(values.integer("seed"))
    if values.isOn("compat") {
      return CompatStage(mqtt: connection, generatorCount: count, seed: seed)
    }
    var connection = connection
    connection.keepAliveSeconds = Int(values.duration("keep-alive").components.seconds)
    var options = SimulateOptions(mqtt: connection)
    options.qos = values.integer("qos")
    options.meanInterval = values.seconds("interval")
    options.meanFaultInterval = values.seconds("faults")
    let clients = values.integer("clients")
    options.sharedConnections = clients > 0 ? clients : nil
    if let rate = values.given("rate").flatMap(Double.init) {
      let count = values.integer("count")
      options.numbered = .init(rate: rate, count: count > 0 ? count : nil)
    }
    let life = GeneratorLife(
      LifePlan(
        generatorCount: count,
        seed: seed,
        regions: try regionTable() ?? .usDivisions,
        pace: values.number("pace"),
      )
    )
    return SimulateStage(options, life: life)
  }
}
