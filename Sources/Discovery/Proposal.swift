internal import Decoding
internal import Model
internal import Settings
internal import Wording

/// What was found in the messages of a broker, and the configuration that reads them.
public struct Proposal: Sendable {
  public enum Kind: String, Sendable {
    /// The built-in names are enough.
    case nothingToChange
    case configuration
    /// There are no generators.
    case none
  }

  /// Something that was found: what, an example, and how sure it is.
  public struct Finding: Encodable, Sendable {
    public var text: String
    public var example: String
    public var certainty: String
  }

  public private(set) var kind = Kind.none
  /// The section `sources`, with comments; empty if there is nothing to write.
  public private(set) var yaml = ""
  public private(set) var findings: [Finding] = []
  /// What could not be told, and why.
  public private(set) var unclear: [String] = []
  /// What is known of each generator by the proposal, by the names of its metrics.
  public private(set) var generators: [String: [String: Double]] = [:]
  /// Generators whose sessions are known.
  public private(set) var sessions: Set<String> = []
  /// Of the messages that are kept, those that the proposal reads, and those that it should.
  public private(set) var understood = 0
  public private(set) var concerned = 0

  private static let strict = [
    "genmon", "genmon-homeassistant", "victron", "homeassistant", "sparkplug",
  ]

  /// Looks at messages.
  ///
  /// - Parameters:
  ///   - heard: What came.
  ///   - now: Wall nanoseconds, by which times in messages are judged.
  public init(_ heard: HeardMessages, now: Int64) {
    let messages = heard.kept
    let guess = SourceGuess(messages, now: now)
    unclear = guess.unclear
    let own = Self.load(guess.sources.map(\.lines))
    if own == nil, !guess.sources.isEmpty {
      unclear.append("how to write down what was found: it contradicts itself")
    }
    let ownTrial = own.map { Trial($0, messages, now: now) }
    var entries: [(yaml: [String], text: String)] = []
    var known: Set<String> = []
    var taken: Set<Int> = []
    for (name, topics, trial) in profiles(messages, ownTrial, now) {
      let ids = Set(trial.values.keys)
      guard ids.isDisjoint(with: known) || !ids.isSubset(of: known) else { continue }
      known.formUnion(ids)
      taken.formUnion(trial.places)
      let narrowed = topics.map {
        "  topics: [\($0.map(GuessedSource.quoted).joined(separator: ", "))]"
      }
      var lines = ["- profile: \(name)"] + (narrowed.map { [$0] } ?? [])
      if topics != nil {
        // Tasmota's and zigbee2mqtt's have the id in the second level.
        let ending = name == "tasmota" ? "tele/%/LWT" : "zigbee2mqtt/%/availability"
        let presence = ids.sorted().map { GuessedSource.quoted(ending.replacing("%", with: $0)) }
        lines.append("  presence: [\(presence.joined(separator: ", "))]")
      }
      entries.append((lines, name))
      let example = trial.places.min().map { Self.example(messages[$0]) } ?? ""
      findings.append(
        Finding(
          text: "profile \(name) fits: \(Self.list(ids))",
          example: example,
          certainty: "sure"
        )
      )
    }
    let profilesUsed = entries.map(\.text)
    for source in guess.sources {
      guard let loaded = Self.load([source.lines]) else { continue }
      let trial = Trial(loaded, messages, now: now)
      let ids = Set(trial.values.keys)
      // What a profile reads is read once.
      guard !ids.isSubset(of: known), !trial.places.isSubset(of: taken) else { continue }
      entries.append((source.lines, ""))
      tell(source, ids)
    }
    note(messages, profilesUsed)
    conclude(entries.map(\.yaml), profilesUsed, messages, now)
  }

  /// Profiles that fit, the best first.
  private func profiles(
    _ messages: [HeardMessage],
    _ own: Trial?,
    _ now: Int64
  ) -> [(String, [String]?, Trial)] {
    var fitting: [(name: String, topics: [String]?, trial: Trial)] = []
    for profile in Profile.all {
      guard let sources = Self.load([["- profile: \(profile.name)"]]) else { continue }
      var trial = Trial(sources, messages, now: now)
      var topics: [String]?
      if ["tasmota", "zigbee2mqtt"].contains(profile.name),
        !trial.values.keys.allSatisfy(Self.isEngine)
      {
        // Other things of the house are beside the generators.
        let filters = sources[0].topics.map { TopicFilter($0) }
        func isTheirs(_ message: HeardMessage) -> Bool {
          Self.isEngine(message.topic)
            && filters.contains { $0.matches(Array(message.topic.utf8).span) }
        }
        topics = Set(messages.filter(isTheirs).map(\.topic)).sorted()
        trial = Trial(sources, messages, now: now, of: isTheirs)
      }
      guard trial.hasGenerators, trial.isPlausible else { continue }
      let isOwn = profile.name == "article"
      if !isOwn, !Self.strict.contains(profile.name) {
        // What fits homes as well has to read all that was found, of the same generators alone.
        let ids = Set(trial.values.keys)
        guard ids.allSatisfy(Self.isEngine) || ids.isSubset(of: Set((own?.values ?? [:]).keys)),
          trial.pairs >= own?.pairs(of: ids) ?? 0
        else { continue }
      } else if profile.name == "genmon-homeassistant" {
        // Its topics are those of ESPHome, too.
        guard
          trial.pairs >= (own?.pairs ?? 0)
            || messages.contains(where: {
              $0.topic.contains("maintenance_") || $0.topic.contains("status_")
            })
        else { continue }
      }
      fitting.append((profile.name, topics, trial))
    }
    return fitting.sorted { left, right in
      if (left.name == "article") != (right.name == "article") { return left.name == "article" }
      return left.trial.pairs > right.trial.pairs
    }.map { ($0.name, $0.topics, $0.trial) }
  }

  /// Whether a name is that of a generator.
  private static func isEngine(_ name: String) -> Bool {
    MetricNames.speaksOfEngine(FieldName(name))
  }

  /// The sources of these entries; nil if they are refused.
  private static func load(_ entries: [[String]]) -> [Source]? {
    guard !entries.isEmpty else { return nil }
    return try? Profile.sources(ofText: text(entries))
  }

  private static func text(_ entries: [[String]]) -> String {
    "sources:\n" + entries.joined().map { "  \($0)\n" }.joined()
  }

  private static func example(_ message: HeardMessage) -> String {
    "\(Scrub.text(message.topic)) \(Scrub.text(message.payload.span, limit: 160))"
  }

  private static func list(_ ids: Set<String>) -> String {
    let some = ids.sorted().prefix(5).joined(separator: ", ")
    return ids.count > 5 ? "\(some) and \(ids.count - 5) more" : some
  }

  private mutating func tell(_ source: GuessedSource, _ ids: Set<String>) {
    let words = ["guess", "likely", "sure"]
    findings.append(
      Finding(
        text:
          "\(Scrub.text(source.prefix.joined(separator: "/"))): id \(Scrub.text(source.template)): \(Self.list(ids))",
        example: source.fields.first.map { Scrub.text($0.topic) } ?? "",
        certainty: words[source.certainty]
      )
    )
    for (field, guess, values) in source.best {
      let unit = guess?.unit ?? values.unit ?? ""
      let value = values.numbers.last.map { "\($0)" } ?? values.words.last ?? ""
      let name = field.path?.description ?? field.names.joined(separator: "/")
      findings.append(
        Finding(
          text: "\(field.metric?.row.title ?? "") at \(Scrub.text(name)) \(Scrub.text(unit))",
          example: "\(Scrub.text(field.topic)) \(Scrub.text(value, limit: 60))",
          certainty: !field.isPlain ? "guess" : guess?.isSure == false ? "likely" : "sure"
        )
      )
      if let note = guess?.note { unclear.append("\(field.metric?.row.title ?? ""): \(note)") }
    }
    for presence in source.presence {
      findings.append(
        Finding(text: "presence on \(Scrub.text(presence.topic))", example: "", certainty: "sure")
      )
    }
    if source.presence.isEmpty {
      unclear.append("the presence of \(Self.list(ids)): no topic says online or offline of them")
    }
    if source.certainty == 0 {
      unclear.append(
        "whether \(Scrub.text(source.template)) is the id: only one generator was heard"
      )
    }
  }

  /// Says what announces itself in other ways.
  private mutating func note(_ messages: [HeardMessage], _ profiles: [String]) {
    if messages.contains(where: { $0.topic.hasPrefix("spBv1.0/") }), !profiles.contains("sparkplug")
    {
      unclear.append(
        "what Sparkplug says on spBv1.0/#: it is binary"
          + (Profile.names.contains("sparkplug") ? "; try profile: sparkplug" : "")
      )
    }
    let announced = messages.filter {
      $0.topic.hasSuffix("/config") && $0.topic.split(separator: "/").count >= 4
    }
    if !announced.isEmpty, !profiles.contains("homeassistant") {
      unclear.append(
        "\(Phrases.count(announced.count, "announcement")) of Home Assistant's kind were not followed"
          + (Profile.names.contains("homeassistant") ? "; profile: homeassistant does" : "")
      )
    }
  }

  private mutating func conclude(
    _ entries: [[String]],
    _ profiles: [String],
    _ messages: [HeardMessage],
    _ now: Int64
  ) {
    guard !entries.isEmpty, let sources = Self.load(entries) else {
      findings = []
      return
    }
    let trial = Trial(sources, messages, now: now)
    for (id, values) in trial.values {
      var named: [String: Double] = [:]
      for (metric, value) in values { named[metric.wireName] = value }
      generators[id] = named
    }
    sessions = trial.sessions
    understood = trial.understood
    concerned = trial.understood + trial.failed
    if let reason = trial.reason { unclear.append("some messages: \(reason)") }
    if entries.count == 1, profiles == ["article"] {
      kind = .nothingToChange
    } else {
      kind = .configuration
      yaml = Self.text(entries)
    }
  }
}
