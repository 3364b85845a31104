internal import Decoding
internal import Kafka
internal import Model
internal import System

/// Turns records into enriched records and samples, and hands them on in batches, in their order.
///
/// Lives on the feed's thread. A record costs no allocation of ours, a batch a few.
final class KafkaIntake: FeedIntake {
  private let options: KafkaFeed.Options
  private let enriched = EnrichedDecoder()
  private let raw: RawDecoder
  /// What samples of a source's own topics are told as: those of the feed that the fleet is shown by.
  let rawSource: SampleSource
  private var records: [EnrichedRecord] = []
  private var watched: [WatchedMessage] = []
  private var progress: [ReaderProgress] = []
  private(set) var wall: Int64 = 0
  private var store = RecordStore()
  /// Records of the past, and those that come while it is read.
  private var past = PastMerge()
  private var isMerging = false
  /// When a record of the past last came: monotonic nanoseconds.
  private var lastPastAt: Int64 = 0
  /// By place in the reader's topics: is it a raw one, and its name as bytes and as text.
  private(set) var topics: [(isRaw: Bool, name: [UInt8], text: String)] = []

  /// Counters and positions are told so often at most.
  private static let reportNanoseconds: Int64 = 250_000_000
  /// Records of the past handed on at once: as many as a round of reading brings.
  private static let handedOn = 1_000
  /// So long without a record of the past, and what there is of it has to do: a partition may be unreachable for days.
  private static let patience: Int64 = 2_000_000_000

  init(_ options: KafkaFeed.Options, into mailbox: Mailbox) {
    self.options = options
    raw = RawDecoder(filters: options.rawFilters.map { TopicFilter($0) })
    rawSource = options.isRawFeed ? .rawTopic : .mqtt
    super.init(.kafka, options.sources, into: mailbox)
    records.reserveCapacity(Self.batch)
  }

  /// Whether sessions are told by records: no broker tells them better.
  var tellsPresence: Bool { options.isRawFeed }

  /// The topic that the bridge writes, if it is read.
  var rawTopicName: String? { options.rawTopic }

  /// Reads the clock that the records of a round share, and looks which generator is looked at.
  func beginRound() {
    wall = wallNanoseconds()
    showKept()
  }

  /// Takes one record; its bytes are not kept.
  func receive(_ message: borrowing KafkaMessage, of reader: KafkaReader) {
    while topics.count <= message.topic {
      let next = reader.topics[topics.count]
      topics.append((isRaw(next), Array(next.name.utf8), next.name))
    }
    countMessage()
    let topic = message.topic
    if !topics[topic].isRaw, reader.isPast(message) {
      isMerging = true
      lastPastAt = lastStamp
    }
    var place = RecordPlace(
      topic: Int32(clamping: topic),
      partition: message.partition,
      offset: message.offset,
      time: message.milliseconds.flatMap { RecordTime.nanoseconds(milliseconds: $0, now: wall) },
      receivedAt: lastStamp
    )
    let isRaw = topics[topic].isRaw
    let isRetained = isRaw && message.hasHeader(Convention.retainedHeader, "true")
    let bySource = isRaw ? sources.flatMap { $0.isFor(message) ? $0 : nil } : nil
    // A bridge tells it of what it has put together, so that no configuration is needed to know it.
    let sendsChanges = isRaw && message.hasHeader(Convention.sendsHeader, Convention.sendsChanges)
    let headers = bySource.map { message.headers(named: $0.headerNames) } ?? [:]
    message.withKeyAndValue { key, value in
      counters.bytes += value.count
      place.size = Int32(clamping: value.count)
      if let bySource {
        if isRetained { counters.retained += 1 }
        receive(key, value, headers, by: bySource, isRetained: isRetained, &place)
      } else if isRaw {
        receiveRaw(key, value, isRetained: isRetained, sendsChanges: sendsChanges, &place)
      } else {
        RecordBatch.forEach(value) { receiveEnriched(key, $0, &place) }
      }
    }
  }

  /// Hands on the last record of a generator that has just been opened.
  private func showKept() {
    guard watch.look(at: mailbox.watched), let generator = mailbox.watched,
      let (place, value) = store.record(of: generator),
      topics.indices.contains(Int(place.topic))
    else { return }
    let noKey: [UInt8] = []
    show(generator, .enriched, noKey.span, value.span, place)
  }

  /// Hands on a record itself, if its generator is looked at.
  func show(
    _ generator: GeneratorIndex,
    _ stage: WatchedMessage.Stage,
    _ key: Span<UInt8>,
    _ value: Span<UInt8>,
    _ place: RecordPlace,
    isRetained: Bool = false
  ) {
    guard let text = watch.text(of: generator, stage, at: place.receivedAt) else { return }
    let name = topics[Int(place.topic)].name
    var shown = text.message(
      of: generator,
      stage,
      topic: name.span,
      payload: value,
      size: Int(place.size),
      fingerprint: place.fingerprint,
      receivedAt: place.receivedAt
    )
    if !key.isEmpty { shown.key = Scrub.text(key) }
    shown.partition = place.partition
    shown.offset = place.offset
    shown.recordTime = place.time
    shown.isRetained = isRetained
    watched.append(shown)
  }

  /// Hands on what was taken, then how far the reading is and how the connection stands.
  func endRound(_ reader: KafkaReader) {
    let now = monotonicNanoseconds()
    let isWhole = reader.hasDiscovered && reader.isHistoryRead
    if isMerging, isWhole || now - lastPastAt > Self.patience {
      isMerging = false
      past.finish(at: wall)
    }
    flush()
    reportConnection(of: reader)
    let isRead = isWhole && past.isEmpty
    let wasRead = !progress.isEmpty && progress.allSatisfy(\.hasReadHistory)
    guard now - reportedAt >= Self.reportNanoseconds || (isRead && !wasRead) else { return }
    reportedAt = now
    reader.refreshEnds()
    reportProgress(of: reader)
    counters.missed = Int(reader.topics.reduce(0) { $0 &+ $1.missed })
    reportCounters()
  }

  /// Hands on some records of the past that are in order; false if there are none.
  func handOnPast() -> Bool {
    guard past.hasReady else { return false }
    var batch = past.take(Self.handedOn)
    for place in batch.indices { batch[place].receivedAt = nextStamp() }
    mailbox.put(.enriched(batch))
    return true
  }

  /// Says how the connection stands, if that is new.
  func report(_ status: FeedStatus) {
    guard status != self.status else { return }
    if status.isConnected, !self.status.isConnected { counters.connections += 1 }
    self.status = status
    mailbox.put(.status(.kafka, status))
  }

  private func receiveEnriched(
    _ key: Span<UInt8>,
    _ value: Span<UInt8>,
    _ place: inout RecordPlace
  ) {
    switch enriched.decode(key: key, value: value, now: wall) {
    case .ignored: counters.ignored += 1
    case .rejected(let reason): reject(value, place, reason)
    case .record(let content):
      if enriched.lostCount > 0 { noteLost(enriched.lostCount, enriched.loss, value, place) }
      guard let generator = generator(of: enriched.identifier) else { return }
      counters.samples += 1
      let record = EnrichedRecord(
        generator: generator,
        region: mailbox.region(enriched.region.span),
        alarm: content.alarm,
        receivedAt: lastStamp,
        sampleTime: content.sampleTime,
        recordTime: place.time,
        reading: content.reading
      )
      if isMerging {
        past.add(record, of: Int64(place.topic) << 32 | Int64(place.partition), at: wall)
      } else {
        records.append(record)
      }
      place.fingerprint = content.reading.fingerprint
      place.ownTime = store.time(of: record, at: wall)
      store.keep(value, of: generator, place)
      show(generator, .enriched, key, value, place)
    }
  }

  private func receiveRaw(
    _ key: Span<UInt8>,
    _ value: Span<UInt8>,
    isRetained: Bool,
    sendsChanges: Bool,
    _ place: inout RecordPlace
  ) {
    if isRetained { counters.retained += 1 }
    switch raw.decode(key: key, payload: value) {
    case .ignored:
      let name = topics[Int(place.topic)].name
      ignore(name.span, value, raw.foreignness)
    case .rejected(let reason): reject(value, place, reason)
    case .sample(let reading):
      if raw.lostCount > 0 { noteLost(raw.lostCount, raw.loss, value, place) }
      guard let generator = generator(of: raw.identifier) else { return }
      counters.samples += 1
      flushChanges()
      var notes: SourceNotes?
      if sendsChanges {
        notes = SourceNotes()
        notes?.sendsChanges = true
      }
      samples.append(
        Sample(
          generator: generator,
          source: .rawTopic,
          isRetained: isRetained,
          receivedAt: lastStamp,
          recordTime: place.time,
          reading: reading,
          notes: notes
        )
      )
      guard watch.generator == generator else { return }
      place.fingerprint = reading.fingerprint
      show(generator, .rawTopic, key, value, place, isRetained: isRetained)
    }
  }

  func noteLost(
    _ count: Int,
    _ loss: Rejection?,
    _ value: Span<UInt8>,
    _ place: RecordPlace
  ) {
    let name = topics[Int(place.topic)].name
    noteLost(count, loss, name.span, value)
  }

  private func reject(_ value: Span<UInt8>, _ place: RecordPlace, _ reason: Rejection) {
    let name = topics[Int(place.topic)].name
    reject(name.span, value, reason)
  }

  private func flush() {
    flushSources()
    flushSamples()
    flushChanges()
    if !records.isEmpty {
      mailbox.put(.enriched(records))
      // The mailbox has the storage now.
      records = []
      records.reserveCapacity(Self.batch)
    }
    flushRejected()
    for message in watched { mailbox.put(.watched(message)) }
    watched.removeAll()
  }

  private func reportProgress(of reader: KafkaReader) {
    guard reader.hasDiscovered else { return }
    var new = [ReaderProgress(.enriched, reader, reader.topics.filter { !isRaw($0) })]
    if !past.isEmpty { new[0].hasReadHistory = false }
    if !options.rawTopics.isEmpty {
      new.append(ReaderProgress(.raw, reader, reader.topics.filter(isRaw)))
    }
    for (index, entry) in new.enumerated() {
      let isKnown = progress.indices.contains(index) && progress[index] == entry
      if !isKnown { mailbox.put(.progress(entry)) }
    }
    progress = new
  }

  private func isRaw(_ topic: KafkaTopic) -> Bool { options.rawTopics.contains(topic.name) }

  private func reportConnection(of reader: KafkaReader) {
    switch reader.connection {
    case .connecting: report(.connecting)
    case .connected:
      report(missing(reader).map { .degraded(reason: $0) } ?? .live)
    case .unreachable(let error):
      let (next, attempt) = (reader.nextLook, reader.failedLooks)
      report(.retrying(reason: error.briefReason, nextTry: next, attempt: attempt))
    }
  }

  /// What of that which was asked for is not there, or not for us.
  private func missing(_ reader: KafkaReader) -> String? {
    guard reader.hasDiscovered else { return nil }
    if let error = reader.topics.lazy.compactMap(\.firstError).first { return error }
    let present = reader.topics.filter(\.isPresent)
    var lacks: [String] = []
    if !present.contains(where: { !isRaw($0) }) { lacks.append(options.enriched.absence) }
    if options.isRawFeed, let name = options.rawTopic, !present.contains(where: isRaw) {
      lacks.append("no topic \(Scrub.text(name))")
    }
    return lacks.isEmpty ? nil : lacks.joined(separator: ", ")
  }
}
