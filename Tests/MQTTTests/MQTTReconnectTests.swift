import Glibc
import LocalBrokers
import System
import Testing

@testable import MQTT

@Suite(.serialized, .timeLimit(.minutes(20))) struct MQTTReconnectTests {
  @Test func leavesItsWillWhenItEndsWithoutAWord() throws {
    try withBroker { broker in
      let reader = try Session(options(broker), subscribedTo: ["w"])
      var willing = options(broker)
      willing.will = .init(topic: "w", payload: Array("gone".utf8), qos: 1)
      let writer = try Session(willing)
      try writer.connect()
      writer.client.abandon()
      #expect(!writer.client.isConnected)
      #expect(writer.client.descriptor < 0)
      try reader.run { $0.messages.map(\.text) == ["gone"] }
      #expect(throws: MQTTError.self) { try writer.round() }
      try writer.connect()
      #expect(writer.client.isConnected)
    }
  }

  @Test func canBeAbandonedAtAnyTime() throws {
    try withBroker { broker in
      let client = try MQTTClient(options(broker))
      client.abandon()
      try client.connect()
      client.abandon()
      client.abandon()
      try client.connect()
      let session = try Session(options(broker))
      try session.connect()
    }
  }

  @Test(arguments: [1, 2])
  func sendsWhatWasNotAcknowledgedAfterItConnectsAgain(qos: Int) throws {
    try withBroker { broker in
      let reader = try Session(options(broker), subscribedTo: ["g"], qos: 2)
      let writer = try Session(options(broker))
      try writer.connect()
      writer.client.abandon()
      for number in 0..<50 {
        #expect(throws: MQTTError.self) {
          try writer.client.publish([UInt8(number)], to: "g", qos: qos)
        }
      }
      #expect(writer.client.publishedCount == 50)
      #expect(writer.client.acknowledgedCount == 0)
      #expect(throws: MQTTError.self) { try writer.client.publish([1], to: "g", qos: 0) }
      #expect(throws: MQTTError.self) { try writer.client.publish([1], to: "g/#", qos: qos) }
      #expect(writer.client.publishedCount == 50)
      try writer.connect()
      try writer.run { $0.client.acknowledgedCount == 50 }
      try reader.run { $0.messages.count >= 50 }
      #expect(reader.messages.map(\.payload) == (0..<50).map { [UInt8($0)] })
    }
  }

  @Test func takesAnAddressThatWasFoundBefore() throws {
    try withBroker { broker in
      let unknown = MQTTOptions(host: "no.such.host.invalid", port: broker.port)
      let session = try Session(unknown)
      try session.client.connect(to: "127.0.0.1")
      try session.run { $0.client.isConnected }
    }
  }

  @Test func oneOfManyLeavesNoBytesBehindThatNobodyReads() throws {
    try withBroker { broker in
      var options = options(broker)
      // The sockets of a single client are left alone; no other test makes one of many.
      let single = try Session(options)
      #expect(smallSockets().isEmpty)
      options.isOneOfMany = true
      let session = try Session(options)
      #expect(smallSockets().count == 2)
      for _ in 0..<2 {
        try session.connect()
        let goal = session.client.acknowledgedCount + 2000
        for number in 0..<2000 {
          try session.client.publish([1], to: "g")
          if number % 100 == 0 { try session.round() }
        }
        try session.run { $0.client.acknowledgedCount >= goal }
        #expect(smallSockets().allSatisfy { $0 < 200 })
        session.client.abandon()
      }
      withExtendedLifetime(single) {}
    }
  }

  /// How many bytes wait, up to a thousand, in each local socket of this process that can hold next to nothing.
  private func smallSockets() -> [Int] {
    var bytes = [UInt8](repeating: 0, count: 1000)
    return (3..<2048 as Range<Int32>).compactMap { descriptor in
      var (domain, capacity): (Int32, Int32) = (0, 0)
      var size = socklen_t(MemoryLayout<Int32>.size)
      guard
        getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0, domain == AF_UNIX,
        getsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &capacity, &size) == 0, capacity < 16_384
      else { return nil }
      let flags = Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)
      return max(0, recv(descriptor, &bytes, bytes.count, flags))
    }
  }
}
