import LocalBrokers
import System
import Testing

@testable import MQTT

@Suite(.serialized, .timeLimit(.minutes(20))) struct MQTTClientTests {
  @Test(arguments: [MQTTOptions.Version.v3_1_1, .v5], [0, 1, 2])
  func lendsWhatWasPublished(_ version: MQTTOptions.Version, _ qos: Int) throws {
    try withBroker { broker in
      let reader = try Session(options(broker, version), subscribedTo: ["g/#"], qos: qos)
      #expect(
        reader.events == [
          .connected(isSessionPresent: false), .subscribed(filter: "g/#", qos: qos),
        ]
      )
      let writer = try Session(options(broker, version))
      try writer.connect()
      try writer.client.publish([0, 255, 10], to: "g/1", qos: qos)
      try writer.client.publish([], to: "g/ü", qos: qos)
      try writer.client.publish([1], to: "other", qos: qos)
      try writer.run { $0.client.acknowledgedCount == 3 }
      try reader.run { $0.messages.count == 2 }
      #expect(
        reader.messages == [
          .init(topic: "g/1", payload: [0, 255, 10], qos: qos, isRetained: false),
          .init(topic: "g/ü", payload: [], qos: qos, isRetained: false),
        ]
      )
    }
  }

  @Test(arguments: [MQTTOptions.Version.v3_1_1, .v5])
  func marksOnlyWhatTheBrokerKept(_ version: MQTTOptions.Version) throws {
    try withBroker { broker in
      let writer = try Session(options(broker, version))
      try writer.connect()
      try writer.client.publish(Array("old".utf8), to: "s", qos: 1, retain: true)
      try writer.run { $0.client.acknowledgedCount == 1 }
      let reader = try Session(options(broker, version), subscribedTo: ["s"])
      try reader.run { $0.messages.count == 1 }
      try writer.client.publish(Array("new".utf8), to: "s", qos: 1, retain: true)
      try writer.run { $0.client.acknowledgedCount == 2 }
      try reader.run { $0.messages.count == 2 }
      #expect(reader.messages.map(\.isRetained) == [true, false])
      #expect(reader.messages.map(\.text) == ["old", "new"])
    }
  }

  @Test(arguments: [0, 1, 2])
  func losesNoneOfTwentyThousandMessages(_ qos: Int) throws {
    try withBroker { broker in
      let reader = try Session(options(broker), subscribedTo: ["n"], qos: qos)
      let writer = try Session(options(broker))
      try writer.connect()
      for number in 0..<20_000 {
        try writer.client.publish(Array(String(number).utf8), to: "n", qos: qos)
        while writer.client.publishedCount - writer.client.acknowledgedCount > 200 {
          try writer.round()
        }
        if number % 200 == 0 { try reader.round() }
      }
      try writer.run { $0.client.acknowledgedCount == 20_000 }
      try reader.run { $0.messages.count >= 20_000 }
      let isWhole = reader.messages.map { Int($0.text) } == Array(0..<20_000)
      #expect(isWhole)
    }
  }

  @Test func seesTheWillOfAClientThatWasCutOff() throws {
    try withBroker { broker in
      let reader = try Session(options(broker), subscribedTo: ["+/status"])
      var lost = options(broker)
      lost.will = .init(topic: "g1/status", payload: Array("offline".utf8), qos: 1)
      var other: Session? = try Session(lost)
      try other?.connect()
      // Closes the socket without a DISCONNECT.
      other = nil
      try reader.run { $0.messages.count == 1 }
      #expect(reader.messages.first?.text == "offline")
      #expect(reader.messages.first?.topic == "g1/status")
      #expect(reader.messages.first?.isRetained == false)
      let second = try Session(lost)
      try second.connect()
      second.client.disconnect()
      let late = try Session(options(broker), subscribedTo: ["+/status"])
      try late.run { $0.messages.count == 1 }
      #expect(late.messages.first?.isRetained == true)
      try reader.round()
      #expect(reader.messages.count == 1)
    }
  }

  @Test func comesBackAfterTheBrokerWasKilled() throws {
    try withBroker { broker in
      let reader = try Session(options(broker), subscribedTo: ["a"])
      broker.kill()
      #expect(try reader.failure().cause == .lost)
      #expect(!reader.client.isConnected)
      let refused = #expect(throws: MQTTError.self) { try reader.connect() }
      #expect(refused == MQTTError(.network, "Connection refused"))
      try broker.restart()
      reader.events = []
      try reader.connect()
      try reader.client.subscribe(to: "a")
      try reader.run { $0.events.count == 2 }
      let writer = try Session(options(broker))
      try writer.connect()
      try writer.client.publish([7], to: "a")
      try reader.run { $0.messages.count == 1 }
    }
  }

  @Test func noticesAFrozenBrokerWithinTheKeepAlive() throws {
    try withBroker { broker in
      var slow = options(broker)
      slow.keepAliveSeconds = 5
      let reader = try Session(slow, subscribedTo: ["a"])
      broker.freeze()
      defer { broker.thaw() }
      let start = monotonicNanoseconds()
      let failure = try reader.failure(seconds: 30)
      #expect(failure.cause == .keepAlive)
      #expect(failure.reason.contains("silent"))
      #expect(monotonicNanoseconds() - start < 12_500_000_000)
    }
  }

  @Test func givesUpOnABrokerThatNeverAnswers() throws {
    try withBroker { broker in
      broker.freeze()
      defer { broker.thaw() }
      var hasty = options(broker)
      hasty.connectSeconds = 1
      let error = #expect(throws: MQTTError.self) { try Session(hasty).connect() }
      #expect(
        error == MQTTError(.timedOut, "no answer to the login (is it an MQTT broker?)")
      )
    }
  }

  @Test func aWakerEndsEveryWait() throws {
    try withBroker { broker in
      let session = try Session(options(broker), subscribedTo: ["a"])
      let waker = try EventFD()
      waker.signal()
      let start = monotonicNanoseconds()
      let events = try session.client.poll(
        wakingOn: waker.descriptor,
        timeoutNanoseconds: 60_000_000_000,
      ) { _, _, _ in }
      #expect(events.isEmpty)
      #expect(monotonicNanoseconds() - start < 5_000_000_000)
      let other = try MQTTClient(MQTTOptions(host: "no-such-host.invalid"))
      let error = #expect(throws: MQTTError.self) {
        try other.connect(wakingOn: waker.descriptor)
      }
      // The resolver may have been quicker.
      #expect(error?.cause == .interrupted || error?.cause == .name)
    }
  }

  @Test func saysThatANameIsUnknown() throws {
    let client = try MQTTClient(MQTTOptions(host: "no-such-host.invalid"))
    let error = #expect(throws: MQTTError.self) { try client.connect() }
    #expect(error?.cause == .name)
    #expect(error?.reason.hasPrefix("no-such-host.invalid: ") == true)
  }

  @Test func findsTheAddressThatAnswers() throws {
    // "localhost" may be ::1 and 127.0.0.1; the broker listens on the second only.
    try withBroker { broker in
      var named = options(broker)
      named.host = "localhost"
      let session = try Session(named)
      try session.connect()
      #expect(session.client.isConnected)
    }
  }

  @Test func refusesWhatIsNoFilterOrNoTopic() throws {
    try withBroker { broker in
      let session = try Session(options(broker))
      try session.connect()
      for filter in ["a/#/b", ""] {
        let error = #expect(throws: MQTTError.self) { try session.client.subscribe(to: filter) }
        #expect(error?.cause == .options)
      }
      let error = #expect(throws: MQTTError.self) { try session.client.publish([], to: "a/+") }
      #expect(error?.cause == .options)
      #expect(session.client.isConnected)
    }
  }

  @Test func hearsThatAnotherClientTookItsName() throws {
    try withBroker { broker in
      var same = options(broker, .v5)
      same.clientID = "twin"
      let first = try Session(same)
      try first.connect()
      let second = try Session(same)
      try second.connect()
      let failure = try first.failure()
      // A broker may say so before it closes the connection, and mosquitto 2.0.11 does not.
      #expect([.lost, .disconnected(code: 0x8E)].contains(failure.cause))
      #expect(second.client.isConnected)
    }
  }
}
