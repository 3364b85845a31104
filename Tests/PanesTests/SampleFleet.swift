import Dashboard
import Model
import Panes
import Terminal

/// A fleet in all conditions at 2026-11-22 14:03:27 UTC, to draw pictures of.
struct SampleFleet {
  static let end = Stamp(monotonic: 100_000_000_000_000, wall: 1_795_356_207_000_000_000)
  static let regions = ["North-East", "Wales", "London", "東京", "Northern Ireland and the Isles"]

  private(set) var state: DashboardState

  /// A fleet that was heard for an hour, on a screen of this many columns and rows.
  init(_ size: (width: Int, height: Int)) {
    self = Self.heard
    resize(size)
  }

  /// A fleet of which nothing was heard, with other options.
  init(unheard size: (width: Int, height: Int), change: (inout DashboardOptions) -> Void = { _ in })
  {
    var options = Self.options
    change(&options)
    state = DashboardState(options)
    resize(size)
  }

  private static let heard: SampleFleet = {
    var fleet = SampleFleet(unheard: (80, 24))
    fleet.hear()
    return fleet
  }()

  private static var options: DashboardOptions {
    var options = DashboardOptions()
    options.inventory = inventory
    options.policy.tailsRawTopic = true
    options.policy.sinkGroup = "sink"
    options.mqttAddress = "mqtts://mq.ops:8883"
    options.kafkaAddress = "kf-1.ops:9092"
    options.enrichedTopics = "topics that begin with EG"
    options.theme = "iron"
    options.themes = themes
    options.notes = ["the terminal has no synchronized updates"]
    return options
  }

  private static var themes: ThemeReport {
    var report = ThemeReport()
    report.entries = [
      ThemeEntry(name: "iron", about: "grey is normal, on your own background"),
      ThemeEntry(name: "paper", about: "ink on white"),
      ThemeEntry(name: "a-theme-with-a-long-name", about: "yours"),
    ]
    report.depth = "256 colours"
    report.problem = "a-theme-with-a-long-name.yaml:7:3: there is no role \"txt\""
    return report
  }

  mutating func resize(_ size: (width: Int, height: Int)) {
    send(.resize(width: size.width, height: size.height))
    send(.frame)
  }

  static let ids =
    (0..<36).map { "EG-\(String(417 + $0 * 173).suffix(4))" } + [
      "generator-with-a-very-long-identifier-that-goes-on-and-on-for-64-c", "東京発電機", "g1", "g2",
    ]

  static let inventory: [InventoryEntry] = zip(
    ids,
    [
      "Royal Infirmary B", "Tyne Data Hall 2", "Dock St Exchange", "Hexham Water PS",
      "Consett Ambulance", "Blyth Harbour", "Durham County Hall", "Alnwick Mast", "Amble Mast",
      "Seaham Pumping", "Newcastle Central", "Gateshead College", "Sunderland Royal",
      "東京都庁舎非常用発電機一号", "Whitley Bay PS", "South Shields DC",
    ]
  ).map { InventoryEntry(id: $0, name: $1) }

  /// Applies an event, `seconds` from ``end``.
  @discardableResult
  mutating func send(_ kind: Event.Kind, at seconds: Double = 0) -> [Effect] {
    state.apply(Event(kind, at: Self.stamp(seconds)))
  }

  /// Applies keys and draws the frame after them.
  mutating func press(_ keys: Key..., at seconds: Double = 0) {
    for key in keys { send(.key(key), at: seconds) }
    send(.frame, at: seconds)
    send(.drawn(drawDashboard(state, glyphs: .unicode).extents), at: seconds)
  }

  /// Types a text faster than frames are drawn.
  mutating func type(_ text: String, at seconds: Double = 0) {
    for character in text { send(.key(.character(character)), at: seconds) }
    press(at: seconds)
  }

  /// The screen as it is drawn now.
  func canvas(_ glyphs: Glyphs = .unicode) -> Canvas {
    drawDashboard(state, glyphs: glyphs).canvas
  }

  static func stamp(_ seconds: Double) -> Stamp {
    let shift = Int64(seconds: seconds)
    return Stamp(monotonic: end.monotonic + shift, wall: end.wall + shift)
  }

  // MARK: - What is heard

  private mutating func hear() {
    send(.feed(.names(generators: Self.ids, regions: Self.regions)), at: -3_700)
    send(.feed(.status(.mqtt, .live)), at: -3_650)
    send(.feed(.status(.kafka, .live)), at: -3_650)
    for minute in stride(from: -3_600.0, through: -180, by: 60) { hearRecords(at: minute) }
    let progress = ReaderProgress(
      topics: .enriched,
      names: ["EGkafka_downsampled"],
      partitions: 6,
      recordsBehind: 0,
      hasReadHistory: true
    )
    send(.feed(.progress(progress)), at: -200)
    let seconds = Array(stride(from: -190.0, to: -60, by: 5)) + (-60...0).map(Double.init)
    for second in seconds {
      hearPresence(at: second)
      hearSamples(at: second)
      if second == -120 || second == -60 || second == 0 { hearRecords(at: second) }
      hearPipeline(at: second)
      send(.tick, at: second)
    }
    hearCounters()
    send(.frame)
  }

  /// Fuel at a time: it burns, and runs below 0 where the simulator would let it.
  private static func fuel(_ index: Int, at seconds: Double) -> Double {
    let now = [41, 68, 119, 142, 410, 455, 499.5, 370, 525, 441, 583, 610, 634, 666, 702, -5]
    let value = index < now.count ? now[index] : 520 + Double(index * 37 % 430)
    let burn = index % 7 == 6 ? 0 : 0.02 + Double(index % 5) * 0.012
    return value - burn * seconds
  }

  private static func reading(_ index: Int, at seconds: Double) -> Reading {
    var reading = Reading()
    reading[.fuel] = index == 38 ? nil : fuel(index, at: seconds)
    reading[.load] = index == 37 ? nil : Double(10 + index * 13 % 85)
    reading[.power] = index == 37 ? nil : Double(40 + index * 71 % 480)
    reading[.temperature] = Double(70 + index * 7 % 30)
    place(index, &reading)
    return reading
  }

  private mutating func hearRecords(at seconds: Double) {
    let records = (0..<38).filter { $0 != 20 }.map { index in
      EnrichedRecord(
        generator: GeneratorIndex(index),
        region: RegionIndex(index == 36 ? 0 : 1 + index % 5),
        alarm: Self.fuel(index, at: min(seconds, -60)) < 500 ? .refuel : .noAction,
        receivedAt: Self.stamp(max(seconds, -3_600)).monotonic,
        sampleTime: Self.stamp(seconds - 20).wall,
        recordTime: Self.stamp(seconds).wall,
        reading: Self.reading(index, at: (seconds - 20).rounded())
      )
    }
    send(.feed(.enriched(records)), at: seconds)
  }

  private mutating func hearSamples(at seconds: Double) {
    for source in [SampleSource.mqtt, .rawTopic] {
      let samples = (0..<39).filter { hears($0, at: seconds) }.map { index in
        var reading = Self.reading(index, at: seconds)
        // Somebody filled it up; the pipeline does not know yet.
        if index == 4, seconds > -30 { reading[.fuel] = 612 }
        return Sample(
          generator: GeneratorIndex(index),
          source: source,
          receivedAt: Self.stamp(seconds + (source == .mqtt ? 0 : 0.04)).monotonic,
          recordTime: source == .mqtt ? nil : Self.stamp(seconds).wall,
          reading: reading
        )
      }
      send(.feed(.samples(samples)), at: seconds)
    }
  }

  private func hears(_ index: Int, at seconds: Double) -> Bool {
    switch index {
    case 1: seconds < -9
    case 7, 8: seconds < -120
    case 9: seconds < -48
    case 10: seconds < -4
    case 12: seconds < -90 || seconds > -16
    case 21: seconds < -31
    default: index != 39
    }
  }

  private mutating func hearPresence(at seconds: Double) {
    switch seconds {
    case -150: presence(.alive, 12, at: seconds)
    case -110: presence(.lastWill, 7, at: seconds)
    case -95: presence(.lastWill, 8, at: seconds)
    case -90: presence(.lastWill, 12, at: seconds)
    case -30: presence(.disconnected, 21, at: seconds)
    case -8: presence(.lastWill, 1, at: seconds)
    case -5: presence(.lastWill, 39, isRetained: true, at: seconds)
    default: break
    }
  }

  private mutating func presence(
    _ word: PresenceChange.Word,
    _ index: Int,
    isRetained: Bool = false,
    at seconds: Double
  ) {
    let change = PresenceChange(
      generator: GeneratorIndex(index),
      word: word,
      isRetained: isRetained,
      receivedAt: Self.stamp(seconds).monotonic
    )
    send(.feed(.presence([change])), at: seconds)
  }

  private mutating func hearCounters() {
    var counters = FeedCounters()
    counters.received = 1_204_331
    counters.bytes = 160_000_000
    counters.samples = 1_204_300
    counters.presence = 8
    counters.ignored = 21
    counters.rejected = 2
    counters.connections = 1
    send(.feed(.counters(.mqtt, counters)))
    let rejected = RejectedMessage(
      feed: .mqtt,
      topic: "emergency_generator/EG-9999",
      reason: "not JSON at byte 12",
      payload: "{\"fuel\": 12, ?[31m…",
      size: 48_211,
      receivedAt: Self.stamp(-75).monotonic
    )
    send(.feed(.rejected([rejected])))
  }

  /// A sink that has trouble to keep up, and a screen of five frames a second.
  private mutating func hearPipeline(at seconds: Double) {
    guard seconds >= -14 else { return }
    var lag = GroupLag(recordsBehind: 1_900, secondsBehind: 48)
    lag.committed = 10_000 + Int((seconds + 14) * 24)
    send(.feed(.groupLag(lag)), at: seconds)
    var screen = ScreenFigures()
    screen.frames = 1_270 + Int(seconds) * 5
    screen.frameBytes = 1_120
    screen.totalBytes = 1_900_000
    send(.screen(screen), at: seconds)
  }
}
