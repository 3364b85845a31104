import MQTT
import System
import Testing

/// An MQTT client that publishes and waits for the broker's acknowledgement.
final class Sender {
  private let client: MQTTClient

  init(_ options: MQTTOptions) throws {
    client = try MQTTClient(options)
    try client.connect()
    try run { client.isConnected }
  }

  convenience init(port: Int) throws {
    try self.init(MQTTOptions(host: "127.0.0.1", port: port))
  }

  func send(_ text: String, to topic: String, qos: Int = 1, retain: Bool = false) throws {
    try send(Array(text.utf8), to: topic, qos: qos, retain: retain)
  }

  func send(_ payload: [UInt8], to topic: String, qos: Int = 1, retain: Bool = false) throws {
    try client.publish(payload, to: topic, qos: qos, retain: retain)
    try run { client.acknowledgedCount == client.publishedCount }
  }

  private func run(until isDone: () -> Bool) throws {
    let deadline = monotonicNanoseconds() + 20_000_000_000
    while !isDone() {
      try #require(monotonicNanoseconds() < deadline, "the broker did not answer")
      _ = try client.poll(timeoutNanoseconds: 20_000_000) { _, _, _ in }
    }
  }
}
