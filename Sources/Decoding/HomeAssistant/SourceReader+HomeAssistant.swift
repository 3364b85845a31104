internal import JSON
internal import Model

extension SourceReader {
  /// Takes an announcement, or what one has announced.
  mutating func follow(
    _ index: Int,
    _ book: AnnouncementBook,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> Match {
    if AnnouncementTopic.isOne(topic, prefix: book.prefix) {
      return announce(index, book, topic, payload)
    }
    guard let announced = book.topic(topic) else { return .none }
    var isUnknownWord = false
    for (device, places) in announced.presence {
      for (place, reader) in places {
        guard let said = reader.read(payload, &document) else {
          isUnknownWord = true
          continue
        }
        if let word = device.take(said, at: place) {
          add(SourceFinding(.presence(word), of: index), of: device)
        }
      }
    }
    for (device, places) in announced.values {
      var found = FoundValues()
      for place in places {
        let value = values.read(place, &document, from: .root, payload: payload)
        _ = found.take(value, of: place.metric)
        if case .lost(let flaw) = value { losses.append(.value(place.metric, flaw)) }
      }
      guard !found.isEmpty else { continue }
      let id = device.id
      complete(&found, index, memory.key(index, id.span))
      var finding = SourceFinding(.values, of: index, found.reading)
      finding.cleared = found.cleared
      add(finding, of: device)
    }
    if !findings.isEmpty { return .outcome(.understood(source: index)) }
    if let loss = losses.first { return .outcome(.rejected(loss)) }
    return .outcome(isUnknownWord ? .rejected(.unknownPresence) : .passed(source: index))
  }

  /// Takes an announcement, and tells what a device has no more.
  private mutating func announce(
    _ index: Int,
    _ book: AnnouncementBook,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> Match {
    let changes = book.take(topic, payload, &document)
    noteDevices(index, others: book.otherCount)
    losses += book.losses
    for change in changes {
      let id = change.device.id
      let known = memory.key(index, id.span)
      if change.cleared & 1 << Metric.tank.rawValue != 0 { memory[generator: known].tank = nil }
      if change.cleared != 0 {
        var finding = SourceFinding(.values, of: index)
        finding.cleared = change.cleared
        add(finding, of: change.device)
      }
      if change.isGone { add(SourceFinding(.presence(.cleared), of: index), of: change.device) }
    }
    if !findings.isEmpty { return .outcome(.understood(source: index)) }
    return .outcome(losses.first.map(SourceOutcome.rejected) ?? .passed(source: index))
  }
}

extension SourceDecoder {
  /// Whether a source follows announcements, so that topics are wanted and left as it goes.
  public var followsAnnouncements: Bool { !books.isEmpty }

  /// The topics that are wanted besides the filters of the sources.
  public var wantedTopics: [String] { Set(books.flatMap(\.wanted)).sorted() }

  /// Takes what changed of these since the last call.
  public func takeTopicNews() -> TopicNews {
    var news = TopicNews()
    for book in books where !book.news.isEmpty { news.add(book.takeNews()) }
    return news
  }

  /// Whether a topic is one of ``wantedTopics``.
  public func isWanted(_ topic: Span<UInt8>) -> Bool { books.contains { $0.topic(topic) != nil } }
}

extension TopicNews {
  fileprivate mutating func add(_ news: TopicNews) {
    for topic in news.unwanted { leave(topic) }
    for topic in news.wanted { want(topic) }
  }
}
