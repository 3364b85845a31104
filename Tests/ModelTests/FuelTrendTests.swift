import Testing

@testable import Model

private let second: Int64 = 1_000_000_000

struct FuelTrendTests {
  private func close(_ value: Double?, to wanted: Double, within share: Double) -> Bool {
    value.map { abs($0 - wanted) <= share * wanted } ?? false
  }

  @Test func knowsASteadyBurnFromThreeSamplesOn() {
    var trend = FuelTrend()
    for step in 0..<2 { #expect(add(1_000 - 0.5 * Double(step), step, &trend) == nil) }
    #expect(trend.burn == nil)
    for step in 2..<10 {
      #expect(add(1_000 - 0.5 * Double(step), step, &trend) == nil)
      #expect(close(trend.burn, to: 0.5, within: 0.01))
    }
  }

  private func add(_ fuel: Double, _ seconds: Int, _ trend: inout FuelTrend) -> Double? {
    trend.add(fuel: fuel, at: Int64(seconds) * second, tank: 1_000)
  }

  @Test func aGeneratorThatStandsByHasNoTimeToEmpty() {
    var world = World()
    func left() -> Double? { world.fleet.generators[0].timeToEmpty(at: world.now.monotonic) }
    func send(fuel: Double, load: Double) {
      world.pass(10)
      var reading = World.reading(fuel: fuel, load: load, power: load * 10)
      reading[.temperature] = 80
      world.apply(
        .samples([
          Sample(generator: 0, source: .mqtt, receivedAt: world.now.monotonic, reading: reading)
        ])
      )
    }
    for step in 0..<60 { send(fuel: 900 - Double(step), load: 70) }
    #expect(left() != nil)
    for _ in 0..<8 { send(fuel: 841, load: 0) }
    #expect(left() != nil, "it has only just stopped")
    for _ in 0..<8 { send(fuel: 841, load: 0) }
    #expect(left() == nil)
    // Fuel that falls without a load is worth telling.
    for step in 1..<30 { send(fuel: 841 - Double(step), load: 0) }
    #expect(left() != nil)
  }

  @Test(arguments: [1, 5, 15, 60])
  func holdsOverManyHoursAtAnyPace(pace: Int) {
    var trend = FuelTrend()
    for seconds in stride(from: 0, to: 6 * 3_600, by: pace) {
      #expect(add(1_000 - 0.02 * Double(seconds), seconds, &trend) == nil)
    }
    #expect(close(trend.burn, to: 0.02, within: 0.02))
  }

  @Test func forgetsABurnThatIsMoreThanHalfAnHourAgo() {
    var trend = FuelTrend()
    for seconds in 0..<3_600 { _ = add(5_000 - Double(seconds), seconds, &trend) }
    #expect(close(trend.burn, to: 1, within: 0.02))
    for seconds in 3_600..<7_200 {
      _ = add(1_400 - 0.1 * Double(seconds - 3_600), seconds, &trend)
    }
    #expect(close(trend.burn, to: 0.1, within: 0.05))
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func seesThroughNoise(seed: UInt64) {
    var random = Seeded(state: seed)
    var trend = FuelTrend()
    for seconds in stride(from: 0, to: 1_800, by: 5) {
      let noise = Double.random(in: -10...10, using: &random)
      #expect(add(900 - 0.2 * Double(seconds) + noise, seconds, &trend) == nil)
    }
    #expect(close(trend.burn, to: 0.2, within: 0.15))
  }

  @Test func aLevelOrRisingTankBurnsNothing() {
    var trend = FuelTrend()
    for seconds in 0..<100 { _ = add(500, seconds * 10, &trend) }
    #expect(trend.burn == nil)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
  func countsTheRefuellingsOfTheArticlesSimulator(seed: UInt64) {
    var random = Seeded(state: seed)
    var trend = FuelTrend()
    var fuel = Int.random(in: 900...1_000, using: &random)
    var (refuelled, noticed, seconds) = (0, 0, 0)
    for _ in 0..<2_000 {
      seconds += 10
      var added = 0
      if fuel <= 0 {
        added = Int.random(in: 500...1_000, using: &random)
        refuelled += 1
        fuel += added
      } else {
        fuel -= usage(of: Int.random(in: 0...100, using: &random), &random)
      }
      if let amount = add(Double(fuel), seconds, &trend) {
        noticed += 1
        #expect(amount == Double(added))
      }
    }
    #expect(noticed == refuelled)
    #expect(refuelled > 50)
  }

  private func usage(of load: Int, _ random: inout Seeded) -> Int {
    switch load {
    case 75...: Int.random(in: 90...130, using: &random)
    case 50...: Int.random(in: 75...90, using: &random)
    case 25...: Int.random(in: 50...75, using: &random)
    default: 0
    }
  }

  @Test func theBurnOfTheArticlesSimulatorIsThatOfItsMean() {
    var random = Seeded(state: 9)
    var trend = FuelTrend()
    var fuel = 100_000.0
    for step in 0..<300 {
      fuel -= Double(usage(of: Int.random(in: 0...100, using: &random), &random))
      _ = trend.add(fuel: fuel, at: Int64(step) * 10 * second, tank: 100_000)
    }
    #expect(close(trend.burn, to: 6.3, within: 0.2))
  }

  @Test func aLargeRiseIsARefuellingAtOnce() {
    var trend = FuelTrend()
    for step in 0..<5 { _ = add(300 - Double(step), step * 10, &trend) }
    #expect(trend.burn != nil)
    #expect(add(796, 50, &trend) == 500)
    #expect(trend.burn == nil)
  }

  @Test func aSmallRiseMustStayForTwoMoreSamples() {
    var trend = FuelTrend()
    for step in 0..<10 { _ = add(300 - Double(step), step * 10, &trend) }
    #expect(add(321, 100, &trend) == nil)
    #expect(add(321, 110, &trend) == nil)
    #expect(add(320, 120, &trend) == 30)
  }

  @Test func aSpikeIsNoRefuelling() {
    var trend = FuelTrend()
    for step in 0..<10 { _ = add(300 - Double(step), step * 10, &trend) }
    let before = trend.burn
    #expect(add(335, 100, &trend) == nil)
    for step in 11..<20 { #expect(add(300 - Double(step), step * 10, &trend) == nil) }
    #expect(close(trend.burn, to: before ?? 0, within: 0.1))
  }

  @Test func aSlowFillIsOneRefuelling() {
    var trend = FuelTrend()
    var amounts: [Double] = []
    for seconds in 0..<600 {
      if let added = add(300 - 0.01 * Double(seconds), seconds, &trend) { amounts.append(added) }
    }
    for seconds in 600..<900 {
      let fuel = 294 + 2 * Double(seconds - 599)
      if let added = add(fuel, seconds, &trend) { amounts.append(added) }
    }
    for seconds in 900..<1_000 {
      if let added = add(894 - 0.01 * Double(seconds - 900), seconds, &trend) {
        amounts.append(added)
      }
    }
    #expect(amounts.count == 1)
    #expect(close(amounts.first, to: 600, within: 0.02))
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func noiseAloneIsNoRefuelling(seed: UInt64) {
    var random = Seeded(state: seed)
    var trend = FuelTrend()
    for step in 0..<5_000 {
      let noise = Double.random(in: -15...15, using: &random)
      #expect(add(600 + noise, step * 5, &trend) == nil)
    }
  }

  @Test func aFoldTellsTheLeastThatWasAdded() {
    func folded(_ fuels: [Double]) -> Double? {
      var trend = FuelTrend()
      let samples = fuels.enumerated().map {
        Sample(
          generator: 0,
          source: .mqtt,
          receivedAt: Int64($0.offset) * second,
          reading: World.reading(fuel: $0.element)
        )
      }
      var fold = FoldedSamples(first: samples[0])
      for sample in samples.dropFirst() { fold.add(sample) }
      _ = trend.add(fuel: fuels[0], at: 0, tank: 1_000)
      guard let last = fuels.last, let bounds = FuelTrend.Fold(fold) else { return nil }
      return trend.add(fuel: last, after: bounds, at: 100 * second, tank: 1_000)
    }
    #expect(folded([300, 100, 900, 850]) == 750)
    #expect(folded([300, 100, 900, 250]) == 600)
    #expect(folded([300, 200, 100, 0]) == nil)
  }

  @Test func oldPointsAndOddValuesChangeNothing() {
    var trend = FuelTrend()
    for step in 0..<5 { _ = add(300 - Double(step), 1_000 + step * 10, &trend) }
    let burn = trend.burn
    #expect(add(900, 10, &trend) == nil)
    #expect(trend.burn == burn)
    for time in [Int64.min, .max, 0, -1] {
      for fuel in [1e308, -1e308, 0] {
        _ = trend.add(fuel: fuel, at: time, tank: 1_000)
        _ = trend.add(fuel: fuel, at: time, tank: .nan)
        trend.move(by: time)
      }
    }
    #expect(trend.burn.map(\.isFinite) ?? true)
  }
}
