internal import JSON
internal import Model

/// A source with its paths known to a document, and its texts as bytes; shared, not copied, for each message.
final class SourceRoute {
  let topics: [(filter: TopicFilter, shared: Int)]
  let kafkaTopics: [String]
  let each: Int?
  let condition: ConditionReader?
  let id: TemplateReader
  let region: TemplateReader?
  let rename: [[UInt8]: [UInt8]]
  let time: TimeReader?
  /// Of all metrics, those of one in a row and the best first.
  let places: [PlaceReader]
  /// How messages of Sparkplug are read; nil for other sources.
  let sparkplug: SparkplugRoute?
  /// What a topic's ``TopicTail`` has to be for each of them; nil for more than one topic.
  let tails: [TopicTail?]
  let presence: [PresenceReader]
  let tank: Double?
  let refuelMark: RefuelMark?
  let hasTopicPerValue: Bool
  let kind: SourceFinding.Kind
  /// Whether the size of the tank is read from messages.
  let readsTank: Bool
  /// Whether a generator has to be remembered to read the next message of it.
  let remembers: Bool
  let headers: [String]
  /// What devices announce; nil if the source itself says where values are.
  let announcements: AnnouncementBook?

  init(_ source: Source, _ document: inout SourceDocument) {
    topics = source.topics.map { text in
      // Siblings share all levels but the last of the filter.
      let filter = TopicFilter(text)
      return (filter, filter.levelCount - 1)
    }
    kafkaTopics = source.kafkaTopics
    each = source.each.map { document.add($0) }
    condition = source.condition.map { ConditionReader($0, &document) }
    id = TemplateReader(source.id, &document)
    region = source.region.map { TemplateReader($0, &document) }
    let names = source.rename.map { (Array($0.key.utf8), Array($0.value.utf8)) }
    rename = Dictionary(names, uniquingKeysWith: { first, _ in first })
    time = source.time.map { TimeReader($0, &document) }
    var places: [PlaceReader] = []
    for metric in source.metrics {
      for (rank, place) in metric.places.enumerated() {
        places.append(
          PlaceReader(
            place,
            of: metric,
            rank: rank,
            hasComma: source.hasDecimalComma,
            &document
          )
        )
      }
    }
    self.places = places
    tails = places.map { $0.topic.flatMap(TopicTail.init) }
    presence = source.presence.map { PresenceReader($0, &document) }
    (tank, refuelMark) = (source.tank, source.refuelMark)
    hasTopicPerValue = source.hasTopicPerValue
    sparkplug = SparkplugRoute(source, &document)
    announcements = source.homeAssistant.map(AnnouncementBook.init)
    kind = source.tellsParts ? .values : .sample
    readsTank = source.homeAssistant != nil || source.metrics.contains { $0.metric == .tank }
    let isChosen = source.metrics.contains { metric in
      Set(metric.places.map { $0.topic ?? $0.name }).count > 1
    }
    remembers = (hasTopicPerValue || sparkplug != nil) && (readsTank || isChosen)
    headers = id.headers + (region?.headers ?? []) + presence.flatMap { $0.covers?.headers ?? [] }
  }

  /// How many levels the topic shares with its siblings if the source reads it; nil if it does not.
  func shared(of topic: Span<UInt8>, _ kafkaTopic: String?) -> Int? {
    for index in topics.indices where topics[index].filter.matches(topic) {
      return topics[index].shared
    }
    guard let kafkaTopic, kafkaTopics.contains(kafkaTopic) else { return nil }
    return 0
  }
}

/// What a message or its sibling must say.
struct ConditionReader {
  /// Of siblings, behind what they share; nil for the message itself.
  let topic: TopicFilter?
  private let path: Int?
  private let values: [StateWord]

  init(_ condition: SourceCondition, _ document: inout SourceDocument) {
    topic = condition.topic.map { TopicFilter($0) }
    path = condition.path.map { document.add($0) }
    values = condition.values.map(StateWord.init)
  }

  func holds(
    _ payload: Span<UInt8>,
    _ document: inout SourceDocument,
    from start: JSONTree.Place
  ) -> Bool {
    if document.read(payload) {
      let place: JSONTree.Place? =
        if let path { document.place(path, from: start) } else { document.measured(start).value }
      guard let place else { return false }
      return document.withNode(at: place) { node, text in
        if case .scalar = node { return isMeant(text) }
        return false
      }
    }
    return path == nil && isMeant(payload.extracting(Blank.trimmed(payload)))
  }

  private func isMeant(_ text: Span<UInt8>) -> Bool {
    let number = jsonNumber(text)
    return values.contains { $0.matches(text, number) }
  }
}
