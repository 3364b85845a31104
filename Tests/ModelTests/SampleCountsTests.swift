import Testing

@testable import Model

private let slot = History.slotLength

struct SampleCountsTests {
  @Test func countsTheSamplesOfEachSlot() {
    var counts = SampleCounts()
    for _ in 0..<3 { counts.add(1, of: 2, at: 100 * slot) }
    counts.add(5, of: 2, at: 102 * slot + 1)
    #expect(counts.values(of: 2, count: 4, until: 102 * slot) == [0, 3, 0, 5])
    #expect(counts.values(of: 1, count: 2, until: 102 * slot) == [0, 0])
    #expect(counts.values(of: 2, count: 2, until: 500 * slot) == [0, 0])
  }

  @Test(arguments: [127, 128, 1_000, 29_000])
  func manyAreCountedToFourPercent(samples: Int) {
    var counts = SampleCounts()
    counts.add(samples, of: 0, at: 0)
    let counted = counts.values(of: 0, count: 1, until: 0)[0]
    #expect(abs(Double(counted - samples)) <= Double(samples) * (samples < 128 ? 0 : 0.07))
  }

  @Test func whatIsOlderThanAnHourIsForgotten() {
    var counts = SampleCounts()
    for step in 0..<500 { counts.add(step % 7 + 1, of: 0, at: Int64(step) * slot) }
    let wanted = (260..<500).map { $0 % 7 + 1 }
    #expect(counts.values(of: 0, count: 240, until: 499 * slot) == wanted)
    #expect(counts.values(of: 0, count: 241, until: 499 * slot).first == 0)
  }

  @Test(arguments: [Int64.min, .max, -1])
  func whateverTheTimeItHolds(time: Int64) {
    var counts = SampleCounts()
    counts.add(2, of: 0, at: time)
    #expect(counts.values(of: 0, count: 1, until: time) == [2])
    counts.add(.max, of: 0, at: 0)
    counts.add(1, of: -1, at: 0)
    #expect(counts.values(of: -5, count: -2, until: 0) == [])
  }
}

struct GeneratorEventsTests {
  @Test func keepsTheLastOfEachByTheTimeTheyHappened() {
    var events = GeneratorEvents()
    for second in [3, 1, 2] + Array(4..<40) {
      let stamp = Stamp(monotonic: Int64(second), wall: 0)
      let kind = second % 2 == 0 ? FleetEvent.Kind.online : .lastWill
      events.add(GeneratorEvent(stamp: stamp, kind: kind, amount: Double(second)), of: 7)
    }
    #expect(events[7].map(\.stamp.monotonic) == (24..<40).map { Int64($0) })
    #expect(events[7].last?.kind == .lastWill && events[7].last?.amount == 39)
    #expect(events[6].isEmpty)
  }

  @Test func tellsWhenAnAlarmWasRaisedAndCleared() {
    var world = World()
    func record(_ alarm: AlarmFlag, _ fuel: Double) -> EnrichedRecord {
      EnrichedRecord(
        generator: 0,
        alarm: alarm,
        receivedAt: world.now.monotonic,
        sampleTime: world.now.wall,
        reading: World.reading(fuel: fuel)
      )
    }
    for (alarm, fuel) in [
      (AlarmFlag.noAction, 600.0), (.refuel, 450), (.refuel, 440), (.noAction, 900),
    ] {
      world.pass(60)
      world.fleet.apply(.enriched([record(alarm, fuel)]), at: world.now)
    }
    let alarms = world.fleet.ownEvents[0].filter { $0.kind != .refuelled }
    #expect(alarms.map(\.kind) == [.alarmRaised(.refuel), .alarmCleared(.refuel)])
    #expect(alarms.map(\.amount) == [450, 900])
  }
}

struct BurnRangeTests {
  @Test func theBurnLiesWithinAndNoiseWidensIt() throws {
    var (smooth, noisy) = (FuelTrend(), FuelTrend())
    for step in 0..<30 {
      let time = Int64(step) * 10_000_000_000
      let fuel = 900 - Double(step)
      let noise = [0.0, 3, -2, 1, -3, 2][step * 5 % 6]
      _ = smooth.add(fuel: fuel, at: time, tank: 1_000)
      _ = noisy.add(fuel: fuel + noise, at: time, tank: 1_000)
    }
    let exact = try #require(smooth.burnRange)
    let wide = try #require(noisy.burnRange)
    #expect(abs(exact.lowerBound - 0.1) < 1e-3 && abs(exact.upperBound - 0.1) < 1e-3)
    #expect(wide.contains(0.1))
    #expect(wide.upperBound - wide.lowerBound > exact.upperBound - exact.lowerBound)
  }

  @Test func thereIsNoneWithoutABurn() {
    var trend = FuelTrend()
    _ = trend.add(fuel: 5, at: 0, tank: 1_000)
    #expect(trend.burnRange == nil)
  }
}
