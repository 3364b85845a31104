internal import Decoding
internal import MQTT
internal import Model
internal import System

/// Messages that are read by configured sources.
extension MQTTIntake {
  func receive(
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ message: MQTTMessage,
    by sources: SourceIntake
  ) {
    let now = wallNanoseconds()
    switch sources.decoder.decode(topic: topic, payload: payload, now: now) {
    case .passed: break
    case .ignored(let reason):
      sources.note(topic, payload, reason)
      ignore(topic, payload, reason)
    case .rejected(.unknownPresence):
      sources.note(topic, payload, .unknownPresence)
      counters.unknownWords += 1
      reject(topic, payload, .unknownPresence, kind: .presence)
    case .rejected(let reason):
      sources.note(topic, payload, reason)
      reject(topic, payload, reason)
    case .understood:
      let decoder = sources.decoder
      if decoder.lostCount > 0 { noteLost(decoder.lostCount, decoder.loss, topic, payload) }
      for finding in decoder.findings {
        if case .presence(let word) = finding.kind {
          take(word, of: finding, by: sources, isRetained: message.isRetained)
        } else {
          take(finding, topic, payload, message, by: sources, now: now)
        }
      }
    }
  }

  /// Takes values, or a whole sample.
  private func take(
    _ finding: SourceFinding,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ message: MQTTMessage,
    by sources: SourceIntake,
    now: Int64
  ) {
    guard let generator = generator(of: sources.decoder.identifier(of: finding)) else { return }
    let name = sources.decoder.region(of: finding)
    let region = name.isEmpty ? 0 : mailbox.region(name.span)
    if finding.kind == .sample {
      let notes = sources.notes(finding, region: region)
      add(finding.reading, of: generator, message, notes)
    } else {
      counters.samples += 1
      sources.memory.merge(
        finding.reading,
        cleared: finding.cleared,
        of: Int(generator),
        region: region,
        sendsChanges: sources.sendsChanges(finding),
        isRetained: message.isRetained,
        time: finding.time ?? now,
        receivedAt: lastStamp
      )
    }
    show(generator, finding.reading, topic, payload, message)
  }

  /// Topics that are wanted besides the filters.
  var wantedTopics: [String] {
    guard let decoder = sources?.decoder, decoder.followsAnnouncements else { return [] }
    // They are subscribed to now.
    _ = decoder.takeTopicNews()
    return decoder.wantedTopics
  }

  /// What changed of them; nil if nothing did.
  func takeTopicNews() -> TopicNews? { sources?.decoder.takeTopicNews().ifAny }

  /// Hands on values that were put together, and words that hold for generators that came after them.
  func flushSources() {
    guard let sources else { return }
    sources.memory.tell(at: monotonicNanoseconds()) { values in
      samples.append(Sample(values, .mqtt))
    }
    sources.applyWords(mailbox) { add($1, of: $0, isRetained: true) }
  }
}

extension Sample {
  /// A sample put together of values that came one by one.
  init(_ values: MergedValues, _ source: SampleSource, recordTime: Int64? = nil) {
    self.init(
      generator: GeneratorIndex(values.place),
      source: source,
      isRetained: values.isRetained,
      receivedAt: values.receivedAt,
      recordTime: recordTime,
      reading: values.reading
    )
    var notes = SourceNotes()
    notes.region = values.region
    notes.sendsChanges = values.sendsChanges
    notes.fresh = values.fresh
    self.notes = notes
  }
}
