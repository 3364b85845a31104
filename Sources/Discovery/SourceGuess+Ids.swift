internal import Model

extension SourceGuess {
  /// Groups of fields that are the same of other generators, with where the id is.
  func ids(of fields: [HeardField]) -> [([HeardField], IdGuess)] {
    var clusters: [String: [HeardField]] = [:]
    var metrics: [String: Set<String>] = [:]
    for field in fields where field.path != nil {
      metrics[field.topic, default: []].insert(field.metric?.wireName ?? "")
    }
    for field in fields {
      let kind =
        field.path == nil
        ? field.levels.suffix(field.namedLevels).joined(separator: "/")
        : "{"
          + (IdGuess.isStructure(field.levels.last ?? "")
            ? field.levels.last ?? ""
            : (metrics[field.topic] ?? []).sorted().joined(separator: ","))
      clusters["\(field.levels.count) \(kind)", default: []].append(field)
    }
    var groups: [[HeardField]] = []
    for key in clusters.keys.sorted() { groups += split(clusters[key] ?? []) }
    var found: [([HeardField], IdGuess)] = []
    var single: [[HeardField]] = []
    for group in groups {
      if Set(group.map(\.topic)).count > 1 || group[0].path != nil {
        found.append((group, guess(group, limit: nil)))
      } else {
        single.append(group)
      }
    }
    // What only one topic has is named as its siblings are.
    for group in single {
      let levels = group[0].levels
      let known = found.filter { other in
        let isMany = Set(other.0.map(\.topic)).count > 1
        guard isMany || other.0[0].levels[0] == levels[0],
          case .levels(let places) = other.1.place, let last = places.last,
          last < levels.count - group[0].namedLevels
        else { return false }
        return (0...last).allSatisfy {
          other.1.varying.contains($0) || other.0[0].levels[$0] == levels[$0]
        }
      }.max { $0.0.count < $1.0.count }
      if let known {
        found.append((group, known.1))
      } else {
        let limits = single.filter { $0[0].levels.first == levels.first }
          .map { $0[0].levels.count - $0[0].namedLevels }
        found.append((group, guess(group, limit: limits.min())))
      }
    }
    return found
  }

  /// Sets topics apart that only happen to have as many levels.
  private func split(_ fields: [HeardField]) -> [[HeardField]] {
    let first = Set(fields.map { $0.levels[0] })
    guard first.count > 1 else { return [fields] }
    let own = fields[0].path == nil ? fields[0].namedLevels : 0
    let levels = fields[0].levels
    // Something between the first level and the name is the same in all.
    let hasSame = (1..<max(1, levels.count - own)).contains { place in
      fields.allSatisfy { $0.levels[place] == levels[place] }
    }
    if hasSame || levels.count == own + 1 || levels.count == 1 { return [fields] }
    return first.sorted().map { level in fields.filter { $0.levels[0] == level } }
  }

  private func guess(_ fields: [HeardField], limit: Int?) -> IdGuess {
    var topics: [[String]] = []
    var seen: Set<String> = []
    for field in fields where seen.insert(field.topic).inserted { topics.append(field.levels) }
    let isJSON = fields[0].path != nil
    var ids: [(path: JSONPath, level: Int?, isStrong: Bool, values: [[String]])] = []
    if isJSON {
      var byPath: [JSONPath: [String: [String]]] = [:]
      var strength: [JSONPath: Int] = [:]
      for field in heard.fields where seen.contains(field.topic) {
        guard let path = field.path, let rank = IdGuess.rank(field.names.last ?? "") else {
          continue
        }
        byPath[path, default: [:]][field.topic] = field.values.compactMap(Self.idText)
        strength[path] = rank
      }
      ids = byPath.map { entry in
        (
          entry.key, nil, (strength[entry.key] ?? 0) > 1,
          topics.map { entry.value[$0.joined(separator: "/")] ?? [] }
        )
      }.sorted {
        (strength[$0.path] ?? 0, $1.path.steps.count, $1.path.description) > (
          strength[$1.path] ?? 0, $0.path.steps.count, $0.path.description
        )
      }
    }
    if let topic = topicInPayload(of: topics) { ids.insert(topic, at: 0) }
    return IdGuess(
      topics,
      limit: limit ?? fields[0].levels.count - (isJSON ? 0 : fields[0].namedLevels),
      ids: ids
    )
  }

  /// The level of a topic in the messages that tells generators apart, such as Telegraf's tag.
  private func topicInPayload(
    of topics: [[String]]
  ) -> (path: JSONPath, level: Int?, isStrong: Bool, values: [[String]])? {
    guard topics.count == 1 else { return nil }
    let topic = topics[0].joined(separator: "/")
    for field in heard.fields where field.topic == topic && field.names.last == "topic" {
      guard let path = field.path else { continue }
      let said = field.values.compactMap { value -> [Substring]? in
        if case .text(let text) = value {
          text.split(separator: "/", omittingEmptySubsequences: false)
        } else {
          nil
        }
      }
      guard let first = said.first, said.count == field.values.count,
        said.allSatisfy({ $0.count == first.count })
      else { continue }
      let varying = first.indices.filter { level in said.contains { $0[level] != first[level] } }
      guard varying.count == 1, let level = varying.first else { continue }
      return (path, level + 1, true, [said.map { String($0[level]) }])
    }
    return nil
  }

  static func idText(_ value: LeafValue) -> String? {
    switch value {
    case .text(let text): text.isEmpty || text.count > 64 ? nil : text
    case .number(let number):
      number == number.rounded() && abs(number) < 1e17 ? "\(Int(number))" : nil
    case .word, .null: nil
    }
  }
}
