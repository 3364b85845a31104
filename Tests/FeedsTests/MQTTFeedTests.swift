import Decoding
import LocalBrokers
import Model
import System
import Testing

@testable import Feeds
@testable import MQTT

@Suite(.serialized, .timeLimit(.minutes(20))) struct MQTTFeedTests {
  private func startFeed(
    _ port: Int,
    _ inbox: Inbox,
    filters: [String] = ["emergency_generator", "emergency_generator/#"],
  ) throws -> Feed {
    let connection = MQTTOptions(host: "127.0.0.1", port: port, keepAliveSeconds: 5)
    let options = MQTTFeed.Options(
      connection: connection,
      rawFilters: filters.map { TopicFilter($0) },
    )
    return try MQTTFeed.start(options, into: inbox.mailbox, log: Log())
  }

  private func startLiveFeed(_ port: Int, _ inbox: Inbox) throws -> Feed {
    let feed = try startFeed(port, inbox)
    try inbox.wait { $0.statuses.last == .live }
    return feed
  }

  @Test func theArticlesPayloadsArriveAsSamples() throws {
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startLiveFeed(broker.port, inbox)
      defer { feed.stop() }
      let publisher = try Publisher(port: broker.port)
      let part1 =
        "{\"generatorID\": \"generator1\", \"lat\": 40.68066, \"lon\": -73.47429, "
        + "\"temperature\": 86, \"pressure\": 186, \"fuel\": 277}"
      let part3 =
        "{\"generatorID\": \"generator2\", \"lat\": 40.5, \"lon\": -73.25, "
        + "\"temperature\": 186, \"power\": 186, \"load\": 2, \"fuel\": -12}"
      try publisher.publish(part1, to: "emergency_generator")
      try publisher.publish(
        [0, 0, 0, 0, 7] + Array(part1.utf8),
        to: "emergency_generator/generator1",
      )
      try publisher.publish(part3, to: "emergency_generator/generator2")
      try inbox.wait { $0.samples.count == 3 && $0.counters.samples == 3 }
      #expect(inbox.names == ["generator1", "generator2"])
      #expect(inbox.samples.map(\.generator) == [0, 0, 1])
      #expect(inbox.samples.map(\.reading.fuel) == [277, 277, -12])
      #expect(inbox.samples.map(\.reading.load) == [nil, nil, 2])
      #expect(inbox.samples.map(\.reading.power) == [nil, nil, 186])
      #expect(inbox.samples.map(\.reading.temperature) == [86, 86, 186])
      #expect(inbox.samples.map(\.reading.latitude) == [40.68066, 40.68066, 40.5])
      #expect(inbox.samples.map(\.reading.longitude) == [-73.47429, -73.47429, -73.25])
      #expect(inbox.samples.allSatisfy { $0.source == .mqtt && !$0.isRetained })
      #expect(
        zip(inbox.samples, inbox.samples.dropFirst()).allSatisfy { $0.receivedAt < $1.receivedAt }
      )
      #expect(inbox.counters.received == 3)
      #expect(inbox.counters.bytes == 2 * part1.utf8.count + 5 + part3.utf8.count)
    }
  }

  @Test func onlyTheMessagesOfTheWatchedGeneratorAreHandedOn() throws {
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startLiveFeed(broker.port, inbox)
      defer { feed.stop() }
      inbox.mailbox.watch(1)
      let publisher = try Publisher(port: broker.port)
      try publisher.publish("{\"fuel\": 12}", to: "emergency_generator/g0")
      try publisher.publish("{\"load\": 3, \"fuel\": 7}", to: "emergency_generator/g1")
      try inbox.wait { !$0.watched.isEmpty }
      inbox.mailbox.watch(nil)
      try publisher.publish("{\"fuel\": 1}", to: "emergency_generator/g1")
      try inbox.wait { $0.samples.last?.reading.fuel == 1 }
      let message = try #require(inbox.watched.first)
      #expect(inbox.watched.count == 1 && message.stage == .mqtt)
      #expect(message.topic == "emergency_generator/g1" && message.qos == 0)
      #expect(message.text == "{\"load\": 3, \"fuel\": 7}" && message.size == 22)
      #expect(message.fields.map(\.name) == ["load", "fuel"])
      #expect(message.fields.map(\.value) == ["3", "7"])
    }
  }

  @Test func aClientThatIsCutOffIsALastWill() throws {
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startLiveFeed(broker.port, inbox)
      defer { feed.stop() }
      let topic = "emergency_generator/g7/status"
      let will = MQTTOptions.Will(topic: topic, payload: Array("offline".utf8))
      var generator: Publisher? = try Publisher(port: broker.port, will: will)
      try generator?.publish("online", to: topic, retain: true)
      try generator?.publish("{\"fuel\": 800}", to: "emergency_generator/g7")
      try inbox.wait { $0.changes.count == 1 && $0.samples.count == 1 }
      generator = nil
      try inbox.wait { $0.changes.count == 2 && $0.counters.presence == 2 }
      #expect(inbox.changes.map(\.word) == [.alive, .lastWill])
      #expect(inbox.changes.map(\.isRetained) == [false, false])
      #expect(inbox.changes.map(\.generator) == [0, 0])
      #expect(inbox.names == ["g7"])
      #expect(inbox.changes[0].receivedAt < inbox.samples[0].receivedAt)
      #expect(inbox.samples[0].receivedAt < inbox.changes[1].receivedAt)
      // One subscription covers the other, so nothing comes twice.
      #expect(inbox.counters.received == 3)
    }
  }

  @Test func whatTheBrokerKeptIsMarked() throws {
    try withBroker { broker in
      let publisher = try Publisher(port: broker.port)
      try publisher.publish("{\"fuel\": 1}", to: "emergency_generator/a", retain: true)
      try publisher.publish("offline", to: "emergency_generator/a/status", retain: true)
      let inbox = Inbox()
      let feed = try startLiveFeed(broker.port, inbox)
      defer { feed.stop() }
      try inbox.wait { $0.samples.count == 1 && $0.changes.count == 1 && $0.counters.retained == 2 }
      #expect(inbox.samples[0].isRetained)
      #expect(inbox.changes[0].isRetained)
    }
  }

  @Test func badMessagesAreCountedAndKeptAndStopNothing() throws {
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startLiveFeed(broker.port, inbox)
      defer { feed.stop() }
      let publisher = try Publisher(port: broker.port)
      try publisher.publish("{\"fuel\": ", to: "emergency_generator/a")
      try publisher.publish("{\"other\": 1}", to: "emergency_generator/a")
      try publisher.publish("perhaps", to: "emergency_generator/a/status")
      try publisher.publish([UInt8](repeating: 0x1B, count: 1 << 20), to: "emergency_generator/b")
      try publisher.publish("{\"fuel\": 5}", to: "emergency_generator/a")
      try publisher.publish("{\"fuel\": 6, \"load\": [1]}", to: "emergency_generator/c")
      try inbox.wait { $0.samples.count == 2 && $0.counters.received == 6 }
      #expect(inbox.counters.lostFields == 1)
      // Broken JSON is an error, and so is a word that the presence rule does not know; something
      // else on the same topics is not, and is kept as a specimen all the same.
      #expect(inbox.counters.rejected == 2 && inbox.counters.unknownWords == 1)
      #expect(inbox.counters.ignored == 2)
      let foreign = inbox.rejected.filter { $0.kind == .foreign }
      #expect(foreign.map(\.reason) == ["no field known"])
      let rejected = inbox.rejected.filter { $0.kind != .foreign }
      #expect(
        rejected.map(\.topic) == [
          "emergency_generator/a", "emergency_generator/a/status", "emergency_generator/c",
        ]
      )
      #expect(rejected.map { $0.isReadInPart == true } == [false, false, true])
      #expect(rejected[1].kind == .presence && rejected[1].payload == "perhaps")
      #expect(inbox.rejected.allSatisfy { $0.feed == .mqtt && !$0.payload.contains("\u{1B}") })
      #expect(inbox.statuses.last == .live)
    }
  }

  @Test func comesBackByItselfAndCountsNothingTwice() throws {
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startLiveFeed(broker.port, inbox)
      defer { feed.stop() }
      let before = try Publisher(port: broker.port)
      try before.publish("{\"fuel\": 1}", to: "emergency_generator/a")
      try inbox.wait { $0.samples.count == 1 }
      broker.kill()
      try inbox.wait { inbox in
        if case .retrying(_, _, 2)? = inbox.statuses.last { return true }
        return false
      }
      try broker.restart()
      try inbox.wait { $0.statuses.last == .live }
      let after = try Publisher(port: broker.port)
      try after.publish("{\"fuel\": 2}", to: "emergency_generator/a")
      try inbox.wait { $0.samples.count == 2 && $0.counters.received == 2 }
      #expect(inbox.counters.connections == 2)
      #expect(inbox.statuses.prefix(2) == [.connecting, .live])
      #expect(inbox.statuses.suffix(2) == [.connecting, .live])
      let reasons = inbox.statuses.compactMap(\.reason)
      let address = "127.0.0.1:\(broker.port)"
      #expect(reasons.first == "\(address): the connection was lost")
      #expect(reasons.dropFirst().allSatisfy { $0 == "\(address): Connection refused" })
      let tries = inbox.statuses.compactMap { status -> Int? in
        if case .retrying(_, _, let attempt) = status { return attempt }
        return nil
      }
      #expect(tries == Array(1...tries.count))
    }
  }

  @Test func leavesABrokerThatSendsWhatIsTooLargeForAWhile() throws {
    try withBroker { broker in
      let publisher = try Publisher(port: broker.port)
      let large = [UInt8](repeating: 0x61, count: 96 << 20)
      try publisher.publish(large, to: "emergency_generator/g1", retain: true)
      let inbox = Inbox()
      var connection = MQTTOptions(host: "127.0.0.1", port: broker.port)
      connection.maximumPacketSize = 1 << 20
      let options = MQTTFeed.Options(connection: connection)
      let feed = try MQTTFeed.start(options, into: inbox.mailbox, log: Log())
      defer { feed.stop() }
      try inbox.wait { $0.statuses.last?.reason != nil }
      guard case .retrying(let reason, let next, 1)? = inbox.statuses.last else {
        Issue.record("\(inbox.statuses)")
        return
      }
      #expect(reason.hasSuffix("a packet of more than 1.0 MB is coming: connection left"))
      // Not after the second or so that a first failure costs.
      #expect(next - monotonicNanoseconds() > 2 * ReconnectDelay.firstNanoseconds)
    }
  }

  @Test func reconnectsAtOnceWhenTold() throws {
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startLiveFeed(broker.port, inbox)
      defer { feed.stop() }
      feed.reconnectNow()
      try inbox.wait { $0.statuses == [.connecting, .live, .connecting, .live] }
      try inbox.wait { $0.counters.connections == 2 }
    }
  }

  @Test func stopsWhileNothingAnswers() throws {
    try withBroker { broker in
      broker.freeze()
      let inbox = Inbox()
      let feed = try startFeed(broker.port, inbox)
      try inbox.wait { $0.statuses == [.connecting] }
      let start = monotonicNanoseconds()
      feed.stop()
      #expect(monotonicNanoseconds() - start < 2_000_000_000)
      broker.thaw()
    }
  }

  @Test func losesNoneOfABurst() throws {
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startLiveFeed(broker.port, inbox)
      defer { feed.stop() }
      let publisher = try Publisher(port: broker.port)
      for number in 0..<20_000 {
        let payload = Array("{\"fuel\": \(number)}".utf8)
        try publisher.client.publish(payload, to: "emergency_generator/g\(number % 50)")
        if number % 500 == 0 { try inbox.wait { _ in true } }
      }
      try publisher.publish("{\"fuel\": 20000}", to: "emergency_generator/last")
      try inbox.wait { $0.counters.received == 20_001 }
      #expect(inbox.counters.samples == 20_001)
      let isWhole = inbox.samples.map(\.reading.fuel) == (0...20_000).map(Double.init)
      #expect(isWhole)
    }
  }
}
