import Model
import Terminal
import Testing

@testable import Dashboard

/// The bell that is off for ten minutes.
struct MuteTests {
  private func driver() -> Driver {
    var driver = Driver { options in
      options.policy.hasRawFeed = true
      options.policy.hasEnrichedFeed = true
    }
    driver.add(fuels: [900, 900, 900, 900])
    let progress = ReaderProgress(
      topics: .enriched,
      names: ["EG"],
      partitions: 1,
      recordsBehind: 0,
      hasReadHistory: true
    )
    driver.apply(.feed(.progress(progress)))
    driver.apply(.frame)
    return driver
  }

  private func calls(_ driver: Driver) -> [String] {
    driver.effects.compactMap { if case .call(let text, _) = $0 { text } else { nil } }
  }

  @Test func whatHappensMeanwhileIsToldAtTheEnd() {
    var driver = driver()
    driver.press(.character("B"))
    #expect(driver.state.mutedUntil == driver.stamp.monotonic + 600_000_000_000)
    driver.send([20], firstGenerator: 1)
    driver.wait(60)
    driver.send([900, 20, 30, 900])
    driver.wait(539)
    driver.send([900, 20, 30, 900])
    driver.wait(0)
    #expect(calls(driver) == [])
    driver.wait(1)
    #expect(driver.state.mutedUntil == nil)
    #expect(driver.state.notice?.text == "bell and notifications are on again")
    #expect(calls(driver).count == 1)
    #expect(calls(driver)[0].hasPrefix("2 new critical alarms"))
  }

  @Test func whatIsOverByThenIsNotTold() {
    var driver = driver()
    driver.press(.character("B"))
    driver.send([20], firstGenerator: 1)
    driver.wait(1)
    driver.send([900], firstGenerator: 1)
    driver.wait(1)
    driver.press(.character("B"))
    #expect(driver.state.mutedUntil == nil)
    driver.wait(1)
    #expect(calls(driver) == [])
  }
}
