import TestSupport
import Testing

@testable import Model

private let second: Int64 = 1_000_000_000

struct FuelTrendTests {
  private func close(_ value: Double?, to wanted: Double, within share: Double) -> Bool {
    value.map { abs($0 - wanted) <= share * wanted } ?? false
  }

  @Test func knowsASteadyBurnFromSixSamplesOn() {
    var trend = FuelTrend()
    for step in 0..<3 { #expect(add(1_000 - 0.5 * Double(step), step, &trend) == nil) }
    #expect(trend.burn == nil)
    for step in 3..<5 { #expect(add(1_000 - 0.5 * Double(step), step, &trend) == nil) }
    for step in 5..<10 {
      #expect(add(1_000 - 0.5 * Double(step), step, &trend) == nil)
      #expect(close(trend.burn, to: 0.5, within: 0.01))
    }
  }

  private func add(_ fuel: Double, _ seconds: Int, _ trend: inout FuelTrend) -> Double? {
    trend.add(fuel: fuel, at: Int64(seconds) * second, tank: 1_000)?.amount
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
    var (refuelled, noticed, seconds) = ([Int](), [Int](), 0)
    for _ in 0..<2_000 {
      seconds += 10
      if fuel <= 0 {
        let added = Int.random(in: 500...1_000, using: &random)
        refuelled.append(added)
        fuel += added
      } else {
        fuel -= usage(of: Int.random(in: 0...100, using: &random), &random)
      }
      if let amount = add(Double(fuel), seconds, &trend) { noticed.append(Int(amount)) }
    }
    // The last may not be over yet.
    #expect(noticed == refuelled || noticed == refuelled.dropLast())
    #expect(refuelled.count > 50)
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

  @Test func aLargeRiseIsToldWhenNothingWasAddedForTwoMinutes() {
    var trend = FuelTrend()
    for step in 0..<10 { _ = add(300 - Double(step), step * 10, &trend) }
    #expect(trend.burn != nil)
    #expect(add(791, 100, &trend) == nil)
    #expect(trend.burn == nil)
    for seconds in stride(from: 110, to: 220, by: 10) { #expect(add(791, seconds, &trend) == nil) }
    #expect(add(790, 220, &trend) == 500)
  }

  @Test func aSmallRiseMustStay() {
    var trend = FuelTrend()
    for step in 0..<10 { _ = add(300 - Double(step), step * 10, &trend) }
    var added: [Double] = []
    for seconds in stride(from: 100, to: 300, by: 10) {
      if let amount = add(321, seconds, &trend) { added.append(amount) }
    }
    #expect(added == [30])
  }

  /// Each pour of 60, with pauses of up to 110 s, is part of one refuelling.
  @Test func whatIsFilledInStepsIsOneRefuelling() {
    var random = Seeded(state: 4)
    var trend = FuelTrend()
    var (fuel, seconds, amounts) = (300.0, 0, [Double]())
    func wait(_ until: Int) {
      while seconds < until {
        seconds += 5
        let noise = Double.random(in: -3...3, using: &random)
        if let amount = add(fuel + noise, seconds, &trend) { amounts.append(amount) }
      }
    }
    wait(600)
    for pour in 0..<8 {
      fuel += 60
      wait(600 + 100 * (pour + 1))
    }
    wait(3_000)
    #expect(amounts.count == 1)
    #expect(close(amounts.first, to: 480, within: 0.03))
  }

  @Test func aSpikeIsNoRefuelling() {
    var world = World()
    for step in 0..<40 {
      world.pass(10)
      world.sample(fuel: step == 30 ? 335 : 300 - Double(step))
    }
    #expect(!world.kinds.contains(.refuelled))
    #expect(close(world.generator().trend.burn, to: 0.1, within: 0.02))
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
    for seconds in 900..<1_100 {
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
