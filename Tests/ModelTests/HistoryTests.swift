import Testing

@testable import Model

private let slot = History.slotLength

struct HistoryTests {
  private func fuels(_ history: History, _ count: Int, until now: Int64) -> [Double?] {
    history.values(.fuel, of: 0, count: count, until: now)
  }

  @Test func keepsTheLastValueOfASlotAndLeavesGaps() {
    var history = History()
    history.add(World.reading(fuel: 1), of: 0, at: 100 * slot)
    history.add(World.reading(fuel: 2), of: 0, at: 100 * slot + slot / 2)
    history.add(World.reading(fuel: 4), of: 0, at: 103 * slot)
    #expect(fuels(history, 6, until: 104 * slot) == [nil, 2, nil, nil, 4, nil])
  }

  @Test func keepsMetricsApart() {
    var history = History()
    history.add(World.reading(fuel: 1, load: 2), of: 0, at: 7 * slot)
    history.add(World.reading(fuel: 9), of: 1, at: 7 * slot)
    #expect(history.values(.load, of: 0, count: 1, until: 7 * slot) == [2])
    #expect(history.values(.power, of: 0, count: 1, until: 7 * slot) == [nil])
    #expect(history.values(.fuel, of: 1, count: 1, until: 7 * slot) == [9])
    #expect(history.values(.latitude, of: 1, count: 1, until: 7 * slot) == [nil])
  }

  @Test func wrapsAfterAnHourWithoutLettingOldValuesThrough() {
    var history = History()
    for step in 0..<500 {
      history.add(World.reading(fuel: Double(step)), of: 0, at: Int64(step) * slot)
    }
    let values = fuels(history, 240, until: 499 * slot)
    #expect(values == (260..<500).map { Double($0) })
    #expect(fuels(history, 241, until: 499 * slot).first == .some(nil))
    history.add(World.reading(fuel: 7), of: 0, at: 2_000 * slot)
    #expect(fuels(history, 240, until: 2_000 * slot).compactMap { $0 } == [7])
  }

  @Test func takesOlderValuesWithinTheHour() {
    var history = History()
    history.add(World.reading(fuel: 1), of: 0, at: 1_000 * slot)
    history.add(World.reading(fuel: 2), of: 0, at: 998 * slot)
    history.add(World.reading(fuel: 3), of: 0, at: 700 * slot)
    #expect(fuels(history, 3, until: 1_000 * slot) == [2, nil, 1])
  }

  @Test func holdsTheLargestOfNumbersAtTheEndOfItsScale() {
    var history = History()
    history.add(World.reading(fuel: 1e300, load: -1e300), of: 0, at: slot)
    #expect((fuels(history, 1, until: slot)[0] ?? 0) >= 1e9)
    #expect((history.values(.load, of: 0, count: 1, until: slot)[0] ?? 0) <= -1e8)
  }

  @Test func makesRoomForAMetricThatComesLaterAndKeepsTheOthers() {
    var history = History()
    for step in 0..<300 {
      history.add(World.reading(fuel: Double(step)), of: 0, at: Int64(step) * slot)
      history.add(World.reading(fuel: nil, load: 7), of: 1, at: Int64(step) * slot)
    }
    history.add(World.reading(fuel: nil, load: 5, power: 6), of: 0, at: 299 * slot)
    #expect(fuels(history, 240, until: 299 * slot) == (60..<300).map { Double($0) })
    #expect(history.values(.load, of: 0, count: 2, until: 299 * slot) == [nil, 5])
    #expect(history.values(.power, of: 0, count: 2, until: 299 * slot) == [nil, 6])
    // The place that it left is taken by another, which must not see what was there.
    history.add(World.reading(fuel: 3), of: 2, at: 299 * slot)
    #expect(
      history.values(.fuel, of: 2, count: 240, until: 299 * slot).compactMap { $0 } == [3]
    )
    #expect(history.values(.load, of: 1, count: 1, until: 299 * slot) == [7])
  }

  @Test func takesMemoryForWhatWasSentAlone() {
    func footprint(_ reading: Reading) -> Int {
      var history = History()
      for generator in 0..<1_024 as Range<GeneratorIndex> {
        history.add(reading, of: generator, at: slot)
      }
      return history.footprint / 1_024
    }
    var four = World.reading(fuel: 1, load: 2, power: 3)
    four[.temperature] = 4
    #expect(footprint(World.reading(fuel: 1)) == 480 + 16)
    #expect(footprint(four) == 4 * 480 + 16)
    var placed = four
    placed[.latitude] = 1
    placed[.longitude] = 2
    #expect(footprint(placed) == footprint(four))
  }

  @Test func holdsTimesBeforeTheMachineStarted() {
    var history = History()
    for step in -200...10 {
      history.add(World.reading(fuel: Double(step)), of: 0, at: Int64(step) * slot)
    }
    #expect(fuels(history, 211, until: 10 * slot) == (-200...10).map { Double($0) })
  }

  @Test(arguments: [Int64.min, .max, -1])
  func whateverTheTimeItHolds(time: Int64) {
    var history = History()
    history.add(World.reading(fuel: 1), of: 0, at: time)
    #expect(fuels(history, 1, until: time) == [1])
    history.add(World.reading(fuel: 1), of: 0, at: 0)
    history.add(World.reading(fuel: 1), of: -1, at: 0)
    #expect(history.values(.fuel, of: 5, count: 2, until: 0) == [nil, nil])
    #expect(history.values(.fuel, of: -5, count: -2, until: 0) == [])
  }
}
