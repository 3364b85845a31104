import Kafka
import LocalBrokers
import System
import TestSupport
import Testing

/// `egtop --once` by its default settings, on forty generators that send a sample each ten seconds.
@Suite(.timeLimit(.minutes(20)))
struct WholeLookTests {
  private static let topic = "EGkafka_downsampled"
  private static let count = 40
  private static let interval: Int64 = 10_000_000_000

  /// With MQTT alone, and with records, by which the fleet is known from the start: their old values must not do.
  @Test func allAreHeard() throws {
    try withFolder { folder in
      let brokers = try LocalBrokers(directory: folder, topics: [(Self.topic, 4)])
      defer { brokers.stop() }
      let servers = brokers.kafka.bootstrapServers
      try writeRecords(to: servers)
      let words = ["--mqtt", "127.0.0.1:\(brokers.mosquitto.port)", "--fail-on", "incomplete"]
      let publisher = try Publisher(port: brokers.mosquitto.port)
      // They take turns, one each quarter of a second.
      let start = monotonicNanoseconds()
      var due = (0..<Self.count).map { start + Int64($0) * Self.interval / Int64(Self.count) }
      let programs = try [[], ["--kafka", servers]].map { more in
        try LookingProgram(words + more, isWatching: false, folder: folder)
      }
      let hasEnded = try holds(within: 120) {
        for place in due.indices where due[place] <= monotonicNanoseconds() {
          due[place] += Self.interval
          try publisher.publish(#"{"fuel": 700}"#, to: "emergency_generator/g\(place)")
        }
        return programs.allSatisfy { $0.code != nil }
      }
      #expect(hasEnded)
      for program in programs {
        #expect(program.code == 0)
        let look = try #require(program.look, "\(program.text)")
        #expect(look.complete && look.missing.feeds == [] && look.missing.generators == [])
        #expect(look.generators.count == Self.count)
        #expect(look.generators.allSatisfy { $0.source == "mqtt" && $0.fuel == 700 })
      }
    }
  }

  /// A record of each, of a minute and a half ago.
  private func writeRecords(to servers: String) throws {
    let producer = try KafkaProducer(["bootstrap.servers": servers])
    for place in 0..<Self.count {
      let record = """
        {"tags": {"generatorID": "g\(place)", "region": "US"}, "alarm": "no action", "fuel": 650, \
        "time": \(wallNanoseconds() - 90_000_000_000)}
        """
      try producer.send(
        to: Self.topic,
        key: nil,
        value: Array(record.utf8),
        partition: Int32(place % 4)
      )
    }
    try producer.flush(milliseconds: 20_000)
  }
}
