import Model
import Terminal
import Testing

@testable import Dashboard

struct SecondAlarmKindTests {
  @Test func eachKindIsListedFilteredAndCalledForByItself() {
    var driver = Driver { options in
      options.policy.hasRawFeed = true
      options.policy.hasEnrichedFeed = true
    }
    driver.add(fuels: [400, 900, 900])
    let progress = ReaderProgress(
      topics: .enriched,
      names: ["EG"],
      partitions: 1,
      recordsBehind: 0,
      hasReadHistory: true
    )
    driver.apply(.feed(.progress(progress)))
    driver.apply(.frame)
    for generator: GeneratorIndex in [0, 1] {
      var reading = Reading()
      reading[.temperature] = 130
      let sample = Sample(
        generator: generator,
        source: .mqtt,
        receivedAt: driver.stamp.monotonic,
        reading: reading
      )
      driver.apply(.feed(.samples([sample])))
    }
    driver.apply(.frame)
    #expect(driver.state.alarms.map(\.kind) == [.hot, .hot, .refuel])
    #expect(driver.state.alarms.map(\.generator) == [0, 1, 0])
    let calls = driver.effects.compactMap { if case .call(let text, _) = $0 { text } else { nil } }
    #expect(calls.count == 1 && calls[0].hasPrefix("2 new critical alarms"))
    driver.press(.character("/"))
    for character in "hot -refuel" { driver.press(.character(character)) }
    driver.press(.enter)
    driver.apply(.frame)
    #expect(driver.ids == ["g2"])
    #expect(driver.state.alarms.count == 1 && driver.state.hiddenAlarms == 2)
    #expect(driver.state.hiddenInAlarm == 1)
  }
}
