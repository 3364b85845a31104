internal import JSON
internal import Model
internal import Sparkplug

/// What changes with each message; a struct, so that its parts are reached without checks.
struct SourceReader: ~Copyable {
  private(set) var findings: [SourceFinding] = []
  /// Values of the last message that could not be read.
  var losses: [Rejection] = []
  /// Of the findings, by their places; used again for each message.
  private(set) var ids: [Identifier] = []
  private(set) var regions: [Identifier] = []
  private(set) var counts: [SourceCounts]

  let routes: [SourceRoute]
  var document = SourceDocument()
  var values = ValueReader()
  var memory = SourceMemory()
  /// The last message of Sparkplug, and what its nodes announced.
  var sparkplug = SparkplugMessage()
  var births = BirthMemory()
  private(set) var context = SourceContext()
  private(set) var text: [UInt8] = []
  private var samples: [JSONTree.Place] = []

  init(_ sources: [Source]) {
    counts = sources.map { SourceCounts(name: $0.name) }
    var routes: [SourceRoute] = []
    for source in sources { routes.append(SourceRoute(source, &document)) }
    self.routes = routes
  }

  /// See ``SourceDecoder``; a message of MQTT has no Kafka topic.
  mutating func decode(
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ kafkaTopic: String?,
    now: Int64,
    header: (String) -> [UInt8]?
  ) -> SourceOutcome {
    findings.removeAll(keepingCapacity: true)
    losses.removeAll(keepingCapacity: true)
    document.begin()
    (context.now, context.isRecord) = (now, kafkaTopic != nil)
    var heldBack: Int?
    for index in routes.indices {
      for name in routes[index].headers { context.headers[name] = header(name) }
      switch match(index, topic, payload, kafkaTopic) {
      case .none: break
      case .heldBack: heldBack = heldBack ?? index
      case .outcome(let outcome):
        counts[index].count(outcome)
        return outcome
      }
    }
    guard let heldBack else { return .ignored(.noSource) }
    counts[heldBack].count(.passed(source: heldBack))
    return .passed(source: heldBack)
  }

  enum Match {
    /// None of the source's.
    case none
    /// Its condition does not hold.
    case heldBack
    case outcome(SourceOutcome)
  }

  private mutating func match(
    _ index: Int,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ kafkaTopic: String?
  ) -> Match {
    if let book = routes[index].announcements {
      // What a bridge hands on has been put together.
      return kafkaTopic == nil ? follow(index, book, topic, payload) : .none
    }
    var isPresence = false
    let presence = routes[index].presence
    for place in presence.indices where presence[place].topic.matches(topic) {
      isPresence = true
      guard let word = presence[place].read(payload, &document) else { continue }
      return .outcome(announce(word, presence[place], index, topic, payload))
    }
    guard let shared = routes[index].shared(of: topic, kafkaTopic) else {
      return isPresence ? .outcome(.rejected(.unknownPresence)) : .none
    }
    if let sparkplug = routes[index].sparkplug {
      return .outcome(readSparkplug(index, sparkplug, topic, payload))
    }
    let match =
      routes[index].hasTopicPerValue
      ? readTopic(index, topic, payload, shared) : readSamples(index, topic, payload)
    if isPresence, findings.isEmpty { return .outcome(.rejected(.unknownPresence)) }
    return match
  }

  // MARK: Presence

  private mutating func announce(
    _ word: PresenceChange.Word,
    _ presence: PresenceReader,
    _ index: Int,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> SourceOutcome {
    var finding = SourceFinding(.presence(word), of: index)
    finding.isPattern = presence.covers?.isPattern ?? false
    guard
      add(finding, presence.covers ?? routes[index].id, from: .root, topic, payload)
    else { return .rejected(.noIdentifier) }
    return .understood(source: index)
  }

  // MARK: All values in one message

  private mutating func readSamples(
    _ index: Int,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> Match {
    guard document.read(payload) else {
      if payload.isEmpty { return .outcome(.ignored(.noObject)) }
      let failure = document.failure(of: payload)
      return .outcome(failure.map(SourceOutcome.rejected) ?? .ignored(.noObject))
    }
    samples.removeAll(keepingCapacity: true)
    if let each = routes[index].each { document.places(each, &samples) }
    // Where there is no list, the message is the one sample.
    if samples.isEmpty { samples.append(.root) }
    var (isHeldBack, lacksId) = (false, false)
    for place in samples.indices {
      let start = samples[place]
      if let condition = routes[index].condition,
        !condition.holds(payload, &document, from: start)
      {
        isHeldBack = true
        continue
      }
      var found = FoundValues()
      read(index, nil, nil, from: start, payload, &found)
      guard !found.isEmpty else { continue }
      complete(&found, index, nil)
      if !add(found, index, from: start, topic, payload) { lacksId = true }
    }
    if !findings.isEmpty { return .outcome(.understood(source: index)) }
    if lacksId { return .outcome(.rejected(.noIdentifier)) }
    if let loss = losses.first { return .outcome(.rejected(loss)) }
    if isHeldBack { return .heldBack }
    // What sends only changes may say nothing of ours.
    let isPart = routes[index].kind == .values
    return .outcome(isPart ? .passed(source: index) : .ignored(.noKnownField))
  }

  // MARK: A topic for each value

  private mutating func readTopic(
    _ index: Int,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ shared: Int
  ) -> Match {
    let passed = Match.outcome(.passed(source: index))
    guard let start = TopicLevels.rest(behind: shared, of: topic) else { return passed }
    let rest = topic.extracting(start..<topic.count)
    guard let condition = routes[index].condition else {
      return readTopic(index, topic, payload, rest, waits: nil)
    }
    guard let filter = condition.topic else {
      let holds = condition.holds(payload, &document, from: .root)
      return holds ? readTopic(index, topic, payload, rest, waits: nil) : .heldBack
    }
    let key = memory.key(index, topic.extracting(0..<start))
    if filter.matches(rest) {
      let holds = condition.holds(payload, &document, from: .root)
      return release(memory.take(holds, for: key), holds, index, topic, payload)
    }
    let holds = memory.holds(key)
    if holds == false { return .heldBack }
    return readTopic(index, topic, payload, rest, waits: holds == nil ? key : nil)
  }

  /// Tells of the values that waited for a sibling.
  private mutating func release(
    _ waiting: SourceMemory.Waiting?,
    _ holds: Bool,
    _ index: Int,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> Match {
    let passed = Match.outcome(.passed(source: index))
    guard holds, let waiting else { return passed }
    var finding = SourceFinding(.values, of: index, waiting.reading)
    finding.time = waiting.time
    guard add(finding, routes[index].id, from: .root, topic, payload) else { return passed }
    return .outcome(.understood(source: index))
  }

  private mutating func readTopic(
    _ index: Int,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ rest: Span<UInt8>,
    waits: UInt64?
  ) -> Match {
    let passed = Match.outcome(.passed(source: index))
    var generator: UInt64?
    if routes[index].remembers, write(routes[index].id, from: .root, topic, payload) {
      generator = memory.key(index, text.span)
    }
    var found = FoundValues()
    read(index, rest, generator, from: .root, payload, &found)
    if found.isEmpty { return losses.first.map { .outcome(.rejected($0)) } ?? passed }
    complete(&found, index, generator)
    if let waits {
      memory.wait(found.reading, time(index, from: .root, payload) ?? context.now, for: waits)
      return passed
    }
    guard add(found, index, from: .root, topic, payload) else {
      return .outcome(.rejected(.noIdentifier))
    }
    return .outcome(.understood(source: index))
  }

  // MARK: Findings

  /// Adds what was found of a generator; false if nothing says which it is.
  private mutating func add(
    _ found: FoundValues,
    _ index: Int,
    from start: JSONTree.Place,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> Bool {
    var finding = SourceFinding(routes[index].kind, of: index, found.reading)
    finding.cleared = found.cleared
    finding.time = time(index, from: start, payload)
    return add(finding, routes[index].id, from: start, topic, payload)
  }

  /// Adds a finding; false if nothing says whose it is.
  ///
  /// - Parameters:
  ///   - finding: What was found.
  ///   - template: What its id is made of.
  ///   - start: Where paths begin.
  ///   - topic: The topic, or the key of a record.
  ///   - payload: The whole message.
  /// - Returns: Whether it was added.
  mutating func add(
    _ finding: SourceFinding,
    _ template: TemplateReader,
    from start: JSONTree.Place,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> Bool {
    let place = findings.count
    if ids.count == place {
      ids.append(Identifier())
      regions.append(Identifier())
    }
    if let level = template.level {
      guard let range = TopicLevels.range(level, in: topic) else { return false }
      ids[place].set(topic.extracting(range))
    } else {
      guard write(template, from: start, topic, payload) else { return false }
      ids[place].set(text)
    }
    if ids[place].bytes.isEmpty { return false }
    rename(finding, place)
    regions[place].clear()
    if let region = routes[finding.source].region, write(region, from: start, topic, payload) {
      regions[place].set(text)
    }
    findings.append(finding)
    findings[place].place = place
    return true
  }

  private mutating func rename(_ finding: SourceFinding, _ place: Int) {
    let rename = routes[finding.source].rename
    if !rename.isEmpty, let name = rename[ids[place].bytes] { ids[place].set(name) }
  }

  /// Adds what is said of a device that has announced itself.
  mutating func add(_ finding: SourceFinding, of device: AnnouncedDevice) {
    let place = findings.count
    if ids.count == place {
      ids.append(Identifier())
      regions.append(Identifier())
    }
    ids[place].set(device.id)
    if ids[place].bytes.isEmpty { return }
    rename(finding, place)
    regions[place].set(device.area)
    findings.append(finding)
    findings[place].place = place
  }

  mutating func noteDevices(_ index: Int, others: Int) { counts[index].otherDevices = others }

  /// Writes what a template says into ``text``.
  mutating func write(
    _ template: TemplateReader,
    from start: JSONTree.Place,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> Bool {
    template.write(
      into: &text,
      &document,
      from: start,
      topic: topic,
      payload: payload,
      context
    )
  }

  /// When the values of a sample were measured; one that cannot be read is lost alone.
  private mutating func time(
    _ index: Int,
    from start: JSONTree.Place,
    _ payload: Span<UInt8>
  ) -> Int64? {
    guard let time = routes[index].time, document.read(payload),
      let place = document.place(time.path, from: start)
        ?? (start == .root ? nil : document.place(time.path, from: .root))
    else { return nil }
    let now = context.now
    let nanoseconds = document.withNode(at: place) { time.nanoseconds($0, $1, now: now) }
    if nanoseconds == nil, document.node(at: place) != .scalar(.null) { losses.append(.noTime) }
    return nanoseconds
  }
}
