import Decoding
import Model
import Testing

/// Values that come one by one, put together.
struct ValueMemoryTests {
  private let second: Int64 = 1_000_000_000

  private func reading(_ values: [Metric: Double]) -> Reading {
    var reading = Reading()
    for (metric, value) in values { reading[metric] = value }
    return reading
  }

  private func bits(_ metrics: Metric...) -> UInt32 {
    metrics.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }

  private func told(
    _ memory: inout ValueMemory,
    at time: Double,
    all: Bool = false
  )
    -> [MergedValues]
  {
    var told: [MergedValues] = []
    memory.tell(at: Int64(time * 1e9), all: all) { told.append($0) }
    return told
  }

  private func merge(
    _ memory: inout ValueMemory,
    _ values: [Metric: Double],
    at time: Double,
    cleared: UInt32 = 0,
    of place: Int = 0,
    retained: Bool = false
  ) {
    memory.merge(
      reading(values),
      cleared: cleared,
      of: place,
      isRetained: retained,
      time: Int64(time * 1e9),
      receivedAt: Int64(time * 1e9)
    )
  }

  @Test func whatComesTogetherIsToldTogetherAndAtMostOnceASecond() {
    var memory = ValueMemory()
    #expect(memory.wait(at: 0) == nil)
    merge(&memory, [.fuel: 61], at: 10)
    merge(&memory, [.power: 5.2], at: 10.1)
    #expect(told(&memory, at: 10.2).isEmpty)
    let first = told(&memory, at: 10.31)
    #expect(first.map(\.reading) == [reading([.fuel: 61, .power: 5.2])])
    #expect(first.map(\.fresh) == [bits(.fuel, .power)])
    #expect(first.map(\.receivedAt) == [Int64(10.1 * 1e9)])
    #expect(told(&memory, at: 11).isEmpty)
    merge(&memory, [.fuel: 60], at: 10.4)
    merge(&memory, [.fuel: 59], at: 10.9)
    #expect(told(&memory, at: 11.2).isEmpty)
    let second = told(&memory, at: 11.32)
    #expect(second.map(\.reading) == [reading([.fuel: 59, .power: 5.2])])
    #expect(second.map(\.fresh) == [bits(.fuel)])
    #expect(memory.wait(at: 12 * self.second) == nil)
  }

  @Test func anEmptiedValueIsNotKnownAnyMore() {
    var memory = ValueMemory()
    merge(&memory, [.fuel: 61, .batteryVoltage: 27], at: 1)
    _ = told(&memory, at: 2)
    merge(&memory, [:], at: 3, cleared: bits(.fuel))
    let told = told(&memory, at: 4)
    #expect(told.map(\.reading) == [reading([.batteryVoltage: 27])])
    #expect(told.map(\.fresh) == [bits(.fuel)])
  }

  @Test func onlyWhatTheBrokerKeptAloneIsRetained() {
    var memory = ValueMemory()
    merge(&memory, [.fuel: 61], at: 1, retained: true)
    merge(&memory, [.power: 1], at: 1, retained: true)
    #expect(told(&memory, at: 2).map(\.isRetained) == [true])
    merge(&memory, [.fuel: 61], at: 3, retained: true)
    merge(&memory, [.power: 1], at: 3)
    #expect(told(&memory, at: 4.5).map(\.isRetained) == [false])
    merge(&memory, [.power: 1], at: 6)
    merge(&memory, [.fuel: 61], at: 6, retained: true)
    #expect(told(&memory, at: 7.5).map(\.isRetained) == [false])
    // What is known already is no news.
    merge(&memory, [.fuel: 61], at: 9, retained: true)
    #expect(told(&memory, at: 10).isEmpty)
    merge(&memory, [.fuel: 62], at: 11, retained: true)
    #expect(told(&memory, at: 12).map(\.isRetained) == [true])
  }

  @Test func generatorsBeyondTheBoundAreNotKept() {
    var memory = ValueMemory(bound: 2)
    for place in 0..<5 { merge(&memory, [.fuel: 1], at: 1, of: place) }
    #expect(memory.count == 2)
    #expect(told(&memory, at: 1, all: true).map(\.place) == [0, 1])
    for place in [7, -1] {
      let isTaken = memory.merge(reading([.fuel: 1]), of: place, time: 0, receivedAt: 0)
      #expect(!isTaken)
    }
  }

  @Test func theEndTellsWhatWaits() {
    var memory = ValueMemory()
    merge(&memory, [.fuel: 61], at: 1)
    #expect(told(&memory, at: 1, all: true).count == 1)
    #expect(told(&memory, at: 1, all: true).isEmpty)
  }
}
