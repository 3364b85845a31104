extension Source {
  /// All MQTT filters that it needs to hear: its topics, the siblings of them that its values and its condition stand
  /// on, and those of presence; of Home Assistant's announcements those alone, which name others.
  public var filters: [String] {
    if let homeAssistant { return homeAssistant.filters }
    let places =
      metrics.flatMap(\.places).compactMap(\.topic) + [condition?.topic].compactMap { $0 }
    let siblings = topics.flatMap { topic in places.map { Self.sibling(of: topic, $0) } }
    var filters: [String] = []
    for filter in topics + siblings + presence.map(\.topic) where !filters.contains(filter) {
      filters.append(filter)
    }
    return filters
  }

  /// Each as often as it is named.
  fileprivate var headerNames: [String] {
    let templates = [id, region].compactMap { $0 } + presence.compactMap(\.covers)
    return templates.flatMap(\.parts).compactMap { part in
      if case .value(.header(let name), _) = part { return name }
      return nil
    }
  }

  /// The filter of a sibling: what a topic's filter shares with its siblings are all its levels but the last.
  private static func sibling(of topic: String, _ end: String) -> String {
    guard let slash = topic.lastIndex(of: "/") else { return end }
    return topic[...slash] + end
  }
}

extension [Source] {
  /// The headers of Kafka records that their templates name, each once.
  public var headerNames: [String] { Set(flatMap(\.headerNames)).sorted() }
}
