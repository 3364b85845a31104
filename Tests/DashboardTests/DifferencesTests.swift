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

  /// One generator of each kind of difference, and one of whom raw and enriched agree.
  private static func driverOfAllKinds(_ filter: String) -> Driver {
    var driver = Driver {
      $0.policy.window = 10
      $0.choices.filter = filter
      $0.choices.sort = SortOrder(column: .id)
    }
    let progress = ReaderProgress(
      topics: .enriched,
      names: ["EGx"],
      partitions: 1,
      recordsBehind: 0,
      hasReadHistory: true
    )
    driver.apply(.feed(.progress(progress)))
    driver.add(fuels: [900, 800, 700, 600, 900])
    for step in 0..<60 {
      driver.wait(5)
      // The second falls silent, the first is never enriched, the third late; the fourth is low, and nobody says so.
      for generator in [0, 1, 2, 3, 4] as [GeneratorIndex] where generator != 1 || step < 6 {
        driver.hear(generator, [.fuel: fuel(of: generator, at: step)])
      }
      for generator in [1, 2, 3, 4] as [GeneratorIndex] where step % 2 == 1 {
        var reading = Reading()
        let age = generator == 2 ? min(step, 22) : 0
        reading[.fuel] = fuel(of: generator, at: step - age)
        let record = EnrichedRecord(
          generator: generator,
          region: 0,
          alarm: .noAction,
          receivedAt: driver.stamp.monotonic,
          sampleTime: driver.stamp.wall - Int64(age) * 5_000_000_000,
          recordTime: driver.stamp.wall,
          reading: reading
        )
        driver.apply(.feed(.enriched([record])))
      }
    }
    driver.apply(.frame)
    return driver
  }

  private static func fuel(of generator: GeneratorIndex, at step: Int) -> Double {
    (generator == 3 ? 400 : 900) - Double(step) / 10
  }

  @Test(arguments: [
    ("not-enriched", ["g1"]), ("not-heard", ["g2"]), ("late-record", ["g3"]),
    ("disagree", ["g4"]), ("state:disagree", ["g4"]),
    ("-(not-enriched or not-heard or late-record or disagree)", ["g5"]),
  ])
  func theFilterAsksForEachKind(text: String, expected: [String]) {
    #expect(Self.driverOfAllKinds(text).ids == expected)
  }

  @Test func theFilterFollowsWhatChanges() {
    var driver = Self.driverOfAllKinds("disagree")
    driver.hear(3, [.fuel: 900])
    driver.wait(5)
    driver.hear(3, [.fuel: 900])
    driver.wait(6)
    #expect(driver.ids.isEmpty)
  }
}
