import Model
import Testing

@testable import Dashboard

struct AlertWatchTests {
  private var watch = AlertWatch()

  private mutating func look(
    _ generators: [GeneratorIndex],
    urgent: Set<GeneratorIndex>,
    isBeginning: Bool = false
  ) {
    watch.update(generators, isBeginning: isBeginning) { urgent.contains($0) ? [.refuel] : [] }
  }

  private mutating func call(at seconds: Int64) -> [GeneratorIndex] {
    watch.dueCall(at: seconds * 1_000_000_000).map(\.generator)
  }

  @Test mutating func callsOnceForEachAlarm() {
    look([0, 1, 2], urgent: [0, 2])
    #expect(call(at: 0) == [0, 2])
    look([0, 1, 2], urgent: [0, 2])
    #expect(call(at: 100) == [])
    look([2], urgent: [])
    look([2], urgent: [2])
    #expect(call(at: 100) == [2])
  }

  @Test mutating func waitsBetweenTwoCallsAndForgetsWhatIsOver() {
    look([0], urgent: [0])
    #expect(call(at: 0) == [0])
    look([1, 2], urgent: [1, 2])
    #expect(call(at: 29) == [])
    look([1], urgent: [])
    #expect(call(at: 30) == [2])
  }

  @Test mutating func whatStandsAtTheBeginningIsNoNews() {
    look([0, 1], urgent: [0], isBeginning: true)
    #expect(Set(watch.known.keys) == [0])
    look([0, 1], urgent: [0, 1])
    #expect(call(at: 0) == [1])
  }
}
