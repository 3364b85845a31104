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
      guard case .levels(let places) = source.id else { continue }
      var filter = levels
      var covers: TextTemplate?
      let ids = Set(source.fields.compactMap { source.id(of: $0.levels) })
      if let id = source.id(of: levels), ids.contains(id) {
        for place in places { filter[place] = "+" }
      } else if places.count == 1, let at = levels.lastIndex(where: ids.contains) {
        filter[at] = "+"
        covers = TextTemplate([.value(.topic, level: at + 1)])
      } else {
        continue
      }
      // What stands between may differ as well, such as the region.
      for (place, level) in source.prefix.enumerated()
      where level == "+" && place < min(filter.count, places.last ?? 0) { filter[place] = "+" }
      var presence = PresenceSource(topic: filter.joined(separator: "/"))
      presence.covers = covers
      fill(&presence)
      if !source.presence.contains(where: { $0.topic == presence.topic }), source.presence.count < 4
      {
        sources[index].presence.append(presence)
      }
      return
    }
  }
}
