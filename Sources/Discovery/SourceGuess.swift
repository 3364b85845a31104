internal import Model
internal import Decoding

/// Proposes sources for what no profile fits.
struct SourceGuess {
  var sources: [GuessedSource] = []
  private(set) var unclear: [String] = []
  let heard: HeardFields
  private let messages: [HeardMessage]
  private let now: Int64

  init(_ messages: [HeardMessage], now: Int64) {
    (self.messages, self.now) = (messages, now)
    heard = HeardFields(messages)
    let fields = named()
    for (group, id) in ids(of: fields) { add(group, id) }
    keepGenerators()
    if let topic = heard.listTopics.min() {
      unclear.append("what the lists of samples say on \(topic): see each")
    }
    for index in sources.indices { sources[index].time = time(of: sources[index]) }
    addPresence()
    let retained = Set(messages.filter(\.isRetained).map(\.topic))
    for index in sources.indices where sources[index].isOfOwnTopics {
      let fields = sources[index].fields
      sources[index].isRetained = fields.count { retained.contains($0.topic) } * 2 > fields.count
    }
  }

  /// The fields whose names are those of metrics.
  private func named() -> [HeardField] {
    var engines: Set<String> = []
    func place(_ field: HeardField) -> String {
      field.path == nil
        ? field.levels.dropLast(field.namedLevels).joined(separator: "/") : field.topic
    }
    for field in heard.fields
    where MetricNames.speaksOfEngine(FieldName(field.levels.map { $0 } + field.names)) {
      engines.insert(place(field))
    }
    return heard.fields.compactMap { field in
      let isNear = engines.contains(place(field))
      guard let found = MetricNames.metric(of: field.names, hasEngine: isNear) else { return nil }
      var field = field
      (field.metric, field.isPlain) = (found.metric, found.isPlain)
      if found.metric == .running { return StateWords(field) == nil ? nil : field }
      return field.numbers.isEmpty ? nil : field
    }
  }

  // MARK: Sources

  private mutating func add(_ fields: [HeardField], _ guess: IdGuess) {
    for field in fields {
      var end = field.levels.count
      if case .levels(let places) = guess.place, let last = places.last {
        end = max(last, guess.region ?? 0) + 1
      } else if field.path == nil {
        end = field.levels.count - field.namedLevels
      }
      var prefix = Array(field.levels.prefix(end))
      for level in guess.varying where level < end { prefix[level] = "+" }
      let isOwn = end < field.levels.count
      if let index = sources.firstIndex(where: {
        $0.prefix == prefix && $0.id == guess.place && $0.isOfOwnTopics == isOwn
      }) {
        sources[index].fields.append(field)
        sources[index].certainty = max(sources[index].certainty, guess.certainty)
      } else {
        var source = GuessedSource(
          prefix: prefix,
          id: guess.place,
          region: guess.region,
          certainty: guess.certainty
        )
        source.isOfOwnTopics = isOwn
        source.fields = [field]
        sources.append(source)
      }
    }
  }

  /// Makes one topic of one tail, and leaves out what is not of a generator.
  private mutating func keepGenerators() {
    var evident: Set<String> = []
    func key(_ source: GuessedSource, _ field: HeardField) -> String {
      source.id(of: field.levels) ?? "payload \(source.prefix) \(source.template)"
    }
    for source in sources {
      for field in source.fields {
        let isOwn: Bool =
          switch field.metric {
          case .fuel, .oilPressure: true
          case .runHours, .power, .load, .temperature, .batteryVoltage:
            MetricNames.speaksOfEngine(FieldName(field.levels + field.names))
          default: false
          }
        if isOwn { evident.insert(key(source, field)) }
      }
    }
    for index in sources.indices {
      let source = sources[index]
      let all = Set(source.fields.map { key(source, $0) })
      sources[index].fields = source.fields.filter { evident.contains(key(source, $0)) }
      let kept = Set(sources[index].fields.map { key(source, $0) })
      let takesOthers = others(source, kept)
      let isWide = source.prefix == ["+"] && source.isOfOwnTopics
      if kept != all || takesOthers || isWide {
        var seen: [[String]] = []
        for field in sources[index].fields {
          let levels = Array(field.levels.prefix(source.prefix.count))
          if !seen.contains(levels) { seen.append(levels) }
        }
        sources[index].literal = seen
      }
      let tails = Set(sources[index].fields.map { Array($0.levels.dropFirst(source.prefix.count)) })
      if source.isOfOwnTopics, tails.count == 1, let tail = tails.first,
        source.fields.allSatisfy({ $0.path != nil })
      {
        sources[index].prefix += tail
        sources[index].literal = sources[index].literal.map { $0 + tail }
        sources[index].isOfOwnTopics = false
      }
    }
    sources.removeAll { $0.best.isEmpty }
  }

  /// Whether the topics of other things begin as those of the source do, and carry the same names.
  private func others(_ source: GuessedSource, _ kept: Set<String>) -> Bool {
    guard case .levels = source.id else { return false }
    let tails = Set(
      source.fields.map {
        Array($0.levels.dropFirst(source.prefix.count)) + [$0.path?.description ?? ""]
      }
    )
    return heard.fields.contains { field in
      guard field.levels.count >= source.prefix.count,
        zip(source.prefix, field.levels).allSatisfy({ $0 == "+" || $0 == $1 }),
        let id = source.id(of: field.levels), !kept.contains(id)
      else { return false }
      return tails.contains(
        Array(field.levels.dropFirst(source.prefix.count)) + [field.path?.description ?? ""]
      )
    }
  }

  /// Where a message says when it was measured, if that can be read without knowing a zone.
  private mutating func time(of source: GuessedSource) -> JSONPath? {
    guard !source.fields.contains(where: { $0.path == nil }) else { return nil }
    let topics = Set(source.fields.map(\.topic))
    var found: JSONPath?
    var isBad = false
    for field in heard.fields where topics.contains(field.topic) {
      let name = FieldName(field.names.last ?? "")
      guard
        [
          "ts", "time", "timestamp", "unix", "datetime", "horodatage", "t", "bt", "zeit",
          "zeitstempel", "date", "epoch", "measuredat", "fecha", "hora", "timestampms", "tms",
          "tsms",
        ].contains(name.text)
      else { continue }
      for value in field.values {
        if Self.isTime(value, now) { found = found ?? field.path } else { isBad = true }
      }
    }
    if isBad {
      unclear.append(
        "when messages on \(source.prefix.joined(separator: "/")) were measured: their time says no zone or is not that of today; that of arrival counts"
      )
      return nil
    }
    return found
  }

  private static func isTime(_ value: LeafValue, _ now: Int64) -> Bool {
    let seconds = Double(now) / 1e9
    switch value {
    case .number(let number):
      return [1.0, 1e3, 1e6, 1e9].contains { abs(number / $0 - seconds) < 86_400 }
    case .text(let text):
      if let number = Double(text) { return isTime(.number(number), now) }
      guard text.count >= 19, text.count < 40, text.contains("T") || text.contains(" ") else {
        return false
      }
      let tail = text.dropFirst(19)
      return text.dropFirst(4).first == "-"
        && (tail.hasSuffix("Z") || tail.contains("+") || tail.contains("-"))
    case .word, .null: return false
    }
  }
}
