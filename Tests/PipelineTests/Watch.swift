import MQTT
import System
import TestSupport
import Testing

/// A subscriber that remembers what it heard last on a topic.
final class Watch {
  private let client: MQTTClient
  private var heard: [String] = []

  init(port: Int, _ filter: String) throws {
    client = try MQTTClient(MQTTOptions(host: "127.0.0.1", port: port))
    try client.connect()
    var isReady = false
    let deadline = monotonicNanoseconds() + 20_000_000_000
    while !isReady {
      try #require(monotonicNanoseconds() < deadline, "no subscription")
      for event in try round() {
        switch event {
        case .connected: try client.subscribe(to: filter, qos: 1)
        case .subscribed: isReady = true
        case .subscriptionRefused: break
        }
      }
    }
  }

  /// Whether the payload comes, or has come and was the last so far.
  func hears(_ text: String, within seconds: Int64 = 30) throws -> Bool {
    try hears(within: seconds) { $0 == text }
  }

  /// Whether such a payload comes, or has come and was the last so far.
  func hears(within seconds: Int64 = 30, _ isMeant: (String) -> Bool) throws -> Bool {
    try holds(within: seconds) {
      _ = try round()
      return heard.last.map(isMeant) ?? false
    }
  }

  /// Whether anything has come so far.
  var hasHeard: Bool { !heard.isEmpty }

  private func round() throws -> [MQTTEvent] {
    try client.poll(timeoutNanoseconds: 20_000_000) { _, payload, _ in
      heard.append(text(payload))
    }
  }
}
