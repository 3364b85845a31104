import Testing

@testable import Pipeline
@testable import Simulator

struct GeneratorLifeTests {
  /// A fleet that lives fast: an hour in a minute of the clock.
  private func life(_ count: Int, seed: UInt64 = 1, pace: Double = 60) -> GeneratorLife {
    GeneratorLife(LifePlan(generatorCount: count, seed: seed, pace: pace))
  }

  private func isBelievable(_ sample: GeneratorSample) -> Bool {
    (0...100).contains(sample.load) && (0...2600).contains(sample.power)
      && (160...300).contains(sample.temperature) && (0...1000).contains(sample.fuel)
      && (sample.load == 0) == (sample.power == 0)
  }

  @Test func writesThePayloadOfTheArticleByteForByte() {
    let identity = GeneratorIdentity(
      number: 0,
      region: "",
      latitude: 40.680_661,
      longitude: -73.474_29
    )
    let sample = GeneratorSample(temperature: 186, power: 186, load: 2, fuel: 277)
    let expected =
      #"{"generatorID": "generator1", "lat": 40.68066, "lon": -73.47429, "temperature": 186, "#
      + #""power": 186, "load": 2, "fuel": 277}"#
    #expect(String(decoding: identity.payload(sample), as: UTF8.self) == expected)
    let extreme = GeneratorSample(temperature: 0, power: .max, load: 100, fuel: .min)
    let text = String(decoding: identity.payload(extreme), as: UTF8.self)
    #expect(
      text.hasSuffix(#""power": 9223372036854775807, "load": 100, "fuel": -9223372036854775808}"#)
    )
  }

  @Test func livesTheSameLifeForTheSameSeed() {
    var (one, same, other) = (life(20), life(20), life(20, seed: 2))
    var differs = false
    for step in 0..<2000 {
      let number = step % 20
      let nanoseconds = Int64(1_000_000_000 + step * 1_000_003)
      let sample = one.advance(number, nanoseconds: nanoseconds)
      let payload = one.identities[number].payload(sample)
      #expect(
        payload == same.identities[number].payload(same.advance(number, nanoseconds: nanoseconds))
      )
      differs = differs || other.advance(number, nanoseconds: nanoseconds) != sample
    }
    #expect(differs)
    #expect(one.identities != other.identities)
  }

  @Test func keepsEveryNumberWithinItsRange() {
    var fleet = life(60)
    var loads: Set<Int> = []
    var strange: [GeneratorSample] = []
    for _ in 0..<1000 {
      for number in 0..<60 {
        let sample = fleet.advance(number, nanoseconds: 10_000_000_000)
        loads.insert(sample.load)
        if !isBelievable(sample) { strange.append(sample) }
      }
    }
    #expect(strange == [])
    #expect(loads.count > 60)
  }

  @Test func standsByAndRunsByRegion() {
    var fleet = life(45)
    var running: [String: Int] = [:]
    var standing: [String: Int] = [:]
    for _ in 0..<2000 {
      var loads: [String: [Int]] = [:]
      for number in 0..<45 {
        let load = fleet.advance(number, nanoseconds: 10_000_000_000).load
        loads[fleet.identities[number].region, default: []].append(load)
      }
      for (region, loads) in loads {
        if loads.allSatisfy({ $0 > 0 }) { running[region, default: 0] += 1 }
        if loads.count(where: { $0 == 0 }) >= 4 { standing[region, default: 0] += 1 }
      }
    }
    #expect(running.count == 9, "every region was without grid for a while")
    #expect(standing.count == 9, "and had it for a while")
  }

  @Test func losesATankInHoursAndIsRefuelled() {
    var fleet = life(40)
    var last = (0..<40).map { fleet.advance($0, nanoseconds: 1).fuel }
    var lowest = last
    var refuels = 0
    var greatestDrop = 0
    for _ in 0..<6000 {
      for number in 0..<40 {
        let fuel = fleet.advance(number, nanoseconds: 1_000_000_000).fuel
        // A minute at full load burns less than three units of a tank that lasts six hours.
        if fleet.generators[number].flaw != .theft {
          greatestDrop = max(greatestDrop, last[number] - fuel)
        }
        if last[number] < 880, fuel >= 880 { refuels += 1 }
        lowest[number] = min(lowest[number], fuel)
        last[number] = fuel
      }
    }
    #expect((2...4).contains(greatestDrop))
    #expect(refuels > 40)
    #expect(lowest.contains { $0 < 100 }, "some trucks are late")
    #expect(lowest.contains { $0 > 300 }, "others are not")
  }

  @Test func hasOneThatLeaksAndOneThatIsRobbed() throws {
    var fleet = life(12)
    let leaking = try #require(fleet.generators.firstIndex { $0.flaw == .leak })
    let robbed = try #require(fleet.generators.firstIndex { $0.flaw == .theft })
    #expect(leaking != robbed)
    var lostAtRest = [Int](repeating: 0, count: 12)
    var greatestDrop = [Int](repeating: 0, count: 12)
    var last = (0..<12).map { fleet.advance($0, nanoseconds: 1) }
    for _ in 0..<6000 {
      for number in 0..<12 {
        let sample = fleet.advance(number, nanoseconds: 1_000_000_000)
        let drop = last[number].fuel - sample.fuel
        greatestDrop[number] = max(greatestDrop[number], drop)
        if last[number].load == 0, sample.load == 0, (1...3).contains(drop) {
          lostAtRest[number] += drop
        }
        last[number] = sample
      }
    }
    #expect(lostAtRest[leaking] > 200)
    #expect(greatestDrop[robbed] >= 120)
    for number in 0..<12 where number != leaking {
      #expect(lostAtRest[number] < 30)
      if number != robbed { #expect(greatestDrop[number] < 10) }
    }
  }

  @Test func putsGeneratorsIntoTheirRegions() {
    let fleet = life(2000)
    for identity in fleet.identities {
      let table = RegionTable.usDivisions
      let found = table.region(latitude: identity.latitude, longitude: identity.longitude)
      #expect(found == identity.region, "\(identity.id)")
    }
    #expect(fleet.identities.map(\.id).prefix(2) == ["generator1", "generator2"])
    #expect(Set(fleet.identities.prefix(9).map(\.region)).count == 9)
  }

  @Test func failsTheGridWhenToldTo() {
    var fleet = life(9, pace: 1)
    let region = fleet.identities[4].region
    let isFound = [region, "Atlantis"].map { fleet.failGrid(region: $0, seconds: 30) }
    #expect(isFound == [true, false])
    let sample = fleet.advance(4, nanoseconds: 10_000_000_000)
    #expect(sample.load > 0)
  }

  @Test func keepsATankEmptyUntilTheTruckComes() {
    let start = GeneratorStart(generator: 0, fuel: 1, load: 100, seconds: 3600)
    // Some trucks come before that.
    let dry = (UInt64(0)..<10).map { seed in
      var fleet = GeneratorLife(LifePlan(generatorCount: 1, seed: seed, starts: [start]))
      let first = fleet.advance(0, nanoseconds: 1_000_000_000)
      #expect(first.load == 100)
      let later = fleet.advance(0, nanoseconds: 600_000_000_000)
      return (fleet: fleet, sample: later)
    }
    #expect(dry.contains { $0.sample.fuel == 0 })
    for (fleet, sample) in dry where sample.fuel == 0 {
      #expect(sample.load == 0 && sample.power == 0)
      var fleet = fleet
      let later = (0..<300).map { _ in fleet.advance(0, nanoseconds: 300_000_000_000).fuel }
      #expect(later.contains { $0 >= 890 })
    }
  }

  @Test func livesOnStrangePlans() {
    for pace in [0, -1, Double.nan, .infinity, 1e300] {
      var fleet = GeneratorLife(LifePlan(generatorCount: 2, pace: pace, startHour: .nan))
      let fuels = [0, -5, Int64.max, .min].map { fleet.advance(0, nanoseconds: $0).fuel }
      #expect(fuels.allSatisfy { (0...1000).contains($0) })
    }
    #expect(GeneratorLife(LifePlan(generatorCount: -1)).identities.isEmpty)
    var nobody = GeneratorLife(
      LifePlan(generatorCount: 3, regions: RegionTable(regions: [], places: []))
    )
    let sample = nobody.advance(2, nanoseconds: 1)
    #expect(sample.fuel >= 0)
  }
}

struct GeneratorHistoryTests {
  @Test func livesThroughThePastAndGoesOnFromThere() {
    let plan = LifePlan(generatorCount: 5, seed: 3, pace: 60)
    var fleet = GeneratorLife(plan)
    let end: Int64 = 1_800_000_000_000_000_000
    let samples = fleet.history(minutes: 60, endingAt: end)
    #expect(samples.count == 300)
    #expect(samples.first?.wallNanoseconds == end - 59 * 60_000_000_000)
    #expect(samples.suffix(5).allSatisfy { $0.wallNanoseconds == end })
    #expect(samples.suffix(5).map(\.generator) == [0, 1, 2, 3, 4])
    var again = GeneratorLife(plan)
    let repeated = again.history(minutes: 60, endingAt: end)
    #expect(repeated == samples)
    for last in samples.suffix(5) {
      let next = fleet.advance(last.generator, nanoseconds: 1_000_000_000)
      #expect(abs(next.fuel - last.sample.fuel) < 300)
    }
    let none = fleet.history(minutes: -1, endingAt: end)
    #expect(none.isEmpty)
  }

  @Test(arguments: [0, 3, 10, 60])
  func comesToAStartWithoutAJump(minutes: Int) throws {
    let start = GeneratorStart(generator: 2, fuel: 512, load: 90, seconds: 60)
    var fleet = GeneratorLife(LifePlan(generatorCount: 5, pace: 60, starts: [start]))
    let past = fleet.history(minutes: minutes, endingAt: 0).filter { $0.generator == 2 }
    #expect(past.count == minutes)
    var last: Int?
    for sample in past {
      if let last { #expect((0...200).contains(last - sample.sample.fuel)) }
      last = sample.sample.fuel
    }
    if let last { #expect((505...530).contains(last)) }
    var fuel = 512
    var seconds = 0
    while fuel >= 500, seconds < 60 {
      let sample = fleet.advance(2, nanoseconds: 1_000_000_000)
      #expect(sample.load == 90)
      fuel = sample.fuel
      seconds += 1
    }
    #expect((4...16).contains(seconds), "it crosses 500 when it was to")
  }
}
