import Testing

@testable import Feeds

struct ReadingPaceTests {
  private func isBusy(messages: Int, every gap: Int64, rounds: Int) -> Bool {
    var pace = ReadingPace()
    for round in 0..<rounds { pace.add(messages, at: 5 + Int64(round) * gap) }
    return pace.isBusy
  }

  @Test func isBusyFromAThousandMessagesASecond() {
    #expect(isBusy(messages: 1, every: 900_000, rounds: 300))
    #expect(!isBusy(messages: 1, every: 1_100_000, rounds: 300))
  }

  @Test func countsMessagesAndNotRounds() {
    #expect(isBusy(messages: 50, every: 40_000_000, rounds: 20))
    #expect(!isBusy(messages: 0, every: 1_000, rounds: 1_000_000))
  }

  @Test func restsAfterABurst() {
    var pace = ReadingPace()
    for round in 0..<300 { pace.add(10, at: Int64(round) * 1_000_000) }
    #expect(pace.isBusy)
    pace.add(1, at: 2_000_000_000)
    #expect(!pace.isBusy)
  }
}
