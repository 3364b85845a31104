internal import Dashboard
internal import Model
internal import Panes
internal import System
internal import Terminal

/// A fleet of which each generator sends at its own second of an interval, with the bridge's copy of
/// each sample and a record a minute.
private struct SteadyFleet {
  var state: DashboardState
  private let count: Int
  private let interval: Int
  private var second: Int64 = 0
  private var samples = 0

  init(_ count: Int, interval: Int, memory: Int) {
    self.count = count
    self.interval = interval
    var options = DashboardOptions()
    options.policy.tailsRawTopic = true
    options.historyMemory = memory
    state = DashboardState(options)
    apply(.resize(width: 120, height: 40))
    let ids = (0..<count).map { "generator-\($0 * 7_919 % 1_000_003)" }
    let regions = (0..<40).map { "Region \($0)" }
    apply(.feed(.names(generators: ids, regions: regions)))
    apply(.feed(.status(.mqtt, .live)))
    apply(.feed(.status(.kafka, .live)))
    for topics in [ReaderProgress.Topics.enriched, .raw] {
      let progress = ReaderProgress(
        topics: topics,
        names: ["EG"],
        partitions: 6,
        recordsBehind: 0,
        hasReadHistory: true
      )
      apply(.feed(.progress(progress)))
    }
  }

  private var stamp: Stamp {
    let shift = second * 1_000_000_000
    return Stamp(monotonic: 5_000_000_000_000 + shift, wall: 1_795_356_207_000_000_000 + shift)
  }

  private mutating func apply(_ kind: Event.Kind) { _ = state.apply(Event(kind, at: stamp)) }

  /// Values of as many digits as a simulator's random numbers have.
  private func reading(_ index: Int) -> Reading {
    var reading = Reading()
    let turn = Double(Int64(index) &* 31 &+ second / Int64(interval)) / 997
    reading[.fuel] = 900 - Double((Int64(index) * 37 + second) % 850) - turn / 1_000
    reading[.load] = 50 + turn.truncatingRemainder(dividingBy: 40)
    reading[.power] = 200 + turn.truncatingRemainder(dividingBy: 90)
    reading[.temperature] = 70 + turn.truncatingRemainder(dividingBy: 20)
    reading[.latitude] = 51 + Double(index) / 9_973
    reading[.longitude] = -1.2 + Double(index) / 9_949
    return reading
  }

  /// One second in ten batches, as the run loop takes them.
  mutating func hearSecond() {
    second += 1
    let first = Int(second % Int64(interval))
    let due = stride(from: first, to: count, by: interval).map { $0 }
    let size = max(1, (due.count + 9) / 10)
    for start in stride(from: 0, to: due.count, by: size) {
      let batch = due[start..<min(due.count, start + size)]
      for source in [SampleSource.mqtt, .rawTopic] { hear(batch, source) }
    }
    if second % 60 == 0 { apply(.feed(.enriched((0..<count).map(record)))) }
    apply(.tick)
  }

  private mutating func hear(_ batch: ArraySlice<Int>, _ source: SampleSource) {
    let now = stamp.monotonic
    let samples = batch.map { index in
      let time = now - 900_000 + Int64(index % 100) * 7_001
      return Sample(
        generator: GeneratorIndex(index),
        source: source,
        receivedAt: time,
        reading: reading(index)
      )
    }
    self.samples += samples.count
    apply(.feed(.samples(samples)))
  }

  private func record(_ index: Int) -> EnrichedRecord {
    let reading = reading(index)
    return EnrichedRecord(
      generator: GeneratorIndex(index),
      region: RegionIndex(1 + index % 40),
      alarm: reading.fuel ?? 0 < 60 ? .refuel : .noAction,
      receivedAt: stamp.monotonic,
      sampleTime: stamp.wall - 3_000_000_000,
      recordTime: stamp.wall,
      reading: reading
    )
  }

  /// A key, the frame after it and its picture: milliseconds.
  mutating func time(_ key: Character) -> Double {
    let start = monotonicNanoseconds()
    apply(.key(.character(key)))
    apply(.frame)
    _ = drawDashboard(state, glyphs: .unicode)
    return Double(monotonicNanoseconds() - start) / 1e6
  }
}

/// Prints what it costs to keep the past of a steady fleet, how far it reaches, and how long a step
/// back takes.
func measurePast(generators: Int, interval: Int, seconds: Int, megabytes: Int) {
  func hear(_ fleet: inout SteadyFleet) -> (all: Double, slowest: Double) {
    var (all, slowest) = (0.0, 0.0)
    for _ in 0..<seconds {
      let start = monotonicNanoseconds()
      fleet.hearSecond()
      let taken = Double(monotonicNanoseconds() - start) / 1e6
      all += taken / 1_000
      slowest = max(slowest, taken)
    }
    return (all, slowest)
  }
  var without = SteadyFleet(generators, interval: interval, memory: 0)
  let plain = hear(&without)
  var fleet = SteadyFleet(generators, interval: interval, memory: megabytes * 1_000_000)
  let kept = hear(&fleet)
  func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
  say(
    "hearing \(seconds) s takes \(rounded(plain.all)) s, with the past kept "
      + "\(rounded(kept.all)) s; slowest second \(rounded(plain.slowest)) and "
      + "\(rounded(kept.slowest)) ms"
  )
  let past = fleet.state.past
  let reach = past.reach.map { (fleet.state.present.monotonic - $0.monotonic) / 1_000_000_000 }
  say(
    "memory \(past.footprint / 1_000_000) MB reach \(reach ?? 0) s, a fleet takes "
      + "\(rounded(Double(fleet.state.fleet.footprint) / 1e6)) MB"
  )
  func report(_ name: String, _ times: [Double]) {
    let sorted = times.sorted()
    let middle = rounded(sorted[sorted.count / 2])
    say("\(name) first \(rounded(times[0])) median \(middle) max \(rounded(sorted.last ?? 0))")
  }
  report("freeze and live", "ZZZZZZ".map { fleet.time($0) })
  report("step back", (0..<90).map { _ in fleet.time("[") })
  report("step on", (0..<60).map { _ in fleet.time("]") })
  report("ten back", (0..<170).map { _ in fleet.time("(") })
  report("event on", (0..<20).map { _ in fleet.time("}") })
  _ = fleet.time("Z")
  // Far away at once: the worst that can be.
  report("live and event back", (0..<20).flatMap { _ in [fleet.time("{"), fleet.time("Z")] })
}
