internal import Model

extension SourceGuess {
  /// Finds the topics on which generators are said to be there or not.
  mutating func addPresence() {
    for topic in heard.bare.keys.sorted() {
      addPresence(
        topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init),
        heard.bare[topic] ?? [],
        nil
      )
    }
    for field in heard.fields {
      guard let path = field.path, path.steps.count == 1,
        ["state", "online", "status"].contains(field.names.last?.lowercased() ?? "")
      else { continue }
      let words = field.words
      if words.count == field.values.count || !words.isEmpty {
        addPresence(field.levels, words, path)
      }
    }
  }

  private mutating func addPresence(_ levels: [String], _ words: [String], _ path: JSONPath?) {
    let name = FieldName(levels.last ?? "").text
    if levels.last == "$state", path == nil {
      return addPresence(levels) { presence in
        (presence.online, presence.offline) = (["init", "ready", "alert", "sleeping"], ["lost"])
      }
    }
    let clear = ["online", "offline", "connected", "disconnected"]
    let bare = ["true", "false", "1", "0"]
    let plain = words.map { $0.lowercased() }
    let names = [
      "lwt", "online", "connected", "availability", "alive", "presence", "connection", "available",
      "status", "state", "clientstatus", "lastwill", "will",
    ]
    let isClear = plain.allSatisfy(clear.contains)
    guard !plain.isEmpty,
      isClear && (names.contains(name) || path == nil)
        || plain.allSatisfy(bare.contains) && names.dropLast(6).contains(name)
    else { return }
    addPresence(levels) { presence in
      presence.path = path
      if plain.contains("connected") || plain.contains("disconnected") {
        (presence.online, presence.offline) = (
          ["connected", "online"], ["disconnected", "offline"]
        )
        presence.disconnected = []
      }
    }
  }

  /// Takes a topic of presence to the source whose generators it names.
  private mutating func addPresence(_ levels: [String], _ fill: (inout PresenceSource) -> Void) {
    for index in sources.indices {
      let source = sources[index]
      var places: [Int] = []
      var ids = Set(source.fields.compactMap { source.id(of: $0.levels) })
      switch source.id {
      case .levels(let levels): places = levels
      case .path(let path, nil): ids = texts(at: path, of: source)
      case .path, .fixed: continue
      }
      var filter = levels
      var covers: TextTemplate?
      if let id = source.id(of: levels), ids.contains(id) {
        for place in places { filter[place] = "+" }
      } else if places.count < 2, let at = levels.lastIndex(where: ids.contains) {
        filter[at] = "+"
        covers = TextTemplate([.value(.topic, level: at + 1)])
      } else {
        continue
      }
      // What stands between may differ as well, such as the region.
      for (place, level) in source.prefix.enumerated()
      where level == "+" && place < min(filter.count, places.last ?? 0) { filter[place] = "+" }
      // Other things may be announced beside the generators.
      let hasOthers = heard.bare.keys.contains { topic in
        let other = topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard other.count == filter.count, zip(filter, other).allSatisfy({ $0 == "+" || $0 == $1 })
        else { return false }
        let id = covers == nil ? source.id(of: other) : zip(filter, other).first { $0.0 == "+" }?.1
        return id.map { !ids.contains($0) } ?? true
      }
      if hasOthers { filter = levels }
      var presence = PresenceSource(topic: filter.joined(separator: "/"))
      presence.covers = covers
      fill(&presence)
      if !source.presence.contains(where: { $0.topic == presence.topic }),
        source.presence.count < 64
      {
        sources[index].presence.append(presence)
      }
      return
    }
  }

  /// The ids that the messages of a source say.
  private func texts(at path: JSONPath, of source: GuessedSource) -> Set<String> {
    let topics = Set(source.fields.map(\.topic))
    return Set(
      heard.fields.filter { $0.path == path && topics.contains($0.topic) }
        .flatMap { $0.values.compactMap(Self.idText) }
    )
  }
}
