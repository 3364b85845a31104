import Kafka
import LocalBrokers
import MQTT
import System
import TestSupport
import Testing

/// A bridge that reads nodes of Sparkplug, asks them for their births, and is killed again and again.
@Suite(.timeLimit(.minutes(20)))
struct SparkplugKillTests {
  /// A node that sends aliases alone, and announces itself when it is asked.
  private final class Node {
    private let client: MQTTClient
    /// Told in each birth and in data; the fuel in births alone.
    var hours = 0
    private var isBorn = false
    private var sequence = 0
    private var wasAsked = false

    init(port: Int) throws {
      client = try MQTTClient(MQTTOptions(host: "127.0.0.1", port: port))
      try client.connect()
      try #require(try holds { try round() })
    }

    /// Looks for commands; whether it hears them.
    func round() throws -> Bool {
      var isReady = false
      let events = try client.poll(timeoutNanoseconds: 5_000_000) { _, payload, _ in
        wasAsked = wasAsked || text(payload).contains("Node Control/Rebirth")
      }
      for event in events {
        if case .connected = event { try client.subscribe(to: "spBv1.0/plant/NCMD/gw7", qos: 1) }
        if case .subscribed = event { isReady = true }
      }
      if wasAsked {
        wasAsked = false
        try announce()
      }
      return isReady
    }

    func announce() throws {
      try send("NBIRTH/gw7", "bdSeq Int64 = 1", sequence: 0)
      try send("DBIRTH/gw7/g1", "Fuel Level #1 Int16 = 61; Run Hours #2 Int32 = \(hours)")
    }

    func tell() throws {
      hours += 1
      try send("DDATA/gw7/g1", "#2 = \(hours)")
    }

    private func send(_ end: String, _ text: String, sequence first: Int? = nil) throws {
      sequence = first ?? (sequence + 1) & 0xFF
      let payload = SparkplugPayload.bytes("seq \(sequence); \(text)")
      try client.publish(payload, to: "spBv1.0/plant/\(end)")
    }
  }

  @Test func whatItKnewStaysAndComesAnewWhenTheNodeIsAsked() throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 2)])
    try withFolder { folder in
      let configuration = "\(folder)/config.yaml"
      let text = "sources: [{profile: sparkplug, sparkplug: {rebirth: true}}]\n"
      try writeNewFile(configuration, Array(text.utf8))
      let stage = try MortalStage(
        [
          "bridge", "--config", configuration, "--mqtt",
          "mqtt://127.0.0.1:\(brokers.mosquitto.port)", "--kafka",
          brokers.kafka.bootstrapServers, "-X", "fetch.wait.max.ms=20",
        ],
        log: "\(folder)/bridge.log",
        deaths: (1...5).map { "bridge.read:\(3 * $0)" }
      )
      let watch = try Watch(port: brokers.mosquitto.port, "egpipe/bridge/#")
      try #require(try watch.hears("online"), "the bridge did not start")
      let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
      let node = try Node(port: brokers.mosquitto.port)
      try node.announce()
      #expect(reader.read { $0.contains { $0.value?.contains("\"fuel\":61,") == true } })

      try stage.beginDying()
      var nextAt = monotonicNanoseconds()
      let hasSurvived = try holds(within: 300) {
        try stage.tend()
        _ = try node.round()
        if monotonicNanoseconds() >= nextAt {
          nextAt = monotonicNanoseconds() + 50_000_000
          try node.tell()
        }
        return stage.hasSurvived
      }
      #expect(hasSurvived && stage.accident == nil && stage.died == ["bridge.read": 5])
      let last = node.hours
      let isThere = try holds(within: 60) {
        _ = try node.round()
        try node.tell()
        return reader.read(within: 1) { records in
          records.last?.value?.contains("\"runHours\":\(last)") == true
            || records.contains { ($0.value?.hours ?? 0) > last }
        }
      }
      #expect(isThere)
      for record in reader.records {
        #expect(record.key == "plant/gw7/g1")
        #expect(record.value?.contains("\"fuel\":61,") == true, "\(record.value ?? "")")
      }
      #expect(stage.end())
    }
  }
}

extension String {
  /// The run hours in a sample.
  fileprivate var hours: Int? {
    firstRange(of: "\"runHours\":").flatMap { range in
      Int(self[range.upperBound...].prefix { $0.isNumber })
    }
  }
}
