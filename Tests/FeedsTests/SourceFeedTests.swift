import Decoding
import Kafka
import LocalBrokers
import Model
import System
import Testing

@testable import Feeds
@testable import MQTT

/// Messages that are read by configured sources, from a real broker and a Kafka into the mailbox.
@Suite(.serialized, .timeLimit(.minutes(20))) struct SourceFeedTests {
  /// A fleet of genmon's form: a topic for each value, as text.
  private static func genmon(sendsChanges: Bool = false) throws -> Source {
    var source = Source(name: "genmon", id: try TextTemplate("{1}"))
    source.topics = ["+/generator/#"]
    source.region = try TextTemplate("north")
    source.sendsChanges = sendsChanges
    source.metrics = [
      MetricSource(.fuel, [place("Maintenance/Fuel Level Sensor", "%")]),
      MetricSource(.power, [place("Status/Engine/Output Power (Single Phase)", "kW")]),
      MetricSource(.batteryVoltage, [place("Status/Engine/Battery Voltage", "V")]),
    ]
    source.presence = [PresenceSource(topic: "+/generator/client_status")]
    return source
  }

  private static func place(_ topic: String, _ unit: String) -> ValuePlace {
    var place = ValuePlace(topic: topic)
    place.unit = SourceUnit(unit)
    return place
  }

  private func startFeed(_ port: Int, _ inbox: Inbox, _ sources: [Source]) throws -> Feed {
    let connection = MQTTOptions(host: "127.0.0.1", port: port, keepAliveSeconds: 5)
    var options = MQTTFeed.Options(connection: connection)
    options.sources = sources
    let feed = try MQTTFeed.start(options, into: inbox.mailbox, log: Log())
    try inbox.wait { $0.statuses.last == .live }
    return feed
  }

  @Test func valuesOfATopicEachComeTogetherAsOneSample() throws {
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startFeed(broker.port, inbox, [Self.genmon()])
      defer { feed.stop() }
      let publisher = try Publisher(port: broker.port)
      try publisher.publish("Online", to: "7701/generator/client_status", retain: true)
      let engine = "7701/generator/Status/Engine"
      try publisher.publish("5.20 kW", to: "\(engine)/Output Power (Single Phase)")
      try publisher.publish("3600", to: "\(engine)/RPM")
      try publisher.publish("61 %", to: "7701/generator/Maintenance/Fuel Level Sensor")
      try inbox.wait { $0.samples.last?.reading.fuel != nil }
      #expect(inbox.names == ["7701"])
      #expect(inbox.changes.map(\.word) == [.alive])
      #expect(inbox.samples.count <= 2)
      let sample = try #require(inbox.samples.last)
      #expect(sample.reading.fuel == 61 && sample.reading.power == 5.2)
      #expect(sample.reading[.tank] == 100 && sample.reading[.refuelMark] == 50)
      #expect(sample.notes?.region == 1 && sample.notes?.fresh != nil && !sample.isRetained)

      // A value that is emptied is not known any more; a message that cannot be read is told with its source.
      try publisher.publish("", to: "\(engine)/Output Power (Single Phase)")
      try publisher.publish("61 gnus", to: "7701/generator/Maintenance/Fuel Level Sensor")
      try inbox.wait { $0.samples.last?.reading.power == nil }
      #expect(inbox.samples.last?.reading.fuel == 61)
      try inbox.wait { $0.counters.sources?.first?.notUnderstood == 1 }
      let figures = try #require(inbox.counters.sources?.first)
      #expect(figures.name == "genmon" && figures.messages == 6 && figures.understood == 4)
      #expect(figures.topic == "7701/generator/Maintenance/Fuel Level Sensor")
      #expect(figures.payload == "61 gnus" && figures.reason != nil)
    }
  }

  @Test func announcementsAreFollowedLive() throws {
    var source = Source(name: "homeassistant", id: TextTemplate([]))
    source.homeAssistant = HomeAssistantRule()
    source.sendsChanges = true
    func announce(_ object: String, _ name: String, _ unit: String) -> String {
      """
      {"name": "\(name)", "state_topic": "g4/\(object)", "unit_of_measurement": "\(unit)", \
      "availability_topic": "g4/status", "device": {"identifiers": ["g4"]}}
      """
    }
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startFeed(broker.port, inbox, [source])
      defer { feed.stop() }
      let publisher = try Publisher(port: broker.port)
      let topic = "homeassistant/sensor/g4"
      // What the broker keeps of a topic comes with the announcement.
      try publisher.publish("61", to: "g4/fuel", retain: true)
      try publisher.publish("online", to: "g4/status", retain: true)
      try publisher.publish(
        announce("fuel", "Fuel level", "%"),
        to: "\(topic)/fuel/config",
        retain: true
      )
      try inbox.wait { $0.samples.last?.reading.fuel == 61 && $0.changes.map(\.word) == [.alive] }
      #expect(inbox.names == ["g4"] && inbox.samples.last?.notes?.sendsChanges == true)
      // New while it runs.
      try publisher.publish(announce("hours", "Run hours", "h"), to: "\(topic)/hours/config")
      try publisher.publish("7", to: "g4/hours", retain: true)
      try inbox.wait { $0.samples.last?.reading[.runHours] == 7 }
      // Taken back.
      try publisher.publish("", to: "\(topic)/fuel/config", retain: true)
      try inbox.wait { $0.samples.last?.reading.fuel == nil }
      let received = inbox.counters.received
      try publisher.publish("50", to: "g4/fuel")
      try publisher.publish("8", to: "g4/hours")
      try inbox.wait { $0.samples.last?.reading[.runHours] == 8 }
      try inbox.wait { $0.counters.received > received }
      #expect(inbox.counters.received == received + 1 && inbox.samples.last?.reading.fuel == nil)
    }
  }

  @Test func whatTheBrokerKeptComesAsRetained() throws {
    try withBroker { broker in
      let publisher = try Publisher(port: broker.port)
      let topic = "7701/generator/Maintenance/Fuel Level Sensor"
      try publisher.publish("39 %", to: topic, retain: true)
      let inbox = Inbox()
      let feed = try startFeed(broker.port, inbox, [Self.genmon(sendsChanges: true)])
      defer { feed.stop() }
      try inbox.wait { !$0.samples.isEmpty }
      let sample = try #require(inbox.samples.first)
      #expect(sample.isRetained && sample.notes?.sendsChanges == true)
      #expect(sample.reading.fuel == 39)
    }
  }

  @Test func aWordForManyHoldsForThoseThatComeLaterToo() throws {
    var source = Source(name: "gateways", id: try TextTemplate("{2}-{4}"))
    source.topics = ["sites/+/genset/+/state"]
    var fuel = ValuePlace(path: try JSONPath("$.fuel_level"))
    fuel.unit = SourceUnit("%")
    source.metrics = [MetricSource(.fuel, [fuel])]
    var presence = PresenceSource(topic: "sites/+/status")
    presence.covers = try TextTemplate("{2}-*")
    source.presence = [presence]
    let sources = [source]
    try withBroker { broker in
      let inbox = Inbox()
      let feed = try startFeed(broker.port, inbox, sources)
      defer { feed.stop() }
      let publisher = try Publisher(port: broker.port)
      for id in ["a/genset/1", "a/genset/2", "b/genset/1"] {
        try publisher.publish(#"{"fuel_level": 61}"#, to: "sites/\(id)/state")
      }
      try publisher.publish("Offline", to: "sites/a/status", retain: true)
      try inbox.wait { $0.changes.count == 2 }
      #expect(inbox.names == ["a-1", "a-2", "b-1"])
      #expect(Set(inbox.changes.map(\.generator)) == [0, 1])
      #expect(inbox.changes.allSatisfy { $0.word == .lastWill && !$0.isRetained })
      try publisher.publish(#"{"fuel_level": 61}"#, to: "sites/a/genset/3/state")
      try inbox.wait { $0.changes.count == 3 }
      let last = try #require(inbox.changes.last)
      #expect(inbox.names[Int(last.generator)] == "a-3" && last.isRetained)
    }
  }

  @Test(arguments: [
    ("a-1", "a-*", true), ("b-1", "a-*", false), ("a", "*", true), ("", "*", true),
    ("site-a-7", "*-a-*", true), ("site-b-7", "*-a-*", false), ("aab", "*ab", true),
    ("ab", "ab", true), ("abc", "ab", false), ("xay", "*a*y", true), ("xayz", "*a*y", false),
  ])
  func aStarStandsForAnything(id: String, pattern: String, isMeant: Bool) {
    #expect(isIdentifier(Array(id.utf8).span, of: Array(pattern.utf8)) == isMeant)
  }

  @Test func subscriptionsFollowFromTheSources() throws {
    var boats = Source(name: "boats", id: try TextTemplate("{2}"))
    boats.topics = ["N/+/tank/+/Level"]
    boats.condition = SourceCondition(topic: "FluidType", values: ["0"])
    boats.metrics = [
      MetricSource(.fuel, [ValuePlace(topic: "Level"), ValuePlace(topic: "Fuel Level")])
    ]
    var options = MQTTFeed.Options(connection: MQTTOptions(host: "127.0.0.1"))
    options.sources = [try Self.genmon(), boats]
    #expect(
      options.subscriptions == [
        "+/generator/#", "N/+/tank/+/Level", "N/+/tank/+/Fuel Level", "N/+/tank/+/FluidType",
      ]
    )
  }

  @Test func rawRecordsAreReadByTheirKeysAndWhatABridgePutTogetherByTheBuiltInNames() throws {
    let kafka = try KafkaUnderTest(.local)
    var gensets = Source(name: "gensets", id: try TextTemplate("{2}"))
    gensets.topics = ["gensets/+/state"]
    var fuel = ValuePlace(path: try JSONPath("$.oilVal"))
    fuel.unit = SourceUnit("%")
    gensets.metrics = [MetricSource(.fuel, [fuel])]
    var telegraf = Source(name: "telegraf", id: try TextTemplate("{$.tags.topic:2}"))
    telegraf.kafkaTopics = ["telegraf_raw"]
    telegraf.metrics = [
      MetricSource(.fuel, [ValuePlace(path: try JSONPath("$.fields.fuel"))])
    ]
    var options = kafka.options(isRawFeed: true)
    options.sources = [gensets, telegraf]
    let inbox = Inbox()
    try kafka.cluster?.createTopic(kafka.rawTopic)
    try kafka.cluster?.createTopic("telegraf_raw")
    let feed = try KafkaFeed.start(options, into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { inbox in
      inbox.events.contains {
        if case .progress(let progress) = $0 {
          return progress.topics == .raw && progress.partitions >= 2 && progress.hasReadHistory
        }
        return false
      }
    }
    try kafka.send([("gensets/ef-31/state", #"{"oilVal": 63}"#)], to: kafka.rawTopic)
    let point = #"{"fields":{"fuel":410},"tags":{"topic":"plant/tg1/x"},"timestamp":1}"#
    try kafka.send([(nil, point)], to: "telegraf_raw")
    try kafka.sendMerged(#"{"generatorID":"7701","fuel":61,"tank":100}"#, key: "7701")
    try inbox.wait { $0.samples.count == 3 }
    let found = inbox.samples.map { (inbox.names[Int($0.generator)], $0.reading.fuel) }
    #expect(Set(found.map(\.0)) == ["ef-31", "tg1", "7701"])
    for (id, fuel) in [("ef-31", 63.0), ("tg1", 410), ("7701", 61)] {
      #expect(found.first { $0.0 == id }?.1 == fuel)
    }
    #expect(inbox.samples.allSatisfy { $0.source == .rawTopic })
  }

  @Test func aSampleThatABridgePutTogetherSaysThatItSendsChanges() throws {
    let kafka = try KafkaUnderTest(.local)
    let inbox = Inbox()
    // It is not configured: the bridge knows it.
    try kafka.send([("g0", #"{"fuel": 1}"#)], to: kafka.rawTopic)
    let feed = try KafkaFeed.start(kafka.options(isRawFeed: true), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.progress(.raw)?.hasReadHistory == true }
    try kafka.sendMerged(#"{"generatorID":"g1","fuel":61}"#, key: "g1")
    try kafka.sendMerged(#"{"generatorID":"g2","fuel":62}"#, key: "g2", sendsChanges: true)
    try inbox.wait { $0.samples.last?.reading.fuel == 62 }
    #expect(inbox.samples.suffix(2).map { $0.notes?.sendsChanges } == [nil, true])
  }

  /// Records of a topic that others write, with the MQTT topic as key.
  @Test(arguments: [true, false])
  func presenceIsReadFromRecordsWhereNoBrokerTellsIt(isRawFeed: Bool) throws {
    let kafka = try KafkaUnderTest(.local)
    var source = Source(name: "sites", id: try TextTemplate("{2}"))
    source.topics = ["sites/+/state"]
    source.kafkaTopics = [kafka.rawTopic + "-sites"]
    source.metrics = [MetricSource(.fuel, [ValuePlace(path: try JSONPath("$.f"))])]
    source.presence = [PresenceSource(topic: "sites/+/status")]
    var options = kafka.options(isRawFeed: isRawFeed)
    options.sources = [source]
    let inbox = Inbox()
    let topic = source.kafkaTopics[0]
    try kafka.send([("g0", #"{"fuel": 1}"#)], to: kafka.rawTopic)
    try kafka.send([("sites/a/state", #"{"f": 1}"#)], to: topic)
    let feed = try KafkaFeed.start(options, into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait {
      $0.progress(.raw)?.hasReadHistory == true && $0.progress(.raw)?.names.count == 2
    }
    for (place, word) in ["Online", "offline"].enumerated() {
      try kafka.send([("sites/a/status", word)], to: topic)
      try kafka.send([("sites/a/state", #"{"f": \#(60 + place)}"#)], to: topic)
      try inbox.wait { $0.samples.last?.reading.fuel == Double(60 + place) }
    }
    #expect(inbox.changes.map(\.word) == (isRawFeed ? [.alive, .lastWill] : []))
    #expect(inbox.names == ["a"])
  }
}
