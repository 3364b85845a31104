import Testing

@testable import Model

private let second: Int64 = 1_000_000_000

struct IntervalEstimateTests {
  @Test func needsThreeGaps() {
    var estimate = IntervalEstimate()
    for _ in 0..<2 { estimate.add(5 * second) }
    #expect(estimate.seconds == nil)
    estimate.add(5 * second)
    #expect(estimate.seconds == 5)
  }

  @Test func isNotMovedByAFewOutagesAndDuplicates() {
    var estimate = IntervalEstimate()
    for _ in 0..<12 { estimate.add(7 * second) }
    estimate.add(3_600 * second)
    estimate.add(0)
    estimate.add(3_600 * second)
    #expect(estimate.seconds == 7)
  }

  @Test func followsANewPaceWithinSixteenGaps() {
    var estimate = IntervalEstimate()
    for _ in 0..<20 { estimate.add(5 * second) }
    for _ in 0..<16 { estimate.add(30 * second) }
    #expect(estimate.seconds == 30)
  }

  @Test func gapsTakenTogetherCountAsTheirMean() {
    var estimate = IntervalEstimate()
    for _ in 0..<3 { estimate.add(second) }
    estimate.add(1_000 * second, over: 1_000)
    #expect(estimate.seconds == 1)
    estimate.add(60 * second, over: 20)
    #expect(estimate.seconds == 3)
  }

  @Test(arguments: [Int64.min, -1, .max])
  func whateverTheGapItHolds(gap: Int64) {
    var estimate = IntervalEstimate()
    estimate.add(gap)
    estimate.add(gap, over: .max)
    estimate.add(gap, over: .min)
    #expect(estimate.seconds.map { $0 >= 0 } ?? true)
  }
}

struct RateMeterTests {
  @Test func isUnknownBeforeAnythingCame() {
    #expect(RateMeter().perSecond(at: 5 * second) == nil)
  }

  @Test func isTheMeanOfTheLastTenWholeSeconds() {
    var meter = RateMeter()
    for tick in 100..<120 as Range<Int64> { meter.add(100, at: tick * second) }
    #expect(meter.perSecond(at: 120 * second) == 100)
    for tick in 120..<125 as Range<Int64> { meter.add(50, at: tick * second) }
    #expect(meter.perSecond(at: 125 * second) == 75)
    for tick in 125..<130 as Range<Int64> { meter.add(50, at: tick * second) }
    #expect(meter.perSecond(at: 130 * second) == 50)
    #expect(meter.perSecond(at: 200 * second) == 0)
    #expect(meter.total == 2_500)
  }

  @Test func aSecondThatIsNotOverDoesNotCountYet() {
    var meter = RateMeter()
    meter.add(10, at: 100 * second)
    meter.add(10, at: 101 * second)
    meter.add(999, at: 102 * second)
    #expect(meter.perSecond(at: 102 * second + second / 2) == 10)
  }

  @Test func aLongSilenceLeavesNothingBehind() {
    var meter = RateMeter()
    for tick in 0..<16 { meter.add(1_000, at: Int64(tick) * second) }
    meter.add(10, at: 1_000 * second)
    #expect(meter.perSecond(at: 1_001 * second) == 1)
  }

  @Test(arguments: [Int64.min, -1, 0, .max])
  func whateverTheTimeItHolds(time: Int64) {
    var meter = RateMeter()
    meter.add(.max, at: time)
    meter.add(.max, at: 0)
    #expect(meter.perSecond(at: time) != nil)
    #expect(meter.perSecond(at: .min) != nil)
    #expect(meter.perSecond(at: .max) != nil)
  }
}

struct DelayMeterTests {
  @Test func givesQuantilesOfALateSpanAlone() {
    var meter = DelayMeter()
    #expect(meter.quantile(0.5, at: 0, within: 60) == nil)
    for step in 0..<8 { meter.add(Int64(1_000 + step) * second, at: Int64(step) * second) }
    for step in 0..<8 { meter.add(Int64(step) * second, at: 100 * second) }
    let now = 101 * second
    #expect(meter.quantile(0, at: now, within: 60) == 0)
    #expect(meter.quantile(0.5, at: now, within: 60) == 4)
    #expect(meter.quantile(1, at: now, within: 60) == 7)
    #expect(meter.quantile(1, at: now, within: 120) == 1_007)
    #expect(meter.quantile(0.5, at: 300 * second, within: 60) == nil)
    #expect(!meter.isByClock(at: now, within: 120))
    for _ in 0..<9 { meter.add(second, at: now, isByClock: true) }
    #expect(meter.isByClock(at: now, within: 60))
    #expect(!meter.isByClock(at: now, within: 120))
  }

  /// All that waited in a stall of two minutes comes at once; ten seconds later the figure is that of now.
  @Test func aStallDoesNotOutweighWhatCameSince() throws {
    var meter = DelayMeter()
    for late in (0..<1_200).reversed() { meter.add(Int64(late) * second / 10, at: 1_000 * second) }
    #expect(try #require(meter.quantile(0.5, at: 1_001 * second, within: 120)) > 30)
    for step in 1...15 { meter.add(second / 10, at: (1_000 + Int64(step)) * second) }
    #expect(try #require(meter.quantile(0.5, at: 1_016 * second, within: 120)) < 0.2)
  }

  @Test(arguments: [Double.nan, -1, 2, .infinity])
  func oddSharesAndDelaysAreHeld(share: Double) {
    var meter = DelayMeter()
    meter.add(.min, at: 0)
    meter.add(-5, at: 0)
    #expect(meter.quantile(share, at: 0, within: 60) == 0)
    meter.add(1, at: .min)
    meter.add(1, at: .max)
    #expect(meter.quantile(share, at: .max, within: share) != 7)
  }
}

struct MinimumMeterTests {
  @Test func forgetsAfterTenToTwentyMinutes() {
    var meter = MinimumMeter()
    #expect(meter.value == nil)
    meter.add(5, at: 0)
    meter.add(9, at: 500 * second)
    #expect(meter.value == 5)
    meter.add(9, at: 700 * second)
    #expect(meter.value == 5)
    meter.add(9, at: 1_300 * second)
    #expect(meter.value == 9)
    meter.advance(to: 9_000 * second)
    #expect(meter.value == nil)
  }
}
