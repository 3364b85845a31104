internal import Decoding
internal import Kafka
internal import MQTT
internal import Model
internal import System
internal import Wording

/// One connection of a bridge to the MQTT broker, from the login until it is lost.
final class BridgeLink {
  private let client: MQTTClient
  private let writer: BridgeWriter

  private var options: BridgeStage.Options { writer.stage.options }

  /// A client with a session that outlives it in the broker.
  init(_ connection: MQTTOptions, _ writer: BridgeWriter) throws(MQTTError) {
    var connection = connection
    connection.isCleanSession = false
    connection.holdsAcknowledgements = true
    connection.will = writer.stage.options.presenceTopic.map {
      MQTTOptions.Will(topic: $0, payload: Array(Convention.dead.utf8), qos: 1)
    }
    client = try MQTTClient(connection)
    self.writer = writer
  }

  /// Carries messages until the program is to end or Kafka stays away for longer than the keep-alive.
  ///
  /// - Throws: `MQTTError` when the connection is lost, `KafkaError` when the producer cannot go on.
  func carry(whenConnected: () -> Void) throws {
    let stop = writer.outbox.run.stop
    if writer.followsAnnouncements, !writer.knowsAnnouncements {
      try BridgeAnnouncements(client.options, options.announcementFilters).read(into: writer)
    }
    try client.connect(wakingOn: stop.descriptor)
    while !stop.isSet {
      writer.stage.health.beat()
      let isGathering = writer.isGathering
      let events = try client.poll(
        wakingOn: stop.descriptor,
        timeoutNanoseconds: min(writer.wait ?? 1_000_000_000, 1_000_000_000),
        acknowledges: !isGathering,
        onMessage: writer.write,
      )
      for event in events { try handle(event, whenConnected) }
      try followTopics()
      try ask()
      if client.isConnected {
        try writer.keepAlive?.ask(at: monotonicNanoseconds()) { topic, payload throws(MQTTError) in
          try client.publish(payload, to: topic)
        }
      }
      writer.writeMerged(all: false)
      try writer.countDelivered()
      if writer.isGathering { continue }
      if writer.owesAcknowledgement { writer.writeMerged(all: true) }
      // The next poll acknowledges what this one brought.
      guard writer.owesAcknowledgement else { continue }
      guard try isDelivered() else { return }
      CrashPoint.pass(.bridgeAcknowledged)
    }
    try leave()
  }

  /// Asks nodes of Sparkplug to announce themselves, as far as their sources allow it.
  private func ask() throws(MQTTError) {
    for request in writer.takeBirthRequests() {
      do throws(MQTTError) {
        try client.publish(request.payload, to: request.topic)
        writer.outbox.run.log.info("asks a node for its birth", ["topic": request.topic.printable])
      } catch {
        // A name that no topic can have is the node's fault.
        if error.cause != .options { throw error }
      }
    }
  }

  private func handle(_ event: MQTTEvent, _ whenConnected: () -> Void) throws(MQTTError) {
    let log = writer.outbox.run.log
    switch event {
    case .connected(let isSessionPresent):
      writer.stage.counts[.connects].add()
      writer.stage.health.note(up: .mqtt)
      whenConnected()
      writer.keepAlive?.begin()
      log.info(
        "connected to the MQTT broker",
        ["address": client.options.address, "session": isSessionPresent ? "kept" : "new"]
      )
      if let seconds = client.sessionSeconds {
        log.warning(
          "the broker keeps the session only for a while: what comes when the bridge is away for longer is lost",
          ["address": client.options.address, "seconds": "\(seconds)"]
        )
      }
      try subscribe()
      if let topic = options.presenceTopic {
        try client.publish(Array(Convention.alive.utf8), to: topic, qos: 1, retain: true)
      }
    case .subscribed: break
    case .subscriptionRefused(let filter, let reason):
      log.error(
        "the broker refuses a subscription: let this user read it in its access rules",
        ["address": client.options.address, "filter": filter, "reason": reason]
      )
    }
  }

  private func subscribe() throws(MQTTError) {
    let announcements = options.announcementFilters
    for filter in writer.filters where !announcements.contains(filter) {
      try client.subscribe(to: filter, qos: min(1, options.qos))
    }
    // The broker keeps them, so that none has to be acknowledged, and what it keeps may be new.
    for filter in announcements { try client.subscribe(to: filter, again: true) }
    _ = writer.takeTopicNews()
    try follow(writer.wantedTopics)
  }

  /// Subscribes to topics that have been announced, and leaves those that are announced no more.
  private func followTopics() throws(MQTTError) {
    guard client.isConnected, let news = writer.takeTopicNews() else { return }
    for topic in news.unwanted { try client.unsubscribe(from: topic) }
    try follow(news.wanted)
  }

  private func follow(_ topics: [String]) throws(MQTTError) {
    for topic in topics {
      try client.subscribe(to: topic, qos: min(1, options.qos), again: true)
    }
  }

  /// Waits until Kafka has all that was written.
  ///
  /// Nothing is sent to the broker meanwhile, for the acknowledgements would go first. It ends the connection after one
  /// and a half keep-alives, so after one we do: then the messages come again in the next.
  ///
  /// - Returns: Whether it has; false ends the connection without acknowledging anything.
  private func isDelivered() throws(KafkaError) -> Bool {
    let keepAlive = Int64(client.options.keepAliveSeconds) * 1_000_000_000
    if try writer.waitForDelivery(limit: keepAlive) { return true }
    writer.outbox.run.log
      .warning("left the MQTT broker, which keeps the messages until Kafka is back")
    return false
  }

  /// Ends in order: what Kafka has is acknowledged, and there is no will.
  private func leave() throws {
    guard client.isConnected else { return }
    writer.writeMerged(all: true)
    guard try writer.waitForDelivery(limit: 5_000_000_000) else { return }
    if let topic = options.presenceTopic {
      try client.publish(Array(Convention.disconnected.utf8), to: topic, qos: 0, retain: true)
    }
    client.disconnect()
  }
}
