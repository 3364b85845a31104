import Kafka
import LocalBrokers
import System
import TestSupport
import Testing

/// A bridge that puts values together and is killed again and again.
@Suite(.timeLimit(.minutes(20)))
struct BridgeKillTests {
  private static let generators = ["north", "south", "west"]

  private func merged(_ records: [Record], of generator: String) -> [String] {
    records.filter { $0.key == generator && $0.headers["egpipe.source"] == "merged" }
      .compactMap(\.value)
  }

  @Test func noLastValueAndNoKnownFuelIsLost() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 2)])
    try withFolder { folder in
      let stage = try MortalStage(
        [
          "bridge", "--profile", "genmon", "--mqtt",
          "mqtt://127.0.0.1:\(brokers.mosquitto.port)", "--kafka",
          brokers.kafka.bootstrapServers, "-X", "fetch.wait.max.ms=20",
        ],
        log: "\(folder)/bridge.log",
        deaths: (1...5).flatMap { ["bridge.read:\(3 * $0)", "bridge.acknowledged:\($0)"] }
      )
      let watch = try Watch(port: brokers.mosquitto.port, "egpipe/bridge/#")
      try #require(try watch.hears("online"), "the bridge did not start")
      let sender = try Sender(port: brokers.mosquitto.port)
      let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
      func send(_ title: String, _ value: String) throws {
        for generator in Self.generators {
          try sender.send(value, to: "generators/\(generator)/generator/Maintenance/\(title)")
        }
      }
      // Once: it does not come again.
      try send("Fuel Level Sensor", "61 %")
      let isKnown = reader.read { records in
        Self.generators.allSatisfy {
          merged(records, of: $0).last?.contains("\"fuel\":61,") == true
        }
      }
      try #require(isKnown)

      try stage.beginDying()
      var (hours, nextAt) = (0, monotonicNanoseconds())
      let hasSurvived = try holds(within: 300) {
        try stage.tend()
        if monotonicNanoseconds() >= nextAt {
          nextAt = monotonicNanoseconds() + 50_000_000
          hours += 1
          try send("Run Hours", "\(hours) h")
        }
        return stage.hasSurvived
      }
      #expect(hasSurvived && stage.accident == nil, "\(stage.died)")
      #expect(stage.died.values.allSatisfy { $0 == 5 } && stage.died.count == 2)
      try send("Run Hours", "\(hours + 1) h")
      let isThere = reader.read(within: 60) { records in
        Self.generators.allSatisfy {
          merged(records, of: $0).last?.contains("\"runHours\":\(hours + 1)") == true
        }
      }
      #expect(isThere)
      for generator in Self.generators {
        let samples = merged(reader.records, of: generator)
        #expect(samples.allSatisfy { $0.contains("\"fuel\":61,") }, "\(samples)")
      }
      #expect(stage.end())
    }
  }
}
