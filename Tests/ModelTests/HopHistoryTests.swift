import Testing

@testable import Model

struct HopHistoryTests {
  private func hop(_ id: HopID, seconds: Double? = nil, records: Int? = nil) -> HopFigures {
    var hop = HopFigures(id, .ok)
    hop.secondsBehind = seconds
    hop.recordsBehind = records
    return hop
  }

  private let second: Int64 = 1_000_000_000

  @Test func keepsOneValueOfEachSlotAndGapsAsGaps() {
    var history = HopHistory()
    let start = 100_000 * second
    history.add([hop(.sink, records: 10)], at: start)
    #expect(!history.isDue(at: start + 4 * second))
    #expect(history.isDue(at: start + 5 * second))
    history.add([hop(.sink)], at: start + 5 * second)
    history.add([hop(.sink, records: 30)], at: start + 20 * second)
    let now = start + 21 * second
    let values = history.peaks(.records, of: .sink, count: 6, step: 1, until: now)
    #expect(values == [nil, 10, nil, nil, nil, 30])
    #expect(history.length(at: now) == 5)
    #expect(history.peaks(.records, of: .bridge, count: 2, step: 1, until: now) == [nil, nil])
  }

  @Test func forgetsWhatIsOlderThanHalfAnHour() {
    var history = HopHistory()
    for slot in 0..<400 {
      history.add([hop(.sink, records: slot)], at: Int64(slot) * 5 * second)
    }
    let now = 399 * 5 * second
    let values = history.peaks(.records, of: .sink, count: 360, step: 1, until: now)
    #expect(values.first == 40 && values.last == 399)
    let later = now + 2_000 * second
    #expect(
      history.peaks(.records, of: .sink, count: 360, step: 1, until: later).allSatisfy { $0 == nil }
    )
  }

  @Test func stepsStandStillAndShowTheirHighest() {
    var history = HopHistory()
    for slot in 0..<24 {
      history.add([hop(.task, seconds: Double(slot % 7))], at: Int64(slot) * 5 * second)
    }
    let early = history.peaks(.seconds, of: .task, count: 3, step: 6, until: 119 * second)
    #expect(early == [6, 6, 6])
    for later in [120, 130, 149] {
      let values = history.peaks(
        .seconds,
        of: .task,
        count: 3,
        step: 6,
        until: Int64(later) * second
      )
      #expect(values == [6, 6, nil])
    }
  }

  @Test(arguments: [Int64.min, -1, 0, .max])
  func everyTimeCanBeAskedFor(time: Int64) {
    var history = HopHistory()
    history.add([hop(.sink, records: 1)], at: time)
    #expect(history.peaks(.records, of: .sink, count: 360, step: 7, until: time).contains(1))
    #expect(history.forecast(of: .sink, at: time) == nil)
    #expect(history.peaks(.records, of: .sink, count: 9, step: 1, until: ~time).count == 9)
  }

  /// A history of one value each 5 seconds for five minutes.
  private func forecast(_ value: (Int) -> Int?) -> HopForecast? {
    var history = HopHistory()
    for slot in 0..<60 {
      history.add([hop(.sink, records: value(slot))], at: Int64(slot) * 5 * second)
    }
    return history.forecast(of: .sink, at: 59 * 5 * second + second)
  }

  @Test func aRisingBacklogIsForecast() throws {
    let forecast = try #require(forecast { 1_000 + $0 * 25 })
    guard case .rising(let perMinute) = forecast else { return #expect(Bool(false), "\(forecast)") }
    #expect(abs(perMinute - 300) < 1)
  }

  @Test func aFallingBacklogTellsWhenItIsGone() throws {
    let forecast = try #require(forecast { 3_000 - $0 * 25 })
    guard case .falling(let perMinute, let seconds) = forecast else {
      return #expect(Bool(false), "\(forecast)")
    }
    #expect(abs(perMinute - 300) < 1)
    #expect(abs(seconds - Double(3_000 - 59 * 25) / 5) < 2)
  }

  @Test func neitherASawNorNoiseNorAShortWhileIsATrend() {
    // A group that commits once a minute.
    #expect(forecast { $0 % 12 * 400 } == nil)
    #expect(forecast { _ in 1_900 } == nil)
    #expect(forecast { $0 % 2 * 30 } == nil)
    #expect(forecast { $0 < 40 ? nil : $0 * 100 } == nil)
    #expect(forecast { $0 > 50 ? nil : $0 * 100 } == nil)
  }

  @Test func theFleetFeedsItAtItsTicks() {
    var world = World { $0.sinkGroup = "sink" }
    for second in 0..<30 {
      world.apply(.groupLag(GroupLag(recordsBehind: second, secondsBehind: 1)))
      world.run(1)
    }
    let values = world.fleet.hopHistory.peaks(
      .records,
      of: .sink,
      count: 6,
      step: 1,
      until: world.now.monotonic
    )
    let known = values.compactMap { $0 }
    #expect(known.count >= 5 && known == known.sorted())
  }
}
