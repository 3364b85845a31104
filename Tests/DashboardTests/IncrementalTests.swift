import Model
import Terminal
import Testing

@testable import Dashboard

/// What is kept up to date change by change is what would be worked out again.
struct IncrementalTests {
  @Test(arguments: 1...8) func afterRandomEventsAllIsAsWorkedOutAnew(seed: Int) throws {
    var world = RandomWorld(seed: UInt64(seed))
    var settled = 0
    for step in 0..<200 {
      // By turns somebody is at the keys, and nobody is.
      world.doSomething(withKeys: step / 20 % 2 == 0)
      let state = world.driver.state
      let alarms = state.fleet.alarms()
      let shown = alarms.filter { state.isInSight($0.generator) }
      try #require(Array(state.alarms) == shown, "\(world.past.suffix(8))")
      try #require(state.hiddenAlarms == alarms.count - shown.count, "\(world.past.suffix(8))")
      let critical = alarms.filter { $0.priority == 1 && state.isInRegions($0.generator) }
      try #require(
        Set(state.alerts.known.keys) == Set(critical.map(\.generator)),
        "\(world.past.suffix(8))"
      )
      try #require(Array(state.visible) == state.order.all.filter { state.order.shows($0) })
      let isGrouped = state.isGrouped
      let groups = state.order.groups(isGrouped: isGrouped)
      let lines = FleetLines(groups, collapsed: state.list.collapsed, hasHeadings: isGrouped)
      try #require(state.lines == lines, "\(world.past.suffix(8))")
      guard !state.isOrderHeld else { continue }
      settled += 1
      var anew = FleetOrder()
      anew.rebuild(state.fleet, by: state.sorting, where: state.isVisible)
      try #require(Array(state.order.all) == Array(anew.all), "\(world.past.suffix(8))")
      try #require(Array(state.visible) == Array(anew.visible), "\(world.past.suffix(8))")
      try #require(groups == anew.groups(isGrouped: isGrouped), "\(world.past.suffix(8))")
    }
    #expect(settled > 40)
  }
}

/// A fleet to which anything may happen, and an operator who presses anything.
private struct RandomWorld {
  var driver: Driver
  /// What was done, the newest last.
  var past: [String] = []
  var random: Numbers
  private var count = 0

  private static let filters = [
    "alarm", "fuel<60%", "tte<1h", "age>8s", "-region~north", "marked", "critical or lost", "g1",
    "-pinned", "late or stale", "nothing", "",
  ]
  private static let keys: [Key] =
    "eEwWmm  '!0123tt+*><IUjkGg".map { .character($0) } + [.escape, .pageDown, .enter, .tab]

  init(seed: UInt64) {
    random = Numbers(state: seed)
    driver = Driver { options in
      options.policy.expectedInterval = 5
      options.policy.hasEnrichedFeed = true
      options.policy.hasRawFeed = true
      options.choices.sort = SortOrder(
        column: [.severity, .age, .timeToEmpty, .fuel][Int(seed % 4)]
      )
    }
    comeNew(300)
    past = []
  }

  mutating func doSomething(withKeys: Bool) {
    switch random.next(below: withKeys ? 20 : 14) {
    case 0..<6: send(1 + random.next(below: 4))
    case 6..<8: send(random.next(below: 150))
    case 8: presence()
    case 9: wait(5.5)
    case 10: setClock()
    case 11: readHistory()
    case 12 where count < 400: comeNew(3)
    case 14..<18: press(Self.keys[random.next(below: Self.keys.count)])
    case 18: filter(Self.filters[random.next(below: Self.filters.count)])
    default: wait(Double(random.next(below: 4)))
    }
    driver.apply(.frame)
    if past.count > 30 { past.removeFirst() }
  }

  private mutating func wait(_ seconds: Double) {
    past.append("wait \(seconds)")
    driver.wait(seconds)
  }

  private mutating func press(_ key: Key) {
    past.append("\(key)")
    driver.press(key)
  }

  private mutating func filter(_ text: String) {
    past.append("filter \(text)")
    driver.press(.escape, .escape, .character("/"))
    driver.type(text)
    driver.press(.enter)
  }

  private mutating func comeNew(_ number: Int) {
    past.append("\(number) come")
    let names = (count..<(count + number)).map { "g\($0)" }
    let regions = count == 0 ? ["North", "South", "East"] : []
    driver.apply(.feed(.names(generators: names, regions: regions)))
    count += number
  }

  private mutating func readHistory() {
    past.append("history")
    let progress = ReaderProgress(
      topics: .enriched,
      names: ["EG"],
      partitions: 1,
      recordsBehind: 0,
      hasReadHistory: true
    )
    driver.apply(.feed(.progress(progress)))
  }

  /// The wall clock is set.
  private mutating func setClock() {
    driver.clockStep = Double(random.next(below: 120)) - 60
    past.append("clock \(driver.clockStep)")
    driver.apply(.tick)
  }

  private mutating func presence() {
    let words: [PresenceChange.Word] = [.alive, .lastWill, .disconnected]
    let generator = GeneratorIndex(random.next(below: count))
    past.append("presence of \(generator)")
    driver.presence(generator, words[random.next(below: 3)])
  }

  /// Samples, records or both of some generators.
  private mutating func send(_ number: Int) {
    past.append("send \(number)")
    let now = driver.stamp
    var samples: [Sample] = []
    var records: [EnrichedRecord] = []
    for _ in 0..<number {
      let generator = GeneratorIndex(random.next(below: count))
      var reading = Reading()
      reading[.fuel] = Double(random.next(below: 1_000))
      // The first are known by records alone.
      if generator >= 50, random.next(below: 3) > 0 {
        let sample = Sample(
          generator: generator,
          source: .mqtt,
          isRetained: random.next(below: 8) == 0,
          receivedAt: now.monotonic,
          reading: reading
        )
        samples.append(sample)
      }
      guard random.next(below: 3) > 0 else { continue }
      let record = EnrichedRecord(
        generator: generator,
        region: RegionIndex(random.next(below: 4)),
        alarm: reading.fuel ?? 0 < 500 ? .refuel : .noAction,
        receivedAt: now.monotonic,
        sampleTime: now.wall - Int64(random.next(below: 3)) * 1_000_000_000,
        reading: reading
      )
      records.append(record)
    }
    driver.apply(.feed(.samples(samples)))
    driver.apply(.feed(.enriched(records)))
  }
}
