internal import Decoding
internal import Kafka
internal import Model
internal import System

/// Raw records that are read by configured sources.
extension KafkaIntake {
  func receive(
    _ key: Span<UInt8>,
    _ value: Span<UInt8>,
    _ headers: [String: [UInt8]],
    by sources: SourceIntake,
    isRetained: Bool,
    _ place: inout RecordPlace
  ) {
    let (_, topic, name) = topics[Int(place.topic)]
    let decoder = sources.decoder
    switch decoder.decode(
      key: key,
      payload: value,
      kafkaTopic: name,
      now: wall,
      header: { headers[$0] }
    ) {
    case .passed: break
    case .ignored(let reason):
      sources.note(topic.span, value, reason)
      ignore(topic.span, value, reason)
    case .rejected(let reason):
      sources.note(topic.span, value, reason)
      reject(topic.span, value, reason)
    case .understood:
      if decoder.lostCount > 0 { noteLost(decoder.lostCount, decoder.loss, value, place) }
      let source = name == rawTopicName ? SampleSource.rawTopic : rawSource
      for finding in decoder.findings {
        take(finding, key, value, by: sources, source, isRetained: isRetained, &place)
      }
    }
  }

  /// Takes values, a whole sample, or, where no broker tells it, a word of presence.
  private func take(
    _ finding: SourceFinding,
    _ key: Span<UInt8>,
    _ value: Span<UInt8>,
    by sources: SourceIntake,
    _ source: SampleSource,
    isRetained: Bool,
    _ place: inout RecordPlace
  ) {
    if case .presence(let word) = finding.kind {
      if tellsPresence { take(word, of: finding, by: sources, isRetained: isRetained) }
      return
    }
    guard let generator = generator(of: sources.decoder.identifier(of: finding)) else { return }
    let name = sources.decoder.region(of: finding)
    let region = name.isEmpty ? 0 : mailbox.region(name.span)
    counters.samples += 1
    // Words that came before go before.
    flushChanges()
    if finding.kind == .sample {
      samples.append(
        Sample(
          generator: generator,
          source: source,
          isRetained: isRetained,
          receivedAt: lastStamp,
          recordTime: place.time,
          reading: finding.reading,
          notes: sources.notes(finding, region: region)
        )
      )
    } else {
      sources.memory.merge(
        finding.reading,
        cleared: finding.cleared,
        of: Int(generator),
        region: region,
        sendsChanges: sources.sendsChanges(finding),
        isRetained: isRetained,
        time: finding.time ?? place.time ?? wall,
        receivedAt: lastStamp
      )
    }
    guard watch.generator == generator else { return }
    place.fingerprint = finding.reading.fingerprint
    show(generator, .rawTopic, key, value, place, isRetained: isRetained)
  }

  /// Hands on values that were put together, and words that hold for generators that came after them.
  func flushSources() {
    guard let sources else { return }
    sources.memory.tell(at: monotonicNanoseconds()) { values in
      samples.append(Sample(values, rawSource, recordTime: values.time))
    }
    if tellsPresence { sources.applyWords(mailbox) { add($1, of: $0, isRetained: true) } }
  }
}

extension SourceIntake {
  /// Whether a record is read by sources: not what a bridge has put together already.
  func isFor(_ message: borrowing KafkaMessage) -> Bool {
    !message.hasHeader(Convention.sourceHeader, Convention.mergedSource)
  }
}
