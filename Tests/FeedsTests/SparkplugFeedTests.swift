import Decoding
import LocalBrokers
import Model
import System
import TestSupport
import Testing

@testable import Feeds
@testable import MQTT

/// Nodes of Sparkplug B from a real broker into the mailbox.
@Suite(.serialized, .timeLimit(.minutes(20))) struct SparkplugFeedTests {
  private static func source() throws -> Source {
    var source = Source(name: "sparkplug", id: try TextTemplate("{4}/{5}"))
    source.sparkplug = SparkplugRule()
    // The bridge may ask; a feed never does.
    source.sparkplug?.asksForBirths = true
    source.topics = SparkplugRule().filters
    source.sendsChanges = true
    var fuel = ValuePlace()
    fuel.name = "Fuel Level"
    fuel.unit = SourceUnit("%")
    source.metrics = [MetricSource(.fuel, [fuel])]
    return source
  }

  @Test func aNodeThatDiesTakesItsDevicesWithItAndNothingIsPublished() throws {
    try withBroker { broker in
      let connection = MQTTOptions(host: "127.0.0.1", port: broker.port, keepAliveSeconds: 5)
      var options = MQTTFeed.Options(connection: connection)
      options.sources = try [Self.source()]
      let inbox = Inbox()
      let feed = try MQTTFeed.start(options, into: inbox.mailbox, log: Log())
      defer { feed.stop() }
      try inbox.wait { $0.statuses.last == .live }
      let will = MQTTOptions.Will(
        topic: "spBv1.0/plant/NDEATH/gw7",
        payload: SparkplugPayload.bytes("bdSeq Int64 = 7"),
        qos: 1
      )
      var node: Publisher? = try Publisher(port: broker.port, will: will)
      func send(_ end: String, _ text: String) throws {
        try node?.publish(SparkplugPayload.bytes(text), to: "spBv1.0/plant/\(end)")
      }
      try send("DDATA/gw7/g1", "seq 8; #1 = 61")
      try inbox.wait { $0.counters.sources?.first?.notUnderstood == 1 }
      let figures = try #require(inbox.counters.sources?.first)
      #expect(figures.reason == "waits for a birth of device g1 of node gw7")
      try send("NBIRTH/gw7", "seq 0; bdSeq Int64 = 7")
      for name in ["g1", "g2"] { try send("DBIRTH/gw7/\(name)", "seq 1; Fuel Level #1 Int16 = 61") }
      try send("DDATA/gw7/g1", "seq 3; #1 = 39")
      try inbox.wait { inbox in
        inbox.names == ["gw7/g1", "gw7/g2"]
          && inbox.samples.contains { $0.generator == 0 && $0.reading.fuel == 39 }
      }
      #expect(inbox.changes.map(\.word) == [.alive, .alive])
      // It is cut off, and the broker sends its will.
      node = nil
      try inbox.wait { $0.changes.count == 4 }
      #expect(inbox.changes.suffix(2).map(\.word) == [.lastWill, .lastWill])
      #expect(Set(inbox.changes.suffix(2).map(\.generator)) == [0, 1])
      // A command to a node would have been heard as well.
      #expect(inbox.counters.sources?.first?.messages == 6)
    }
  }
}
