import Dashboard
import Model
import Terminal
import Testing

/// The view of generators of which raw and enriched differ.
struct DifferencesTests {
  /// Four generators that send; for `seconds` no record has come.
  private func driver(withoutRecords seconds: Int) -> Driver {
    var driver = Driver()
    let progress = ReaderProgress(
      topics: .enriched,
      names: ["EGx"],
      partitions: 1,
      recordsBehind: 0,
      hasReadHistory: true
    )
    driver.apply(.feed(.progress(progress)))
    driver.add(fuels: [900, 800, 700, 600])
    for _ in 0..<(seconds / 5) {
      driver.wait(5)
      for generator in 0..<4 as Range<GeneratorIndex> {
        var reading = Reading()
        reading[.fuel] = 600
        let sample = Sample(
          generator: generator,
          source: .mqtt,
          receivedAt: driver.stamp.monotonic,
          reading: reading
        )
        driver.apply(.feed(.samples([sample])))
      }
    }
    return driver
  }

  private func ids(_ driver: Driver) -> [String] {
    driver.state.differences.map { driver.state.fleet.ids[Int($0)] }
  }

  @Test func aKeyAndAWordOpenTheList() {
    var driver = driver(withoutRecords: 160)
    driver.press(.character("D"))
    #expect(driver.state.view == .differences && driver.state.focus == .differences)
    #expect(ids(driver) == ["g1", "g2", "g3", "g4"])
    driver.press(.escape)
    #expect(driver.state.view == .ops)
    driver.press(.character(":"))
    driver.type("differences")
    driver.press(.enter)
    #expect(driver.state.view == .differences)
  }

  @Test func filterAndRegionsApply() {
    var driver = driver(withoutRecords: 160)
    driver.press(.character("D"), .character("/"))
    driver.type("g2 or g3")
    driver.press(.enter)
    driver.wait(1)
    #expect(ids(driver) == ["g2", "g3"])
    #expect(driver.state.fleet.traffic.differences[.notEnriched] == 4)
    driver.press(.character("1"))
    driver.wait(1)
    #expect(ids(driver).count == 1)
  }

  @Test func enterGoesToTheGenerator() {
    var driver = driver(withoutRecords: 160)
    driver.press(.character("D"), .down, .down, .enter)
    #expect(driver.selected == "g3")
  }

  @Test func nothingIsListedBeforeTwoWindows() {
    var driver = driver(withoutRecords: 100)
    driver.press(.character("D"))
    #expect(ids(driver).isEmpty)
  }
}
