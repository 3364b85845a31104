internal import Model
internal import YAML

/// What in a source does not go together, or is missing: a row for each fault.
struct SourceCheck: Sendable {
  /// The key at which it is shown.
  let key: String
  /// The message; nil if all is well.
  let fault: @Sendable (Source) -> String?

  static let all = [
    SourceCheck(key: "topics") { source in
      guard let rule = source.sparkplug, source.topics != rule.filters else { return nil }
      return "the topics of Sparkplug follow from its prefix and groups: say those under sparkplug"
    },
    SourceCheck(key: "metrics") { source in
      let places = source.metrics.flatMap(\.places)
      if source.sparkplug == nil {
        return places.contains { $0.name != nil } || source.time?.name != nil
          ? "names are those of metrics of Sparkplug: sparkplug is missing" : nil
      }
      let isByName = places.allSatisfy { $0.name != nil && $0.topic == nil && $0.path == nil }
      return isByName && source.time.map { $0.name != nil } != false
        ? nil : "what a node of Sparkplug says is chosen by name alone"
    },
    SourceCheck(key: "id") { source in
      guard source.sparkplug != nil else { return nil }
      let isOfTopic = source.id.parts.allSatisfy { part in
        switch part {
        case .text, .value(.topic, level: .some): true
        case .value: false
        }
      }
      return isOfTopic
        ? nil : "the id of a node of Sparkplug is in its topic: {group}, {node}, {device}"
    },
    SourceCheck(key: "sparkplug") { source in
      source.sparkplug != nil && (source.each != nil || source.condition != nil)
        ? "each and where do not go with sparkplug" : nil
    },
    SourceCheck(key: "topics") { source in
      guard source.topics.isEmpty, source.kafkaTopics.isEmpty else { return nil }
      return source.metrics.isEmpty && !source.presence.isEmpty
        ? nil : "where its messages come is missing: topics, or kafka"
    },
    SourceCheck(key: "metrics") { source in
      source.metrics.isEmpty && (source.presence.isEmpty || !source.topics.isEmpty)
        ? "what its messages say is missing: metrics" : nil
    },
    SourceCheck(key: "id") { source in
      source.id.parts.isEmpty
        ? "whose its messages are is missing: id, such as \"{2}\" for the second level of the topic"
        : nil
    },
    SourceCheck(key: "id") { levels($0.id, in: $0.topics) },
    SourceCheck(key: "region") { source in source.region.flatMap { levels($0, in: source.topics) }
    },
    SourceCheck(key: "id") { kafkaParts($0.id, of: $0) },
    SourceCheck(key: "region") { source in source.region.flatMap { kafkaParts($0, of: source) } },
    SourceCheck(key: "each") { source in
      guard let each = source.each else { return nil }
      if each.stepsToAll.count != 1 {
        return "each goes through one list or object: [*] or .* has to be in it once"
      }
      return source.hasTopicPerValue ? "each does not go with values that have topics" : nil
    },
    SourceCheck(key: "id") { names($0.id, of: $0) },
    SourceCheck(key: "region") { source in source.region.flatMap { names($0, of: source) } },
    SourceCheck(key: "metrics") { source in
      source.hasTopicPerValue && source.topics.isEmpty
        ? "values that have topics need topics, not kafka alone" : nil
    },
    SourceCheck(key: "keepAlive") { source in
      source.keepsAlive && !source.topics.contains { $0.hasPrefix("N/") }
        ? "only a Victron GX is kept alive, whose topics begin with N/" : nil
    },
    SourceCheck(key: "where") { source in
      source.condition?.topic != nil && !source.hasTopicPerValue
        ? "what another topic says goes with values that have topics" : nil
    },
    SourceCheck(key: "refuelMark") { source in
      guard case .units(let mark) = source.refuelMark, let tank = source.tank else { return nil }
      return mark > tank ? "this is more than the tank" : nil
    },
    SourceCheck(key: "presence") { source in
      for presence in source.presence {
        let fault =
          presence.covers.map { coverFault($0, presence) } ?? presenceFault(source, presence)
        if let fault { return fault }
      }
      return nil
    },
  ]

  /// Of a source that follows announcements, which say all the rest.
  static let announced: [SourceCheck] = [
    announcing("topics") { !$0.topics.isEmpty },
    announcing("kafka") { !$0.kafkaTopics.isEmpty },
    announcing("each") { $0.each != nil },
    announcing("where") { $0.condition != nil },
    announcing("id") { !$0.id.parts.isEmpty },
    announcing("region") { $0.region != nil },
    announcing("time") { $0.time != nil },
    announcing("decimal") { $0.hasDecimalComma },
    announcing("metrics") { !$0.metrics.isEmpty },
    announcing("presence") { !$0.presence.isEmpty },
  ]

  private static func announcing(
    _ key: String,
    _ isSaid: @escaping @Sendable (Source) -> Bool
  ) -> SourceCheck {
    SourceCheck(key: key) { source in
      isSaid(source) ? "\(key) does not go with homeassistant, whose announcements say it" : nil
    }
  }

  /// A level of a template that some filter does not have.
  private static func levels(_ template: TextTemplate, in filters: [String]) -> String? {
    for case .value(.topic, let level?) in template.parts {
      for filter in filters {
        var levels = filter.split(separator: "/", omittingEmptySubsequences: false)
        if filter.hasPrefix("$share/") { levels.removeFirst(min(2, levels.count)) }
        guard level > levels.count, levels.last != "#" else { continue }
        return "\(filter) has no level \(level)"
      }
    }
    return nil
  }

  private static func kafkaParts(_ template: TextTemplate, of source: Source) -> String? {
    guard source.kafkaTopics.isEmpty else { return nil }
    for case .value(let place, _) in template.parts {
      switch place {
      case .key, .header: return "only records of Kafka have a key and headers: kafka is missing"
      case .topic, .path, .name: continue
      }
    }
    return nil
  }

  private static func names(_ template: TextTemplate, of source: Source) -> String? {
    guard template.hasName, source.each?.steps.last != .allMembers else { return nil }
    return "{name} is that of a member: each has to end in .*"
  }

  private static func coverFault(_ covers: TextTemplate, _ presence: PresenceSource) -> String? {
    covers.hasName
      ? "{name} is that of a sample, which presence is not" : levels(covers, in: [presence.topic])
  }

  /// Whose a session is, where the source's own id has to tell it.
  private static func presenceFault(_ source: Source, _ presence: PresenceSource) -> String? {
    if source.id.hasName || presence.path == nil && !source.id.paths.isEmpty {
      return "the id is in the payload, which \(presence.topic) has not: say covers"
    }
    return levels(source.id, in: [presence.topic]).map { $0 + ", which the id names: say covers" }
  }
}
