import LocalBrokers
import System
import Testing

@testable import MQTT

/// Packets that are larger than we want.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PacketSizeTests {
  /// Publishes a message that the broker keeps for those who come later.
  private func retain(_ size: Int, _ broker: LocalMosquitto, topic: String = "g/large") throws {
    let writer = try Session(options(broker))
    try writer.connect()
    try writer.client.publish([UInt8](repeating: 0x61, count: size), to: topic, retain: true)
    try writer.run { $0.client.acknowledgedCount == 1 }
    // The broker has it when it answers what comes behind it.
    try writer.client.publish([1], to: "end", qos: 1)
    try writer.run { $0.client.acknowledgedCount == 2 }
  }

  @Test func areKeptBackByTheBrokerByMQTT5() throws {
    try withBroker { broker in
      try retain(2 << 20, broker)
      var wanted = options(broker, .v5)
      wanted.maximumPacketSize = 1 << 20
      let reader = try Session(wanted, subscribedTo: ["g/#"])
      try retain(1000, broker, topic: "g/small")
      try reader.run { $0.count == 1 }
      #expect(reader.messages.map(\.topic) == ["g/small"])
      // One that asks for nothing gets all.
      let other = try Session(options(broker, .v5), subscribedTo: ["g/#"])
      try other.run { $0.count == 2 }
    }
  }

  @Test func endTheConnectionByMQTT311() throws {
    try withBroker { broker in
      try retain(100_000, broker, topic: "g/small")
      try retain(96 << 20, broker)
      var wanted = options(broker)
      wanted.maximumPacketSize = 1 << 20
      let reader = try Session(wanted, subscribedTo: ["g/small"])
      try reader.run { $0.count == 1 }
      try reader.client.subscribe(to: "g/large")
      let error = try reader.failure()
      #expect(error == .oversized(1 << 20))
      #expect(error.reason == "a packet of more than 1.0 MB is coming: connection left")
      #expect(reader.messages.map(\.topic) == ["g/small"])
      #expect(reader.client.descriptor < 0)
      #expect(!reader.client.isConnected)
    }
  }

  /// However much comes, as long as each is small enough.
  @Test func areNotMetWhereManySmallOnesCome() throws {
    try withBroker { broker in
      var wanted = options(broker)
      wanted.maximumPacketSize = 100_000
      let reader = try Session(wanted, subscribedTo: ["g/#"], qos: 1)
      reader.keepsMessages = false
      let writer = try Session(options(broker))
      try writer.connect()
      for number in 1...200 {
        try writer.client.publish([UInt8](repeating: 0x61, count: 90_000), to: "g/1", qos: 1)
        try writer.run { $0.client.acknowledgedCount == number }
        try reader.round()
      }
      try reader.run { $0.count == 200 }
    }
  }

  @Test func areTakenWhereNothingIsSaid() throws {
    try withBroker { broker in
      try retain(20 << 20, broker)
      let reader = try Session(options(broker), subscribedTo: ["g/#"])
      try reader.run { $0.count == 1 }
      #expect(reader.messages.first?.payload.count == 20 << 20)
    }
  }
}
