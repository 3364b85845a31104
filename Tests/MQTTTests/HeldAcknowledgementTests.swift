import LocalBrokers
import MQTT
import System
import Testing

/// What a client that holds its acknowledgements leaves in the broker when it dies.
@Suite(.timeLimit(.minutes(20)))
struct HeldAcknowledgementTests {
  private static let topic = "emergency_generator/generator1"

  @Test func messagesComeAgainUntilTheNextPollAcknowledgesThem() throws {
    try withBroker { broker in
      var options = options(broker)
      options.clientID = "holder"
      options.isCleanSession = false
      options.holdsAcknowledgements = true
      var first: Session? = try Session(options, subscribedTo: [Self.topic], qos: 1)
      let sender = try Session(MQTTOptions(host: "127.0.0.1", port: broker.port))
      try sender.connect()
      for number in 0..<5 {
        try sender.client.publish(Array("\(number)".utf8), to: Self.topic, qos: 1)
      }
      try sender.run { $0.client.acknowledgedCount == 5 }
      // Read one batch, and die before another call could acknowledge it.
      try first?.run { $0.messages.count > 0 }
      let seen = try #require(first?.messages.count)
      first = nil
      // The same messages again, and the rest.
      let second = try Session(options)
      try second.connect()
      try second.run { $0.messages.count >= 5 }
      #expect(second.messages.map(\.text) == (0..<5).map { "\($0)" })
      #expect(seen > 0)
      // This call acknowledges them all.
      _ = try second.client.serve(.write) { _, _, _ in }
      try second.round()
      second.client.disconnect()
      let third = try Session(options)
      try third.connect()
      try sender.client.publish(Array("new".utf8), to: Self.topic, qos: 1)
      try third.run { $0.messages.last?.text == "new" }
      #expect(third.messages.map(\.text) == ["new"])
    }
  }

  @Test func aClientThatDoesNotHoldLosesThem() throws {
    try withBroker { broker in
      var options = options(broker)
      options.clientID = "hasty"
      options.isCleanSession = false
      var first: Session? = try Session(options, subscribedTo: [Self.topic], qos: 1)
      let sender = try Session(MQTTOptions(host: "127.0.0.1", port: broker.port))
      try sender.connect()
      try sender.client.publish(Array("0".utf8), to: Self.topic, qos: 1)
      try sender.run { $0.client.acknowledgedCount == 1 }
      try first?.run { $0.messages.count == 1 }
      first = nil
      let second = try Session(options)
      try second.connect()
      try sender.client.publish(Array("new".utf8), to: Self.topic, qos: 1)
      try second.run { $0.messages.last?.text == "new" }
      #expect(second.messages.map(\.text) == ["new"])
    }
  }

  @Test func aClientCanBeServedByAPollOfItsOwner() throws {
    try withBroker { broker in
      let client = try MQTTClient(options(broker))
      try client.connect()
      var poll = Poll()
      var payloads: [[UInt8]] = []
      let deadline = monotonicNanoseconds() + 20_000_000_000
      while payloads.isEmpty {
        try #require(monotonicNanoseconds() < deadline)
        poll.removeAll()
        let place = poll.add(client.descriptor, client.wantsWrite ? [.read, .write] : .read)
        try poll.wait(timeoutNanoseconds: 100_000_000)
        let events = try client.serve(poll.readiness(of: place)) { _, payload, _ in
          payloads.append(payload.bytesOfCopy)
        }
        for event in events {
          switch event {
          case .connected: try client.subscribe(to: Self.topic)
          case .subscribed: try client.publish([1, 2], to: Self.topic)
          case .subscriptionRefused: Issue.record("refused")
          }
        }
      }
      #expect(payloads == [[1, 2]])
    }
  }
}
