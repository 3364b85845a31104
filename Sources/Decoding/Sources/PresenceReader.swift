internal import JSON
internal import Model

/// Reads what a source says of sessions.
struct PresenceReader {
  let topic: TopicFilter
  /// Whose session it is; nil for the source's id.
  let covers: TemplateReader?
  private let path: Int?
  /// Where the word stands in a payload that is an object, if nobody says it.
  private let usualPaths: [Int]
  private let words: [(word: [UInt8], means: PresenceChange.Word)]

  init(_ presence: PresenceSource, _ document: inout SourceDocument) {
    topic = TopicFilter(presence.topic)
    covers = presence.covers.map { TemplateReader($0, &document) }
    path = presence.path.map { document.add($0) }
    usualPaths = ["state", "online", "status"].map { document.add(JSONPath([.member($0)])) }
    var words: [(String, PresenceChange.Word)] =
      presence.online.map { ($0, .alive) } + presence.offline.map { ($0, .lastWill) }
      + presence.disconnected.map { ($0, .disconnected) }
    let usual = PresenceSource(topic: "")
    if presence.online == usual.online { words += [("true", .alive), ("1", .alive)] }
    if presence.offline == usual.offline { words += [("false", .lastWill), ("0", .lastWill)] }
    self.words = words.map { (Array($0.0.lowercased().utf8), $0.1) }
  }

  /// What a payload says; nil if it is none of the words.
  func read(_ payload: Span<UInt8>, _ document: inout SourceDocument) -> PresenceChange.Word? {
    if payload.isEmpty { return .cleared }
    var range = Blank.trimmed(payload)
    guard let first = range.first else { return nil }
    if payload[first] == UInt8(ascii: "{") || payload[first] == UInt8(ascii: "["),
      document.read(payload)
    {
      guard let place = place(&document) else { return nil }
      return document.withNode(at: place) { node, text in
        if case .scalar = node { means(text.extracting(Blank.trimmed(text))) } else { nil }
      }
    }
    let quote = UInt8(ascii: "\"")
    if range.count > 1, payload[first] == quote, payload[range.upperBound - 1] == quote {
      range = (first + 1)..<(range.upperBound - 1)
    }
    return means(payload.extracting(range))
  }

  private func place(_ document: inout SourceDocument) -> JSONTree.Place? {
    if let path { return document.place(path, from: .root) }
    for path in usualPaths {
      if let place = document.place(path, from: .root) { return place }
    }
    return nil
  }

  private func means(_ text: Span<UInt8>) -> PresenceChange.Word? {
    for index in words.indices where isSameWord(text, words[index].word) {
      return words[index].means
    }
    return nil
  }
}
