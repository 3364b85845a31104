import Feeds
import LocalBrokers
import Model
import System
import Testing

@testable import MQTT

/// A mailbox, and everything that was taken out of it.
final class Inbox {
  /// Large enough that nothing is folded.
  let mailbox = Mailbox(bound: 64 << 20, signal: {})
  private(set) var events: [FeedEvent] = []

  /// Takes until the condition holds; fails after the time.
  func wait(seconds: Int64 = 20, until isDone: (Inbox) -> Bool) throws {
    let deadline = monotonicNanoseconds() + seconds * 1_000_000_000
    events += mailbox.takeEvents()
    while !isDone(self) {
      try #require(monotonicNanoseconds() < deadline, "nothing came of it: \(events.suffix(5))")
      sleepThread(nanoseconds: 2_000_000)
      events += mailbox.takeEvents()
    }
  }

  var names: [String] {
    events.flatMap { event in
      if case .names(let generators, _) = event { return generators }
      return []
    }
  }

  var samples: [Sample] {
    events.flatMap { event in
      if case .samples(let samples) = event { return samples }
      return []
    }
  }

  var changes: [PresenceChange] {
    events.flatMap { event in
      if case .presence(let changes) = event { return changes }
      return []
    }
  }

  var watched: [WatchedMessage] {
    events.compactMap { event in
      if case .watched(let message) = event { return message }
      return nil
    }
  }

  var statuses: [FeedStatus] {
    events.compactMap { event in
      if case .status(.mqtt, let status) = event { return status }
      return nil
    }
  }

  var rejected: [RejectedMessage] {
    events.flatMap { event in
      if case .rejected(let messages) = event { return messages }
      return []
    }
  }

  var counters: FeedCounters {
    let all = events.compactMap { event -> FeedCounters? in
      if case .counters(.mqtt, let counters) = event { return counters }
      return nil
    }
    return all.last ?? FeedCounters()
  }
}

/// A client that publishes, connected.
final class Publisher {
  let client: MQTTClient

  init(port: Int, will: MQTTOptions.Will? = nil) throws {
    client = try MQTTClient(MQTTOptions(host: "127.0.0.1", port: port, will: will))
    try client.connect()
    try run { $0.isConnected }
  }

  /// Publishes with QoS 1 and waits for the broker's word.
  func publish(_ text: String, to topic: String, retain: Bool = false) throws {
    try publish(Array(text.utf8), to: topic, retain: retain)
  }

  func publish(_ payload: [UInt8], to topic: String, retain: Bool = false) throws {
    try client.publish(payload, to: topic, qos: 1, retain: retain)
    try run { $0.acknowledgedCount == $0.publishedCount }
  }

  private func run(until isDone: (MQTTClient) -> Bool) throws {
    let deadline = monotonicNanoseconds() + 20_000_000_000
    while !isDone(client) {
      try #require(monotonicNanoseconds() < deadline)
      _ = try client.poll(timeoutNanoseconds: 50_000_000) { _, _, _ in }
    }
  }
}

/// A broker in a folder, both gone at the end.
func withBroker(_ body: (LocalMosquitto) throws -> Void) throws {
  let folder = try makeTemporaryDirectory(prefix: "egtop-feed")
  defer { removeFlatDirectory(folder) }
  let broker = try LocalMosquitto.start(directory: folder)
  defer { broker.stop() }
  try body(broker)
}
