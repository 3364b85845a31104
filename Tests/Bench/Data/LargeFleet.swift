internal import Dashboard
internal import Glibc
internal import Model
internal import Panes
internal import Terminal

/// A large made-up fleet that is looked through.
struct LargeFleet {
  private(set) var state = DashboardState(LargeFleet.options)
  private var seconds = 1_000.0
  private let count: Int
  /// One in this many generators is in alarm.
  private let alarmEvery: Int
  private var random = SystemRandomNumberGenerator()

  /// The wall clock when the monotonic one was 0: nanoseconds.
  private static let start: Int64 = 1_795_356_207_000_000_000

  private static var options: DashboardOptions {
    var options = DashboardOptions()
    options.policy.expectedInterval = 60
    return options
  }

  init(_ count: Int, alarmEvery: Int = 20) {
    self.count = count
    self.alarmEvery = alarmEvery
    apply(.resize(width: 200, height: 60))
    let regions = (0..<40).map { "Region \($0)" }
    let ids = (0..<count).map { "generator-\($0 * 7_919 % 1_000_003)" }
    apply(.feed(.names(generators: ids, regions: regions)))
    hear(Array(0..<count))
    apply(.frame)
  }

  @discardableResult
  mutating func apply(_ kind: Event.Kind) -> [Effect] {
    let now = Int64(seconds: seconds)
    let stamp = Stamp(monotonic: now, wall: Self.start + now)
    return state.apply(Event(kind, at: stamp))
  }

  /// A sample and a record of some generators, which burn their fuel steadily and send it in tenths.
  mutating func hear(_ places: [Int]) {
    seconds += 0.1
    let now = Int64(seconds: seconds)
    var samples: [Sample] = []
    var records: [EnrichedRecord] = []
    for place in places {
      let isInAlarm = place % alarmEvery == 0
      var reading = Reading()
      let fuel = isInAlarm ? 300 : 520 + Double(place * 31 % 480)
      let burn = 0.005 + Double(place % 11) / 1_000
      reading[.fuel] = ((fuel - burn * (seconds - 1_000)) * 10).rounded() / 10
      reading[.load] = Double(place * 13 % 100)
      // All over a country, now and then a few metres from where it was.
      reading[.latitude] = 30 + Double(place * 53 % 1_700) / 100 + seconds / 1e6
      reading[.longitude] = -120 + Double(place * 37 % 4_500) / 100
      let generator = GeneratorIndex(place)
      samples.append(
        Sample(generator: generator, source: .mqtt, receivedAt: now, reading: reading)
      )
      records.append(
        EnrichedRecord(
          generator: generator,
          region: RegionIndex(1 + place % 40),
          alarm: isInAlarm ? .refuel : .noAction,
          receivedAt: now,
          sampleTime: Self.start + now,
          reading: reading
        )
      )
    }
    apply(.feed(.samples(samples)))
    apply(.feed(.enriched(records)))
  }

  /// A frame after samples of some generators, whichever they are: milliseconds without the samples.
  mutating func timeFrame(after samples: Int) -> Double {
    if samples > 0 { hear((0..<samples).map { _ in Int.random(in: 0..<count, using: &random) }) }
    return time(nil)
  }

  /// A key, the frame after it and its picture: milliseconds of our own on a core, so that what else the machine does
  /// is not counted.
  mutating func time(_ key: Key?) -> Double {
    let start = clock()
    if let key { apply(.key(key)) }
    apply(.frame)
    _ = drawDashboard(state, glyphs: .unicode)
    return Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1_000
  }

  /// Lets the time pass in which the order is held after a key.
  mutating func waitOutHold() {
    seconds += 6
    apply(.tick)
    apply(.frame)
  }
}
