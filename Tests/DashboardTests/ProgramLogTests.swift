import Dashboard
import Model
import Terminal
import Testing

struct ProgramLogTests {
  private func texts(_ driver: Driver) -> [String] {
    driver.state.log.entries(from: 0).map { "\($0.source): \($0.text)" }
  }

  private func retrying(_ reason: String, _ attempt: Int) -> Event.Kind {
    .feed(.status(.mqtt, .retrying(reason: reason, nextTry: 0, attempt: attempt)))
  }

  @Test func aFeedThatGoesAndComesIsToldOnceEach() throws {
    var driver = Driver()
    let start = driver.state.log.total
    driver.apply(retrying("refused", 1))
    driver.apply(.feed(.status(.mqtt, .connecting)))
    driver.apply(retrying("refused", 2))
    driver.apply(retrying("no such host", 3))
    driver.seconds += 90
    driver.apply(.feed(.status(.mqtt, .live)))
    let told = driver.state.log.entries(from: start).map(\.text)
    #expect(told == ["refused (try 1)", "no such host (try 3)", "live again after 90 s"])
    let levels = driver.state.log.entries(from: start).map(\.level)
    #expect(levels == [.error, .error, .info])
  }

  @Test func rejectedMessagesAreToldWithTheirBeginnings() {
    var driver = Driver()
    let start = driver.state.log.total
    let message = RejectedMessage(
      feed: .mqtt,
      topic: "a/b",
      reason: "not JSON",
      payload: "{?",
      size: 2,
      receivedAt: 0
    )
    driver.apply(.feed(.rejected(Array(repeating: message, count: 5))))
    let told = driver.state.log.entries(from: start).map(\.text)
    #expect(told.count == 4)
    #expect(told.first == "rejected from a/b: not JSON: {?")
    #expect(told.last == "and 2 more messages like these")
  }

  @Test func aForeignMessageIsToldOnceAMinute() {
    var driver = Driver()
    let start = driver.state.log.total
    let message = RejectedMessage(
      feed: .mqtt,
      topic: "a/b",
      reason: "no field known",
      kind: .foreign,
      payload: "{}",
      size: 2,
      receivedAt: 0
    )
    for _ in 0..<61 {
      driver.apply(.feed(.rejected([message])))
      driver.seconds += 1
    }
    let told = driver.state.log.entries(from: start).map(\.text)
    #expect(told == Array(repeating: "ignored from a/b: no field known: {}", count: 2))
  }

  @Test func fieldsThatAreLostAloneAreNamedAndCounted() {
    var driver = Driver()
    let start = driver.state.log.total
    let message = RejectedMessage(
      feed: .mqtt,
      topic: "a/b",
      reason: "fuel is not a finite number",
      isReadInPart: true,
      payload: "{}",
      size: 2,
      receivedAt: 0
    )
    driver.apply(.feed(.rejected([message])))
    var counters = FeedCounters()
    counters.lostFields = 3
    driver.apply(.feed(.counters(.mqtt, counters)))
    let told = driver.state.log.entries(from: start).map(\.text)
    #expect(
      told == [
        "read in part from a/b: fuel is not a finite number: {}",
        "3 fields left out: unreadable",
      ]
    )
  }

  @Test func aHopIsToldWhenItFallsBehindAndWhenItHasCaughtUp() {
    var driver = Driver { $0.policy.sinkGroup = "sink" }
    let start = driver.state.log.total
    for seconds in [0.0, 60, 70, 80, 0] {
      let records = seconds > 0 ? 500 : 0
      driver.apply(.feed(.groupLag(GroupLag(recordsBehind: records, secondsBehind: seconds))))
      driver.wait(6)
    }
    let told = driver.state.log.entries(from: start).filter { $0.source == "sink" }.map(\.text)
    #expect(told == ["the group does not keep up", "ok again"])
  }

  @Test func aStepOfTheClockIsTold() {
    var driver = Driver()
    driver.wait(1)
    let start = driver.state.log.total
    let later = Stamp(
      monotonic: driver.stamp.monotonic,
      wall: driver.stamp.wall + 7_200_000_000_000
    )
    _ = driver.state.apply(Event(.tick, at: later))
    #expect(
      driver.state.log.entries(from: start).map(\.text)
        == ["the wall clock was set forward by 7200 s"]
    )
  }

  @Test func itFollowsTheNewestUntilTheReaderLeavesTheEnd() {
    var driver = Driver()
    for number in 0..<30 { driver.apply(.note("note \(number)")) }
    driver.press(.character("@"))
    #expect(driver.state.log.line == driver.state.log.count - 1)
    driver.press(.up, .up)
    let line = driver.state.log.line
    let entry = driver.state.log[line]
    for number in 0..<12 { driver.apply(.note("more \(number)")) }
    #expect(driver.state.log[driver.state.log.line] == entry)
    #expect(driver.state.log.unread == 12)
    driver.press(.character("G"))
    #expect(driver.state.log.unread == 0 && driver.state.log.cursor == nil)
    driver.apply(.note("last"))
    #expect(driver.state.log.line == driver.state.log.count - 1)
  }

  @Test func itKeepsTheLastFiveHundred() {
    var driver = Driver()
    driver.press(.character("@"), .home)
    for number in 0..<600 { driver.apply(.note("note \(number)")) }
    #expect(driver.state.log.count == 500)
    #expect(driver.state.log.line == 0)
    let text = String(repeating: "x", count: 5_000)
    driver.apply(.note(text))
    #expect((driver.state.log[499]?.text.count ?? 0) <= 400)
    #expect(driver.state.log.entries(from: driver.state.log.total).isEmpty)
  }
}
