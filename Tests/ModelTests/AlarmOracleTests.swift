import Glibc
import TestSupport
import Testing

@testable import Model

/// Alarms of random records against an oracle that knows every record and works each answer out anew from all of them.
///
/// Records come out of order, twice, late, stamped ahead of our clock by up to a day, without stamps, and with words
/// that nobody knows. `EGTOP_TEST_ALARM_EVENTS` says how many; see `make fuzz`.
struct AlarmOracleTests {
  private static let generators = 200

  private static let count =
    getenv("EGTOP_TEST_ALARM_EVENTS").flatMap { Int(String(cString: $0)) } ?? 100_000

  /// What came of one generator, oldest first.
  private struct Heard {
    /// Nanoseconds since 1970; what it carried, and when it came.
    var stamp: Int64?
    var arrival: Int64
    var flag: AlarmFlag
  }

  /// Since when there is an alarm, and how many there were.
  private struct Answer: Equatable {
    var since: Int64?
    var raised = 0
  }

  /// A record that is older than one before it says nothing; a stamp ahead counts as the arrival; the alarm is since
  /// the first record of those that say so without a break.
  private static func answer(_ all: [Heard]) -> Answer {
    var answer = Answer()
    var newest = Int64.min
    for heard in all {
      let time = heard.stamp.map { $0 > heard.arrival ? heard.arrival : $0 } ?? heard.arrival
      if time < newest { continue }
      newest = time
      switch heard.flag {
      case .absent: break
      case .refuel:
        if answer.since == nil { answer = Answer(since: time, raised: answer.raised + 1) }
      default: answer.since = nil
      }
    }
    return answer
  }

  @Test func alarmsAreThoseOfTheOracle() {
    // Whole days in rounds, so that a round with all that came before it can be looked through again.
    for round in 0..<max(1, Self.count / 50_000) { run(seed: UInt64(round), events: 50_000) }
  }

  private func run(seed: UInt64, events: Int) {
    var random = Seeded(state: seed)
    var world = World(generators: (0..<Self.generators).map { "g\($0)" }) {
      // What is urgent is another matter.
      $0.criticalPercent = 0
      $0.criticalSeconds = -1
    }
    var heard = Array(repeating: [Heard](), count: Self.generators)
    var raised = Array(repeating: 0, count: Self.generators)
    var (missed, wrong, doubled, late) = (0, 0, 0, 0)
    for _ in 0..<events {
      world.pass(.random(in: 0...3, using: &random))
      let index = Int.random(in: 0..<Self.generators, using: &random)
      let (record, entry) = Self.record(of: index, heard[index], world.now, &random)
      heard[index].append(entry)
      let before = world.fleet.alarmsRaised
      world.apply(.enriched([record]))
      raised[index] += world.fleet.alarmsRaised - before
      let expected = Self.answer(heard[index])
      let alarm = world.fleet.alarm(.refuel, of: GeneratorIndex(index))
      if alarm == nil, expected.since != nil { missed += 1 }
      if alarm != nil, expected.since == nil { wrong += 1 }
      if let alarm, let since = expected.since, alarm.sinceWall != since { late += 1 }
      if alarm?.sinceWall ?? 0 > world.now.wall { late += 1 }
      if raised[index] > expected.raised { doubled += 1 }
    }
    #expect([missed, wrong, doubled, late] == [0, 0, 0, 0], "seed \(seed)")
    let all = raised.reduce(0, +)
    #expect(all == heard.reduce(0) { $0 + Self.answer($1).raised } && all > events / 10)
    #expect(world.fleet.traffic.outOfOrder > events / 20)
  }

  private static func record(
    of index: Int,
    _ before: [Heard],
    _ now: Stamp,
    _ random: inout Seeded
  ) -> (EnrichedRecord, Heard) {
    func seconds(_ range: ClosedRange<Double>) -> Int64 {
      Int64(seconds: .random(in: range, using: &random))
    }
    var entry = Heard(arrival: now.wall, flag: .noAction)
    var (sampleTime, recordTime): (Int64?, Int64?)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<11: sampleTime = now.wall - seconds(0...90)
    case 11..<13: sampleTime = now.wall - seconds(90...3_600)
    case 13..<15: sampleTime = now.wall + seconds(0...86_400)
    case 15: sampleTime = .random(in: 0...946_684_799_999_999_999, using: &random)
    case 16: recordTime = now.wall - seconds(-60...60)
    case 17: sampleTime = now.wall + seconds(86_400...900_000)
    case 18: sampleTime = before.last?.stamp
    default: break
    }
    let isMeant = sampleTime.map { $0 >= 946_684_800_000_000_000 } ?? false
    entry.stamp = isMeant ? sampleTime : recordTime
    let flags: [AlarmFlag] = [.refuel, .refuel, .noAction, .noAction, .absent, .other]
    entry.flag = flags[Int.random(in: flags.indices, using: &random)]
    if let last = before.last, Int.random(in: 0..<10, using: &random) == 0 {
      // The same once more.
      (entry.stamp, entry.flag, sampleTime, recordTime) = (last.stamp, last.flag, last.stamp, nil)
    }
    let record = EnrichedRecord(
      generator: GeneratorIndex(index),
      alarm: entry.flag,
      receivedAt: now.monotonic,
      sampleTime: sampleTime,
      recordTime: recordTime,
      reading: World.reading(fuel: entry.flag == .refuel ? 400 : 900)
    )
    return (record, entry)
  }

  /// Raw fuel around the mark, without Kafka: raised at once below it; over at 2 % above it or after five minutes.
  ///
  /// One value in twenty is odd, and says nothing.
  @Test func alarmsByRawFuelAreThoseOfTheOracle() {
    var random = Seeded(state: 14)
    var world = World(kafka: false) {
      $0.hasEnrichedFeed = false
      $0.criticalPercent = 0
      $0.criticalSeconds = -1
    }
    var heard: [(fuel: Double, wall: Int64)] = []
    var wrong = 0
    var raised = 0
    var fuel = 505.0
    var isOdd = false
    for _ in 0..<max(2_000, Self.count / 50) {
      // What silence follows would stand.
      world.run(.random(in: 1...(isOdd ? 3 : 30), using: &random))
      isOdd = !isOdd && heard.count > 20 && Int.random(in: 0..<20, using: &random) == 0
      if isOdd {
        let odd = [0, -100, 1_000, 65_535, 1e12]
        world.sample(fuel: odd[Int.random(in: odd.indices, using: &random)])
      } else {
        fuel = min(530, max(480, fuel + .random(in: -12...12, using: &random)))
        world.sample(fuel: fuel)
        heard.append((fuel, world.now.wall))
      }
      world.fleet.tick(at: world.now)
      // All that is older is long over.
      if heard.count > 400 { heard.removeFirst(200) }
      var (since, above): (Int64?, Int64?)
      for (place, entry) in heard.enumerated() {
        if entry.fuel < 500 {
          if since == nil {
            let first = heard[...place].lastIndex { $0.fuel >= 500 }.map { $0 + 1 } ?? 0
            since = heard[first].wall
          }
          above = nil
        } else {
          above = above ?? entry.wall
          let next = place + 1 < heard.count ? heard[place + 1].wall : world.now.wall
          if entry.fuel >= 510 || next - (above ?? 0) >= 300_000_000_000 { since = nil }
        }
      }
      let alarm = world.fleet.alarm(.refuelRaw, of: 0)
      if alarm?.sinceWall != since { wrong += 1 }
      if alarm != nil { raised += 1 }
    }
    #expect(wrong == 0 && raised > 100 && world.fleet.alarmsRaised > 20)
  }
}
