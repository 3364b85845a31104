import Kafka
import LocalBrokers
import MQTT
import Model
import System
import TestSupport
import Testing

@testable import Pipeline

/// Victron GX devices that are asked to go on publishing.
@Suite(.timeLimit(.minutes(20))) struct KeepAliveTests {
  private static func source(_ portal: String = "+", keepsAlive: Bool = true) throws -> Source {
    var source = Source(name: "tank", id: try TextTemplate("{2}"))
    source.topics = ["N/\(portal)/tank/+/#"]
    source.sendsChanges = true
    source.keepsAlive = keepsAlive
    var level = ValuePlace(topic: "Level")
    level.unit = SourceUnit("%")
    source.metrics = [MetricSource(.fuel, [level])]
    return source
  }

  /// What is published at a time in seconds.
  private func asked(_ keepAlive: inout KeepAlive, at seconds: Double) throws -> [String] {
    var said: [String] = []
    try keepAlive.ask(at: Int64(seconds * 1e9)) { topic, payload throws(MQTTError) in
      said.append(topic + (payload.isEmpty ? "" : " changes"))
    }
    return said
  }

  @Test func nobodyIsAskedWithoutAWordOfTheConfiguration() throws {
    #expect(KeepAlive([try Self.source(keepsAlive: false)]) == nil)
  }

  @Test func eachPortalThatIsHeardIsAskedEveryThirtySeconds() throws {
    var keepAlive = try #require(KeepAlive([try Self.source()]))
    #expect(try asked(&keepAlive, at: 0) == [])
    for topic in ["N/a1/system/0/Serial", "N/b2/tank/20/Level", "N/a1/tank/3/Level"] {
      keepAlive.note(Array(topic.utf8).span)
    }
    #expect(try asked(&keepAlive, at: 1) == ["R/a1/keepalive", "R/b2/keepalive"])
    for second in 2...30 { #expect(try asked(&keepAlive, at: Double(second)) == []) }
    #expect(
      try asked(&keepAlive, at: 31) == ["R/a1/keepalive changes", "R/b2/keepalive changes"]
    )
    // By then they are silent, and a new connection may have missed something.
    #expect(try asked(&keepAlive, at: 92) == ["R/a1/keepalive", "R/b2/keepalive"])
    keepAlive.begin()
    #expect(try asked(&keepAlive, at: 93) == ["R/a1/keepalive", "R/b2/keepalive"])
  }

  @Test func aPortalThatIsNamedNeedsNotBeHeard() throws {
    var keepAlive = try #require(KeepAlive([try Self.source(portal)]))
    #expect(try asked(&keepAlive, at: 0) == ["R/\(portal)/keepalive"])
  }

  @Test(arguments: ["N/", "N//x", "N/+/x", "N/#", "N/a b/x", "M/a/x", "N/../x", "", "N/é/x"])
  func whatIsNoPortalIsNotAsked(topic: String) throws {
    var keepAlive = try #require(KeepAlive([try Self.source()]))
    keepAlive.note(Array(topic.utf8).span)
    keepAlive.note(Array("N/\(String(repeating: "a", count: 33))/x".utf8).span)
    #expect(try asked(&keepAlive, at: 0) == [])
  }

  @Test func noMoreThanAThousandAreAsked() throws {
    var keepAlive = try #require(KeepAlive([try Self.source()]))
    for number in 0..<5_000 { keepAlive.note(Array("N/p\(number)/x".utf8).span) }
    #expect(try asked(&keepAlive, at: 0).count == 1_024)
  }

  /// A GX device in a hurry: it publishes for four seconds after it was asked, then falls silent.
  private final class Device {
    private let client: MQTTClient
    private var aliveUntil = Int64.min
    private(set) var asked: [String] = []
    private var saidAt: Int64 = 0
    private(set) var level = 0

    init(port: Int) throws {
      client = try MQTTClient(MQTTOptions(host: "127.0.0.1", port: port))
      try client.connect()
      var isReady = false
      let deadline = monotonicNanoseconds() + 20_000_000_000
      while !isReady {
        try #require(monotonicNanoseconds() < deadline, "no subscription")
        for event in try client.poll(timeoutNanoseconds: 20_000_000, onMessage: { _, _, _ in }) {
          switch event {
          case .connected: try client.subscribe(to: "R/\(portal)/keepalive", qos: 0)
          case .subscribed: isReady = true
          case .subscriptionRefused: break
          }
        }
      }
    }

    func say(_ path: String, _ value: String, retain: Bool = false) throws {
      try client.publish(
        Array(#"{"value":\#(value)}"#.utf8),
        to: "N/\(portal)/\(path)",
        retain: retain
      )
    }

    func live() throws {
      let now = monotonicNanoseconds()
      _ = try client.poll(timeoutNanoseconds: 20_000_000) { _, payload, _ in
        asked.append(text(payload))
        aliveUntil = now + 4_000_000_000
      }
      guard now < aliveUntil, now - saidAt > 200_000_000 else { return }
      saidAt = now
      level += 1
      try say("tank/20/Level", "\(level)")
    }
  }

  private func withBridge(
    _ source: Source,
    _ body: (Device, TopicReader) throws -> Void
  ) throws {
    let brokers = try LocalBrokers(topics: [("emergency_generators", 1)])
    let reader = try TopicReader(brokers.kafka.bootstrapServers, ["emergency_generators"])
    var connection = MQTTOptions(host: "127.0.0.1", port: brokers.mosquitto.port)
    connection.clientID = "bridge-under-test"
    var options = BridgeStage.Options(
      connection: connection,
      map: try TopicMap("emergency_generators:.*"),
      properties: ["bootstrap.servers": brokers.kafka.bootstrapServers, "fetch.wait.max.ms": "10"]
    )
    options.sources = [source]
    options.filters = source.filters
    options.keepAlivePause = 1_500_000_000
    let device = try Device(port: brokers.mosquitto.port)
    // All that is known of it.
    try device.say("system/0/Serial", "\"\(portal)\"", retain: true)
    let runner = try StageRunner(BridgeStage(options))
    let watch = try Watch(port: brokers.mosquitto.port, "egpipe/bridge/status")
    try #require(try watch.hears("online"))
    try body(device, reader)
    #expect(runner.stop())
  }

  @Test func aDeviceThatFallsSilentGoesOnAsLongAsTheBridgeRuns() throws {
    try withBridge(Self.source()) { device, reader in
      let begin = monotonicNanoseconds()
      // It falls silent twice in that time.
      while monotonicNanoseconds() < begin + 9_000_000_000 { try device.live() }
      let said = device.level
      #expect(said >= 30)
      #expect(
        reader.read { records in
          records.contains { $0.value?.contains("\"fuel\":\(said),") == true }
        }
      )
      // Once for all that it knows; then it tells changes only, and is not asked more often than is allowed.
      #expect(device.asked.count { $0.isEmpty } == 1)
      #expect((4...7).contains(device.asked.count), "\(device.asked)")
      #expect(device.asked.last == #"{"keepalive-options":["suppress-republish"]}"#)
    }
  }

  @Test func aBridgeThatMayNotPublishLeavesItSilent() throws {
    try withBridge(Self.source(keepsAlive: false)) { device, reader in
      try device.say("tank/20/Level", "61")
      #expect(reader.read { $0.contains { $0.value?.contains("\"fuel\":61,") == true } })
      try device.live()
      #expect(device.asked.isEmpty)
    }
  }
}

private let portal = "c0ffee012345"
