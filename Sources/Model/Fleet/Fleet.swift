/// All generators, and what happens on the way to us: the whole world that egtop knows.
///
/// One value, changed by ``apply(_:at:)`` and ``tick(at:)`` alone; panes borrow it. Every array has
/// one place for each generator, found by its ``GeneratorIndex``. It reads no clock: time comes in
/// with each event.
public struct Fleet: Sendable {
  public let policy: FleetPolicy
  let limits: Limits

  /// Ids, scrubbed, at most 64 characters.
  public internal(set) var ids: [String] = []
  /// The inventory's names; nil where it has none.
  public internal(set) var names: [String?] = []
  public internal(set) var generators: [Generator] = []
  /// The newest values of further metrics.
  var further = FurtherReadings()
  /// When values came of generators that send them one by one.
  var valueTimes = ValueTimes()
  /// How many generators send changes only.
  var changeSenders = 0
  public internal(set) var history = History()
  /// Live raw samples of the last hour.
  public internal(set) var sampleCounts = SampleCounts()
  /// Values of the fuel that wait to be confirmed, and that were left out.
  var oddValues = OddValues()
  /// What engines of this fleet burn at full load, as far as they are alike.
  var usualBurn = EngineBurn()
  /// When that is worked out again.
  var usualBurnDue = Int64.min
  var rings: [MatchRing] = []
  /// Before when a tick finds nothing to change in a generator: monotonic nanoseconds.
  ///
  /// Kept apart from ``generators`` since every tick reads all of it.
  var dueAt: [Int64] = []
  /// Since when enriched records could be missed at the last tick; nil if they could not.
  var watchedSince: Int64?
  /// The newest time that any enriched record told of: monotonic nanoseconds.
  var newestRecordAt: Int64?
  /// Whether any generator ever said how much fuel it has.
  var hasRawFuel = false
  /// Whether records of all generators were late at the last tick.
  var recordsStandStill = false

  /// Names of the regions; the first is `unknown`.
  public internal(set) var regions = ["unknown"]
  public internal(set) var counts = ConditionCounts()
  /// Counts of each region, in the order of ``regions``.
  public internal(set) var regionCounts = [ConditionCounts()]

  public internal(set) var events = EventLog()
  /// What happened to each generator, kept apart from the others.
  public internal(set) var ownEvents = GeneratorEvents()
  public internal(set) var traffic = Traffic()
  /// How many alarms were ever raised; one that becomes critical counts again.
  public private(set) var alarmsRaised = 0
  public internal(set) var hopHistory = HopHistory()
  public internal(set) var alarmPace = AlarmPace()
  var alarmTimes = AlarmTimes()
  /// Since when records say that nothing is to be done, where an alarm stands nevertheless: wall nanoseconds.
  var calmSince: [GeneratorIndex: Int64] = [:]
  /// When generators were last heard that only memory tells of: wall nanoseconds.
  var remembered: [GeneratorIndex: Int64] = [:]
  /// Whether memory tells of any session.
  var remembersSessions = false

  /// When the first event came.
  var startedAt: Int64?
  /// Raw samples that came before the past had been read.
  var early: [Sample] = []

  /// Generators that changed since ``takeChanges()``, each once.
  private var changes: [GeneratorIndex] = []
  private var isChanged: [Bool] = []
  private let inventory: [String: InventoryEntry]
  /// The units of the inventory's generators, each once.
  private let inventoryUnits: Set<String>
  /// Whether the inventory names tanks or marks of its own.
  let inventoryHasTanks: Bool
  /// Where each region lies in ``regions``.
  private var regionPlaces: [String: RegionIndex] = [:]
  /// Nanoseconds from the monotonic clock to the wall clock when anything last happened.
  var clockDistance: Int64?

  /// A fleet of the generators of the inventory, not heard yet.
  ///
  /// Their indices are those that a mailbox gives when the same ids are registered in it first:
  /// the names come with the mailbox's first event.
  public init(policy: FleetPolicy = FleetPolicy(), inventory: [InventoryEntry] = []) {
    self.policy = policy
    limits = Limits(policy)
    self.inventory = Dictionary(inventory.map { ($0.id, $0) }) { first, _ in first }
    inventoryUnits = Set(inventory.map { $0.unit ?? policy.unit })
    inventoryHasTanks = inventory.contains { $0.tank != nil || $0.refuelMark != nil }
  }

  public var count: Int { ids.count }

  /// The inventory's unit for this generator, else the fleet's; empty if it has none.
  ///
  /// Of a tank that is said to hold 100, fuel is in percent, whatever else it counts in.
  public func unit(of generator: GeneratorIndex) -> String {
    guard has(generator) else { return policy.unit }
    if generators.span[Int(generator)].countsPercent { return "%" }
    return inventory[ids[Int(generator)]]?.unit ?? policy.unit
  }

  /// What a metric of a generator counts in; empty where nobody says.
  public func unit(of metric: Metric, _ generator: GeneratorIndex) -> String {
    metric == .fuel ? unit(of: generator) : metric.row.unit
  }

  /// The unit that the fuel of all generators is in, with or without such as the inventory does not
  /// name; nil if it differs.
  func commonUnit(withOthers hasOthers: Bool) -> String? {
    let units = hasOthers ? inventoryUnits.union([policy.unit]) : inventoryUnits
    return units.count > 1 ? nil : units.first ?? policy.unit
  }

  /// What the inventory says of this generator; nil if it is not in it.
  public func entry(of generator: GeneratorIndex) -> InventoryEntry? {
    has(generator) ? inventory[ids[Int(generator)]] : nil
  }

  /// Which generators changed since the last call, in no order.
  public mutating func takeChanges() -> [GeneratorIndex] {
    for index in changes { isChanged[Int(index)] = false }
    defer { changes.removeAll(keepingCapacity: true) }
    return changes
  }

  /// Takes over what a feed tells.
  public mutating func apply(_ event: FeedEvent, at stamp: Stamp) {
    noteClocks(stamp)
    if startedAt == nil { startedAt = stamp.monotonic }
    switch event {
    case .names(let generators, let regions):
      for region in regions { add(region: region) }
      for id in generators { add(id) }
    case .samples(let samples):
      for index in samples.indices { apply(samples[index], at: stamp) }
    case .folded(let folds):
      for fold in folds { apply(fold, at: stamp) }
    case .enriched(let records):
      for index in records.indices { apply(records[index], at: stamp) }
    case .presence(let changes):
      for change in changes { apply(change, at: stamp) }
    case .foldedPresence(let folds):
      for fold in folds { apply(fold, at: stamp) }
    case .status(let feed, let status):
      traffic.apply(status, of: feed, at: stamp)
    case .counters(let feed, let counters):
      traffic.apply(counters, of: feed, at: stamp)
    case .rejected(let messages):
      traffic.add(messages)
    case .progress(let progress):
      traffic.apply(progress, at: stamp)
      releaseEarlySamples(at: stamp)
    case .groupLag(let lag):
      traffic.apply(lag, at: stamp)
    case .remembered(let memory):
      apply(memory, at: stamp)
    case .forgotten(let generators):
      forget(generators)
    case .watched:
      // For those who look at the message itself; what it says comes as a sample or a record.
      break
    }
  }

  /// Lets go of the last hour of each generator.
  public mutating func forgetHistory() {
    history = History()
    sampleCounts = SampleCounts()
    ownEvents = GeneratorEvents()
  }

  /// Takes over what the screen tells of itself.
  public mutating func apply(_ figures: ScreenFigures, at stamp: Stamp) {
    traffic.apply(figures, at: stamp.monotonic)
  }

  /// Whether there is a generator with this index; an event may come from a damaged recording.
  public func has(_ generator: GeneratorIndex) -> Bool {
    generators.indices.contains(Int(generator))
  }

  private mutating func add(region: String) {
    if regionPlaces[region] == nil { regionPlaces[region] = RegionIndex(regions.count) }
    regions.append(region)
    regionCounts.append(ConditionCounts())
  }

  private mutating func add(_ id: String) {
    let entry = inventory[id]
    var generator = Generator(TankLevels(entry, Reading(), policy))
    if let entry {
      generator.isInInventory = true
      if let power = entry.ratedPower { generator.ratedPower = Float(power) }
      if let burn = entry.burn { generator.ratedBurn = Float(burn / 3_600) }
      generator.region = entry.region.flatMap { regionPlaces[$0] } ?? 0
    }
    ids.append(id)
    names.append(entry?.name)
    generators.append(generator)
    rings.append(MatchRing())
    dueAt.append(.max)
    isChanged.append(false)
    counts.add(generator.conditions, 1)
    regionCounts[Int(generator.region)].add(generator.conditions, 1)
    markChanged(GeneratorIndex(ids.count - 1))
  }

  mutating func markChanged(_ generator: GeneratorIndex) {
    guard !isChanged[Int(generator)] else { return }
    isChanged[Int(generator)] = true
    changes.append(generator)
  }

  /// Works out a generator's conditions anew and moves it between the counts.
  mutating func review(_ index: GeneratorIndex, at now: Int64) {
    let place = Int(index)
    recall(place)
    if raisedAlarms(at: place, now: now) != generators[place].alarms {
      let isNews = generators[place].samples > 1
      let stamp = Stamp(monotonic: now, wall: now &+ (clockDistance ?? 0))
      updateAlarms(of: index, since: stamp.wall, reading(of: index), isNews: isNews, at: stamp)
    }
    let before = generators[place].conditions
    dueAt[place] = generators[place].review(limits, isWatched: watchedSince != nil, at: now)
    let conditions = generators[place].conditions
    markChanged(index)
    guard conditions != before else { return }
    alarmsRaised += conditions.newAlarms(since: before).count
    let region = Int(generators[place].region)
    counts.add(before, -1)
    regionCounts[region].add(before, -1)
    counts.add(conditions, 1)
    regionCounts[region].add(conditions, 1)
  }

  mutating func move(_ index: GeneratorIndex, to region: RegionIndex) {
    let place = Int(index)
    guard regions.indices.contains(Int(region)), generators[place].region != region else { return }
    recall(place)
    regionCounts[Int(generators[place].region)].add(generators[place].conditions, -1)
    generators[place].region = region
    regionCounts[Int(region)].add(generators[place].conditions, 1)
    markChanged(index)
  }
}
