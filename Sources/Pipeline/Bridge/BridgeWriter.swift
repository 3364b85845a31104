internal import Decoding
internal import Kafka
internal import MQTT
internal import Model
internal import System

/// The Kafka side of a bridge: used by the bridge's thread.
final class BridgeWriter {
  let stage: BridgeStage
  let outbox: KafkaOutbox
  private let letterTopic: DeadLetterTopic
  /// In the order of the rules.
  private let topics: [String]
  private let matcher: TopicMatcher
  /// Those of the message before, which are often the next one's too.
  private var headers: [KafkaProducer.Header] = []
  private var headersAreOf: (qos: Int, isRetained: Bool, milliseconds: Int64) = (-1, false, 0)
  /// Counts of the producer when they were last looked at.
  private var delivered = 0
  private var refused = 0
  private var undelivered = 0
  /// The broker waits for an acknowledgement of something that was written since the last wait for delivery.
  private(set) var owesAcknowledgement = false
  /// When the first message of those was written.
  private var owedSince: Int64 = 0
  private var failure: KafkaError?
  /// What to subscribe to.
  let filters: [String]
  /// Whom to ask to go on publishing; nil where no source allows it.
  var keepAlive: KeepAlive?
  /// Puts together what needs memory; nil without sources.
  private let merger: BridgeMerger?
  /// Topics that announcements do not name any more, whose messages came all the same.
  private var strays: Set<String> = []
  /// Whether what devices announce is known, as far as the broker keeps it.
  var knowsAnnouncements = false
  /// Messages that no rule wants, of which the log tells now and then.
  private var unmatched = UnmatchedMessages()

  private var counts: Counts<BridgeCount> { stage.counts }

  init(_ stage: BridgeStage, _ run: StageRun) throws {
    let options = stage.options
    self.stage = stage
    outbox = try KafkaOutbox(
      options.properties,
      // What a broker sends at once shares a request; a batch that is waited for is sent without this delay.
      standard: ["linger.ms": "5", "queue.buffering.max.kbytes": "65536"],
      warning: "Kafka acknowledges nothing: nor do we",
      patience: 5_000_000_000,
      run,
    )
    letterTopic = try DeadLetterTopic(
      options.deadLetterTopic,
      options.properties,
      lack: "there is no topic of dead letters and none can be made: make it",
      run.log
    )
    topics = options.map.topics
    let keepAlive = KeepAlive(options.sources, pause: options.keepAlivePause)
    self.keepAlive = keepAlive
    filters = options.filters + (keepAlive == nil ? [] : [KeepAlive.serialFilter])
    matcher = options.map.matcher(filters)
    merger = options.sources.isEmpty ? nil : BridgeMerger(options.sources)
    outbox.onRefused = { [unowned self] record throws(KafkaError) in
      let isLetter = record.topic == options.deadLetterTopic
      // Not even its headers have room.
      if isLetter, record.value?.isEmpty ?? true { return }
      if !isLetter { counts[.deadLetters].add() }
      try send(BridgeLetter(record, isLetter: isLetter))
    }
  }

  /// Hands one message to Kafka, waiting while its queue is full.
  func write(_ topic: Span<UInt8>, _ payload: Span<UInt8>, _ message: MQTTMessage) {
    CrashPoint.pass(.bridgeRead)
    counts[.received].add()
    guard failure == nil else { return }
    keepAlive?.note(topic)
    let match = matcher.match(topic)
    if let merger, match != .foreign || merger.isWanted(topic) {
      switch merger.take(topic, payload, message) {
      case .passOn: break
      case .drop:
        counts[.unmatched].add()
        return
      case .kept:
        counts[.merged].add()
        if message.qos > 0 { owe() }
        return
      }
    }
    if match == .unmatched {
      counts[.unmatched].add()
      unmatched.note(topic)
      return
    }
    if message.qos > 0 { owe() }
    let milliseconds = wallNanoseconds() / 1_000_000
    prepareHeaders(message, milliseconds)
    do throws(KafkaError) {
      var reason = BridgeLetter.foreign
      if case .rule(let rule) = match {
        let refusal = try outbox.send { producer throws(KafkaError) in
          try producer.send(
            to: topics[rule],
            key: topic,
            value: payload,
            milliseconds: milliseconds,
            headers: headers,
          )
        }
        guard let refusal else { return }
        counts[.refused].add()
        outbox.run.log
          .warning("Kafka refuses a message", ["reason": refusal.text, "topic": topics[rule]])
        reason = BridgeLetter.tooLarge
      } else {
        counts[.foreign].add()
        if followsAnnouncements { strays.insert(String(decoding: topic.copied, as: UTF8.self)) }
      }
      counts[.deadLetters].add()
      try send(
        BridgeLetter(
          key: topic.copied,
          value: payload.copied,
          milliseconds: milliseconds,
          headers: headers,
          reason: reason,
        )
      )
    } catch {
      failure = error
    }
  }

  /// The broker waits for an acknowledgement.
  private func owe() {
    guard !owesAcknowledgement else { return }
    owesAcknowledgement = true
    owedSince = monotonicNanoseconds()
  }

  // MARK: - Topics that are announced

  /// Whether topics are wanted that announcements name.
  var followsAnnouncements: Bool { merger?.followsAnnouncements ?? false }

  /// Those.
  var wantedTopics: [String] { merger?.wantedTopics ?? [] }

  /// Takes what changed of them, and topics that the session had from before and nobody announces any more; nil if
  /// there is nothing.
  func takeTopicNews() -> (wanted: [String], unwanted: [String])? {
    guard followsAnnouncements, let merger else { return nil }
    let news = merger.takeTopicNews() ?? TopicNews()
    defer { strays = [] }
    guard !news.isEmpty || !strays.isEmpty else { return nil }
    return (news.wanted.sorted(), news.unwanted.union(strays).subtracting(news.wanted).sorted())
  }

  // MARK: - Samples that are put together

  /// Whether what was read waits for more of its generators, so that nothing is to be acknowledged yet.
  var isGathering: Bool { merger?.isGathering(at: monotonicNanoseconds()) ?? false }

  /// Nanoseconds until there is something to write; nil if nothing waits.
  var wait: Int64? { merger?.wait(at: monotonicNanoseconds()) }

  /// Writes the samples that are due, or all that wait.
  func writeMerged(all: Bool) {
    merger?.tell(at: monotonicNanoseconds(), all: all) { id, sample, values in
      guard failure == nil else { return }
      // What the broker alone knew is of now where only changes are sent.
      let isRetained = values.isRetained && !values.sendsChanges
      var headers = [
        KafkaProducer.Header(Convention.retainedHeader, Array("\(isRetained)".utf8)),
        KafkaProducer.Header(Convention.sourceHeader, Array(Convention.mergedSource.utf8)),
      ]
      if values.sendsChanges {
        let word = Array(Convention.sendsChanges.utf8)
        headers.append(KafkaProducer.Header(Convention.sendsHeader, word))
      }
      do throws(KafkaError) {
        let refusal = try outbox.send { producer throws(KafkaError) in
          try producer.send(
            to: stage.options.rawTopic,
            key: id,
            value: sample,
            milliseconds: values.time / 1_000_000,
            headers: headers,
          )
        }
        guard let refusal else { return }
        counts[.refused].add()
        outbox.run.log.warning("Kafka refuses a sample", ["reason": refusal.text])
      } catch {
        failure = error
      }
    }
  }

  /// Says what cannot be read before a birth, and gives what nodes of Sparkplug are to be asked, if that is allowed.
  func takeBirthRequests() -> [BirthRequest] {
    guard let merger else { return [] }
    for name in merger.takeWaiting() {
      outbox.run.log.warning("waits for a birth: what it sends cannot be read before", ["of": name])
    }
    return merger.takeBirthRequests()
  }

  /// Reads from Kafka what was put together before, however long that takes, or the program is to end; whether it has.
  ///
  /// - Throws: `KafkaError` when there can be no reader.
  func recall() throws(KafkaError) -> Bool {
    guard let merger, stage.options.sources.contains(where: \.needsMemory) else { return true }
    let recall = try BridgeRecall(stage.options, merger)
    while !outbox.run.stop.isSet {
      stage.health.beat()
      if recall.read() { return true }
    }
    return false
  }

  /// Queues a letter, as much of it as Kafka takes.
  private func send(_ letter: BridgeLetter) throws(KafkaError) {
    let topic = stage.options.deadLetterTopic
    var letter = letter
    while let refusal = try offer(letter, to: topic) {
      guard !letter.value.isEmpty else {
        outbox.run.log.error("a dead letter is lost", ["reason": refusal.text, "topic": topic])
        return
      }
      letter.cut()
    }
  }

  private func offer(
    _ letter: BridgeLetter,
    to topic: String
  ) throws(KafkaError) -> KafkaError? {
    try outbox.send { producer throws(KafkaError) in
      try producer.send(
        to: topic,
        key: letter.key,
        value: letter.value,
        milliseconds: letter.milliseconds,
        headers: letter.headers,
      )
    }
  }

  private func prepareHeaders(_ message: MQTTMessage, _ milliseconds: Int64) {
    let wanted = (message.qos, message.isRetained, milliseconds)
    guard headersAreOf != wanted else { return }
    headersAreOf = wanted
    headers = [
      KafkaProducer.Header("mqtt.qos", Array("\(message.qos)".utf8)),
      KafkaProducer.Header(Convention.retainedHeader, Array("\(message.isRetained)".utf8)),
      KafkaProducer.Header("mqtt.received", Array("\(milliseconds)".utf8)),
    ]
  }

  /// Counts what has arrived, without waiting.
  ///
  /// - Throws: `KafkaError` when a record was given up, or the client cannot go on.
  func countDelivered() throws(KafkaError) {
    outbox.serve()
    letterTopic.lookAfter()
    unmatched.tell(outbox.run.log)
    counts[.delivered].add(outbox.delivered - delivered)
    delivered = outbox.delivered
    let news = outbox.refused - refused
    if news > 0 {
      refused += news
      counts[.refused].add(news)
      let reason = outbox.deliveryError?.text ?? ""
      outbox.run.log.warning("Kafka refuses messages", ["reason": reason])
    }
    if let failure { throw failure }
    guard outbox.undelivered > undelivered else { return }
    undelivered = outbox.undelivered
    throw outbox.deliveryError ?? KafkaError(code: .transport)
  }

  /// Waits until all that was written has arrived in Kafka, for a time in nanoseconds; whether it has.
  ///
  /// - Throws: `KafkaError` when a record was given up, or the client cannot go on.
  func waitForDelivery(limit: Int64) throws(KafkaError) -> Bool {
    let isDelivered = try outbox.waitForDelivery(limit: limit, whileWaiting: countDelivered)
    try countDelivered()
    if isDelivered { settle() }
    return isDelivered
  }

  /// Waits until what a lost connection has left is in Kafka, however long it takes, or the program is to end.
  func waitForLeftovers() {
    while !outbox.run.stop.isSet, (try? isDelivered()) == false {}
    failure = nil
    settle()
  }

  /// Nothing is owed any more.
  private func settle() {
    if owesAcknowledgement { stage.delivery.observe(since: owedSince) }
    owesAcknowledgement = false
  }

  private func isDelivered() throws(KafkaError) -> Bool {
    let isDelivered = try outbox.isDelivered(milliseconds: 100)
    try countDelivered()
    return isDelivered
  }
}
