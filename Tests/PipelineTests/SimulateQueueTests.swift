import Testing

@testable import Pipeline
@testable import Simulator

struct DueQueueTests {
  @Test func givesTheEarliestFirstAndEqualTimesByIndex() {
    var random = SeededRandom(seed: 1)
    var queue = DueQueue()
    let entries = (0..<500).map { index in
      DueQueue.Entry(time: Int64.random(in: 0..<50, using: &random), index: index)
    }
    for entry in entries { queue.insert(entry) }
    var taken: [DueQueue.Entry] = []
    while let entry = queue.next(until: 24) { taken.append(entry) }
    #expect(taken == entries.filter { $0.time <= 24 }.sorted())
    #expect(queue.count == 500 - taken.count)
    while let entry = queue.next(until: .max) { taken.append(entry) }
    #expect(taken == entries.sorted())
    #expect(queue.first == nil)
  }
}

struct SampleBacklogTests {
  private func entry(_ number: Int) -> SampleBacklog.Entry {
    SampleBacklog.Entry(generator: number, payload: [UInt8(number % 256)])
  }

  @Test func keepsTheNewestInTheirOrder() {
    var backlog = SampleBacklog(limit: 100)
    let dropped = (0..<250).map { backlog.append(entry($0)) }
    #expect(dropped.reduce(0, +) == 150)
    #expect(backlog.count == 100)
    let kept = (0..<100).compactMap { _ in backlog.next() }
    #expect(kept == (150..<250).map(entry))
    let none = backlog.next()
    #expect(none == nil)
    #expect(backlog.isEmpty)
  }

  @Test func takesMoreAfterSomeWereGiven() {
    var backlog = SampleBacklog(limit: 3)
    var given: [SampleBacklog.Entry] = []
    for number in 0..<40 {
      _ = backlog.append(entry(number))
      if let next = backlog.next() { given.append(next) }
    }
    #expect(given == (0..<40).map(entry))
  }
}
