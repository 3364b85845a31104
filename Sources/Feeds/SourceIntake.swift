public import Decoding
public import Model

/// What a feed reads its messages by where sources are configured, and what it remembers of them.
///
/// Lives on the feed's thread.
public final class SourceIntake {
  public let decoder: SourceDecoder
  /// Values that come one by one.
  var memory = ValueMemory()
  /// Headers of records that templates ask for.
  let headerNames: [String]
  private let sources: [Source]
  /// Words for all generators whose ids a pattern stands for, the newest of each.
  private var words: [[UInt8]: PresenceChange.Word] = [:]
  /// How many generators there were when those were last applied.
  private var applied = 0
  private var figures: [SourceFigures]

  /// More patterns than that are no words of a fleet.
  private static let mostPatterns = 1_024

  public init(_ sources: [Source]) {
    self.sources = sources
    decoder = SourceDecoder(sources)
    headerNames = sources.headerNames
    figures = sources.map { SourceFigures(name: $0.name) }
  }

  /// What a finding's sample says besides its values.
  func notes(_ finding: SourceFinding, region: RegionIndex) -> SourceNotes {
    var notes = SourceNotes()
    notes.region = region
    notes.sendsChanges = sources[finding.source].sendsChanges
    return notes
  }

  /// Whether a source's generators do not send a value again that has not changed.
  func sendsChanges(_ finding: SourceFinding) -> Bool { sources[finding.source].sendsChanges }

  // MARK: - Words for many

  /// Keeps a word for all generators whose ids a pattern stands for.
  ///
  /// - Returns: Those that are there; false if there is no room for one more pattern.
  func keep(
    _ word: PresenceChange.Word,
    for pattern: [UInt8],
    _ mailbox: Mailbox
  )
    -> [GeneratorIndex]?
  {
    guard words[pattern] != nil || words.count < Self.mostPatterns else { return nil }
    if words.isEmpty { applied = mailbox.generatorCount }
    words[pattern] = word
    return mailbox.generators { isIdentifier($0, of: pattern) }
  }

  /// Gives generators that have come since the words that hold for them.
  func applyWords(
    _ mailbox: Mailbox,
    _ body: (GeneratorIndex, PresenceChange.Word) -> Void
  ) {
    guard !words.isEmpty else { return }
    let first = applied
    applied = mailbox.generatorCount
    guard first < applied else { return }
    for (pattern, word) in words {
      for generator in mailbox.generators(from: first, where: { isIdentifier($0, of: pattern) }) {
        body(generator, word)
      }
    }
  }

  // MARK: - Figures

  /// Notes that the message decoded last was not understood, if a source has it.
  public func note(_ topic: Span<UInt8>, _ payload: Span<UInt8>, _ reason: Rejection) {
    let counts = decoder.counts
    guard
      let place = counts.indices.first(where: {
        counts[$0].notUnderstood != figures[$0].notUnderstood
      })
    else { return }
    figures[place].notUnderstood = counts[place].notUnderstood
    guard figures[place].reason != reason.description else { return }
    figures[place].reason = reason.description
    figures[place].topic = Scrub.text(topic, limit: Scrub.Limit.topic)
    figures[place].payload = Scrub.text(payload)
  }

  /// What became of the messages of each source.
  public func currentFigures() -> [SourceFigures] {
    for (place, counts) in decoder.counts.enumerated() {
      figures[place].messages = counts.messages
      figures[place].understood = counts.understood
      figures[place].notUnderstood = counts.notUnderstood
      if sources[place].homeAssistant != nil { figures[place].otherDevices = counts.otherDevices }
    }
    return figures
  }
}
