internal import Decoding
internal import Model

/// Words of presence, which both feeds can bring.
extension FeedIntake {
  /// Adds a word of a generator; samples that came before it go before it.
  func add(_ word: PresenceChange.Word, of generator: GeneratorIndex, isRetained: Bool) {
    flushSamples()
    changes.append(
      PresenceChange(
        generator: generator,
        word: word,
        isRetained: isRetained,
        receivedAt: lastStamp
      )
    )
    if changes.count == Self.batch { flushChanges() }
  }

  func flushChanges() {
    if !changes.isEmpty { mailbox.put(.presence(handOver(&changes))) }
  }

  /// Takes a word that a source has found, for one generator or for many.
  func take(
    _ word: PresenceChange.Word,
    of finding: SourceFinding,
    by sources: SourceIntake,
    isRetained: Bool
  ) {
    let id = sources.decoder.identifier(of: finding)
    if finding.isPattern {
      guard let generators = sources.keep(word, for: id, mailbox) else {
        counters.beyondBound += 1
        return
      }
      counters.presence += 1
      for generator in generators { add(word, of: generator, isRetained: isRetained) }
    } else if let generator = generator(of: id) {
      counters.presence += 1
      add(word, of: generator, isRetained: isRetained)
    }
  }
}
