internal import Dashboard
internal import Model
internal import Panes
internal import System
internal import Terminal

/// A large made-up fleet that is looked through.
private struct LargeFleet {
  var state = DashboardState(LargeFleet.options)
  private var seconds = 1_000.0
  private let count: Int

  private static var options: DashboardOptions {
    var options = DashboardOptions()
    options.policy.expectedInterval = 1
    return options
  }

  init(_ count: Int) {
    self.count = count
    apply(.resize(width: 200, height: 60))
    let regions = (0..<40).map { "Region \($0)" }
    let ids = (0..<count).map { "generator-\($0 * 7_919 % 1_000_003)" }
    apply(.feed(.names(generators: ids, regions: regions)))
    hear(0..<count)
    apply(.frame)
  }

  @discardableResult
  mutating func apply(_ kind: Event.Kind) -> [Effect] {
    let stamp = Stamp(monotonic: Int64(seconds: seconds), wall: 1_795_356_207_000_000_000)
    return state.apply(Event(kind, at: stamp))
  }

  /// A sample and a record of some generators: one in twenty in alarm.
  mutating func hear(_ places: Range<Int>) {
    seconds += 0.01
    let now = Int64(seconds: seconds)
    var samples: [Sample] = []
    var records: [EnrichedRecord] = []
    for place in places {
      var reading = Reading()
      reading[.fuel] = place % 20 == 0 ? 300 : 520 + Double(place * 31 % 480)
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
          alarm: place % 20 == 0 ? .refuel : .noAction,
          receivedAt: now,
          sampleTime: 1_795_356_207_000_000_000,
          reading: reading
        )
      )
    }
    apply(.feed(.samples(samples)))
    apply(.feed(.enriched(records)))
  }

  /// A key, the frame after it and its picture: milliseconds.
  mutating func time(_ key: Key?) -> Double {
    let start = monotonicNanoseconds()
    if let key { apply(.key(key)) }
    apply(.frame)
    var canvas = Canvas(width: 200, height: 60)
    drawDashboard(state, glyphs: .unicode, on: &canvas)
    return Double(monotonicNanoseconds() - start) / 1e6
  }

  mutating func waitOutHold() { seconds += 6 }
}

/// Prints the slowest key of each kind, in milliseconds.
func measureKeys(generators: Int) {
  var fleet = LargeFleet(generators)
  func report(_ name: String, _ times: [Double]) {
    let sorted = times.sorted()
    let middle = (sorted[sorted.count / 2] * 10).rounded() / 10
    say("\(name) median \(middle) max \(((sorted.last ?? 0) * 10).rounded() / 10)")
  }
  func type(_ name: String, _ first: Character, _ text: String) {
    _ = fleet.time(.character(first))
    report("\(name) \(text)", text.map { fleet.time(.character($0)) })
    _ = fleet.time(.escape)
    if fleet.state.prompt != nil { _ = fleet.time(.escape) }
  }
  type("filter", "/", "fuel<55% region~3 or alarm")
  type("filter", "/", "7919")
  type("filter", "/", "/^gen.*(12|34)5$/")
  type("filter", "/", "~g1234")
  type("filter", "/", "tte<2h or age>30s or load>80")
  type("find", "f", "gen1234")
  report("alarm", (0..<30).map { _ in fleet.time(.character("e")) })
  report("sort", ">>>>".map { fleet.time(.character($0)) })
  report("group", "tt".map { fleet.time(.character($0)) })
  report("move", (0..<30).map { _ in fleet.time(.pageDown) })
  reportFrames("frame")
  report("map", "MM".map { fleet.time(.character($0)) })
  report("map zoom", ">>>><<<<".map { fleet.time(.character($0)) })
  report("map arrow", (0..<30).map { fleet.time($0 % 2 == 0 ? .left : .up) })
  report("map fit", "gg".map { fleet.time(.character($0)) })
  reportFrames("map frame")

  /// Frames without a change, and with some.
  func reportFrames(_ name: String) {
    fleet.waitOutHold()
    _ = fleet.time(nil)
    report(name, (0..<30).map { _ in fleet.time(nil) })
    report(
      "\(name) with a thousand changes",
      (0..<30).map { round in
        let first = min(round * 1_000, max(0, generators - 1_000))
        fleet.hear(first..<min(generators, first + 1_000))
        return fleet.time(nil)
      }
    )
  }
}
