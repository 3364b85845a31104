/// What was known of a generator when egtop last ran.
public struct RememberedGenerator: Codable, Equatable, Sendable {
  public var generator: GeneratorIndex
  /// Scrubbed; nil if it has none.
  public var name: String?
  public var region: RegionIndex
  /// When it was last heard, by a sample or by the time of a record: wall nanoseconds.
  public var heardAt: Int64
  public var session: Session
  /// The last values.
  public var reading: Reading
  /// What its runs taught of its engine; nil while that is nothing.
  public var burn: LearntBurn?

  public init(
    generator: GeneratorIndex,
    name: String? = nil,
    region: RegionIndex = 0,
    heardAt: Int64,
    session: Session = .unknown,
    reading: Reading,
    burn: LearntBurn? = nil
  ) {
    self.generator = generator
    self.name = name
    self.region = region
    self.heardAt = heardAt
    self.session = session
    self.reading = reading
    self.burn = burn
  }
}

extension Fleet {
  /// When a generator was last heard that only memory tells of: wall nanoseconds; nil for any other.
  public func rememberedSince(_ generator: GeneratorIndex) -> Int64? { remembered[generator] }

  /// All generators that only memory tells of: they were not heard since egtop was started.
  public var onlyRemembered: [GeneratorIndex] { remembered.keys.sorted() }

  /// What is worth remembering: every generator that was ever heard, in the order of indices.
  ///
  /// Looks at every generator.
  public func memory(at now: Stamp) -> [RememberedGenerator] {
    generators.indices.compactMap { place in
      let index = GeneratorIndex(place)
      let heard = [generators.span[place].sampleAt, generators.span[place].enrichedAt]
      let newest = heard.compactMap { $0 }.max().map { now.wall(ofMonotonic: $0) }
      guard let heardAt = newest ?? remembered[index] else { return nil }
      return RememberedGenerator(
        generator: index,
        name: names[place],
        region: generators.span[place].region,
        heardAt: heardAt,
        session: generators.span[place].session,
        reading: reading(of: index),
        burn: learntBurn(of: index)
      )
    }
  }

  /// Whether generators tell of their sessions, but the broker kept no word of any.
  ///
  /// Who was lost before we came cannot be known then. It shows where one goes that was there before us, or where memory
  /// tells of sessions; the broker is given ten seconds.
  public func lacksRetainedPresence(at now: Int64) -> Bool {
    guard traffic.status(.mqtt).isConnected, traffic.retainedWords == 0 else { return false }
    return (traffic.unannouncedEnds > 0 || remembersSessions)
      && now.seconds(since: traffic.connectedAt(.mqtt)) > 10
  }

  /// Takes over what was known when egtop last ran; what was heard since is newer.
  ///
  /// Last values are shown as of their time and prove no life: see ``rememberedFreshness(_:_:)``.
  mutating func apply(_ memory: [RememberedGenerator], at stamp: Stamp) {
    for known in memory where has(known.generator) {
      let (index, place) = (known.generator, Int(known.generator))
      if let burn = known.burn { recall(burn, of: index) }
      guard generators[place].sampleAt == nil, generators[place].enrichedAt == nil else { continue }
      remembered[index] = min(known.heardAt, stamp.wall)
      generators[place].raw.merge(known.reading.core)
      further.merge(known.reading, of: place, isRaw: true)
      noteTank(known.reading, of: place)
      noteMark(of: place, before: nil, at: stamp.monotonic(ofWall: known.heardAt))
      if names[place] == nil { names[place] = known.name }
      if generators[place].region == 0 { move(index, to: known.region) }
      remembersSessions = remembersSessions || known.session != .unknown
      if generators[place].session == .unknown, known.session.isOffline {
        generators[place].session = known.session
      }
      review(index, at: stamp.monotonic)
      // Every tick asks whether it should have been heard by now.
      dueAt[place] = .min
    }
  }

  /// How fresh a generator is that only memory tells of: silent, once it had time enough to say something.
  func rememberedFreshness(_ place: Int, _ view: Viewpoint) -> Freshness {
    guard !remembered.isEmpty, remembered[GeneratorIndex(place)] != nil else { return .never }
    if generators.span[place].freshness == .stale { return .stale }
    let pace = policy.expectedInterval
    let (from, until, patience) =
      policy.hasRawFeed
      ? (view.rawConnectedAt, view.rawUntil, max(3 * pace, pace + 5))
      : (view.enrichedConnectedAt, view.enrichedUntil, 3 * policy.window + 15)
    return from > .min && until.seconds(since: from) > patience ? .stale : .never
  }

  /// Notes that a generator was heard: what it says now is no memory.
  mutating func noteHeard(_ place: Int) {
    guard !remembered.isEmpty, remembered.removeValue(forKey: GeneratorIndex(place)) != nil else {
      return
    }
    // Nor is a value that it does not tell any more.
    generators[place].raw = CoreReading()
  }

  /// Leaves out generators that only memory tells of, until they are heard; those of the inventory stay, as never heard.
  mutating func forget(_ forgotten: [GeneratorIndex]) {
    for index in forgotten where has(index) && remembered.removeValue(forKey: index) != nil {
      let place = Int(index)
      setFreshness(.never, of: place)
      count(place, -1)
      let entry = entry(of: index)
      if generators[place].sendsChanges { changeSenders -= 1 }
      var generator = Generator(TankLevels(entry, Reading(), policy))
      generator.region = generators[place].region
      generator.ratedPower = generators[place].ratedPower
      generator.ratedBurn = generators[place].ratedBurn
      generator.isInInventory = generators[place].isInInventory
      generator.isForgotten = !generator.isInInventory
      generators[place] = generator
      count(place, 1)
      markChanged(index)
    }
  }

  /// Lets a generator be there again that was forgotten and is heard.
  mutating func recall(_ place: Int) {
    guard generators[place].isForgotten else { return }
    generators[place].isForgotten = false
    count(place, 1)
  }

  /// Adds a generator to the counts or takes it away; a forgotten one is in none.
  private mutating func count(_ place: Int, _ step: Int) {
    guard !generators[place].isForgotten else { return }
    let conditions = generators[place].conditions
    counts.add(conditions, step)
    regionCounts[Int(generators[place].region)].add(conditions, step)
  }
}
