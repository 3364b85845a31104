import Dashboard
import Model
import Terminal
import Testing

struct TimeTests {
  /// A fleet of four, one of them low, heard for `seconds` with a sample each second.
  private static func driver(heardFor seconds: Int = 100) -> Driver {
    var driver = Driver()
    driver.add(fuels: [900, 800, 700, 300])
    driver.apply(.feed(.progress(read)))
    driver.hear(seconds)
    return driver
  }

  private static func fuel(_ driver: Driver, _ index: Int = 0) -> Double? {
    driver.state.fleet.generators[index].reading.fuel
  }

  @Test func freezingKeepsWhatIsSeenWhileTheDataComesIn() {
    var driver = Self.driver()
    let fuel = Self.fuel(driver)
    driver.press("Z")
    let now = driver.state.now
    driver.hear(30)
    #expect(driver.state.now == now)
    #expect(Self.fuel(driver) == fuel)
    #expect(driver.state.liveFleet.generators[0].reading.fuel != fuel)
    #expect(driver.state.present.monotonic == now.monotonic + 30_000_000_000)
  }

  @Test(arguments: [Key.character("Z"), .escape])
  func theWayBackIsLiveAsIfNeverFrozen(key: Key) {
    var frozen = Self.driver()
    var live = frozen
    frozen.press("Z")
    for _ in 0..<40 {
      frozen.hear(1)
      live.hear(1)
    }
    frozen.press("[", "[")
    frozen.press(key)
    live.apply(.frame)
    #expect(frozen.state.pastView == nil)
    #expect(frozen.state.now == live.state.now)
    #expect(frozen.ids == live.ids)
    #expect(frozen.state.alarms.elementsEqual(live.state.alarms))
    let time = live.state.now.monotonic
    #expect(portrait(frozen.state.fleet, at: time) == portrait(live.state.fleet, at: time))
  }

  @Test func aStepBackShowsTheWorldOfTheSecondBefore() {
    var driver = Self.driver()
    let fuels = [1, 2, 3, 12].map { seconds -> Double? in
      var before = Self.driver(heardFor: 100 - seconds)
      before.apply(.frame)
      return Self.fuel(before)
    }
    driver.press("[")
    #expect(driver.state.pastView != nil)
    #expect(Self.fuel(driver) == fuels[0])
    driver.press("[")
    #expect(Self.fuel(driver) == fuels[1])
    driver.press("(")
    #expect(Self.fuel(driver) == fuels[3])
    driver.press("]", "]", "]", "]", "]", "]", "]", "]", "]")
    #expect(Self.fuel(driver) == fuels[2])
  }

  @Test func aStepOnFromTheNewestIsLive() {
    var driver = Self.driver()
    driver.press("[", "[")
    driver.press("]")
    #expect(driver.state.pastView != nil)
    driver.press("]")
    #expect(driver.state.pastView == nil)
    driver.press("]")
    #expect(driver.state.notice?.text.contains("present") == true)
  }

  @Test func atTheEarliestItSaysSo() {
    var driver = Self.driver(heardFor: 5)
    driver.press("(")
    #expect(driver.state.now.monotonic == driver.state.past.reach?.monotonic)
    #expect(driver.state.notice?.text.contains("earliest") == true)
    #expect(Self.fuel(driver) == 900)
    driver.press("]", "]", "]", "]", "]", "]", "]")
    #expect(driver.state.pastView == nil)
    #expect(driver.state.fleet.count == 4)
  }

  @Test func goesFromEventToEvent() {
    var driver = Self.driver()
    driver.presence(1, .lastWill)
    let lost = driver.stamp
    driver.hear(20)
    driver.send([100], firstGenerator: 2)
    let alarm = driver.stamp
    driver.hear(20)
    driver.press("{")
    #expect(driver.state.now == alarm)
    #expect(driver.state.alarms.contains { $0.generator == 2 })
    driver.press("[")
    #expect(!driver.state.alarms.contains { $0.generator == 2 })
    // Its next sample says that it is back.
    driver.press("{")
    #expect(driver.state.fleet.generators[1].session == .online)
    driver.press("{")
    #expect(driver.state.now == lost)
    #expect(driver.state.fleet.generators[1].session == .lost)
    driver.press("}", "}")
    #expect(driver.state.now == alarm)
    driver.press("}")
    #expect(driver.state.now == alarm)
    #expect(driver.state.notice?.text.contains("no event") == true)
  }

  @Test func countsWhatCameSince() {
    var driver = Self.driver()
    driver.press("Z")
    driver.hear(3)
    driver.presence(1, .lastWill)
    driver.send([100], firstGenerator: 2)
    driver.apply(.frame)
    #expect(driver.state.eventsSince == 2)
    // It becomes an alarm and critical at once.
    #expect(driver.state.alarmsSince == 1)
  }

  @Test func criticalAlarmsStillCall() {
    var driver = Self.driver()
    driver.press("[")
    driver.effects = []
    driver.send([20], firstGenerator: 2)
    driver.apply(.frame)
    #expect(driver.effects == [.call("g3 in North is critical", isSeen: false)])
    #expect(driver.state.title.contains("!1 1"))
    #expect(driver.state.fleet.counts.critical == 0)
  }

  @Test func whatTheOperatorChoseIsKeptInThePast() {
    var driver = Self.driver()
    driver.press("t", "j", "m")
    driver.type("/fuel>75%")
    driver.press(.enter)
    let view = (driver.state.filter.text, driver.state.isGrouped, driver.selected)
    driver.press("[")
    driver.press("(")
    #expect(driver.state.filter.text == view.0)
    #expect(driver.state.isGrouped == view.1)
    #expect(driver.selected == view.2)
    driver.press("j")
    let moved = driver.selected
    driver.press("Z")
    #expect(driver.selected == moved)
    #expect(driver.remembered.last?.pins == ["g2"] || driver.remembered.last?.pins == ["g1"])
  }

  @Test func generatorsThatWereNotThereYetBreakNothing() {
    var driver = Driver()
    driver.hear(10, count: 0)
    driver.add(fuels: [900, 800, 700, 300])
    driver.hear(20)
    driver.press("G", "m", " ", "k", " ")
    let pins = driver.remembered.last?.pins
    driver.press("(", "(", "(", "{", "j", "'", "\"", "e", "y", "Y", "r")
    driver.press(.escape)
    driver.press("T", "m", "U", "n", "t", "+", "t")
    driver.hear(2)
    driver.apply(.resize(width: 120, height: 40))
    driver.press("Z")
    #expect(driver.state.fleet.count == 4)
    #expect(driver.remembered.last?.pins == pins)
  }

  @Test func tellsAfterAStopHowLongItWasAndWhatCame() {
    var driver = Self.driver()
    driver.press("[")
    driver.apply(.suspended)
    driver.seconds += 252
    driver.apply(.resumed)
    driver.send([100, 90], firstGenerator: 1)
    driver.apply(.frame)
    #expect(driver.state.pastView == nil)
    #expect(driver.state.notice?.text == "away 4m12s, 2 new alarms")
    driver.wait(9)
    #expect(driver.state.notice == nil)
  }

  @Test func withoutMemoryItFreezesAndSaysWhyItDoesNotGoBack() {
    var driver = Driver { $0.historyMemory = 0 }
    driver.add(fuels: [900])
    driver.hear(10)
    driver.press("[")
    #expect(driver.state.pastView == nil)
    #expect(driver.state.notice?.text.contains("--history-memory") == true)
    driver.press("Z")
    #expect(driver.state.pastView != nil)
  }

  private static var read: ReaderProgress {
    ReaderProgress(
      topics: .enriched,
      names: ["EG"],
      partitions: 1,
      recordsBehind: 0,
      hasReadHistory: true
    )
  }
}

extension Driver {
  /// Seconds with a sample of each generator, which burns a hundredth, and a tick.
  fileprivate mutating func hear(_ seconds: Int, count: Int = 4) {
    for _ in 0..<seconds {
      self.seconds += 1
      for index in 0..<min(count, state.liveFleet.count) {
        var reading = Reading()
        reading[.fuel] = (state.liveFleet.generators[index].reading.fuel ?? 500) - 0.01
        let sample = Sample(
          generator: GeneratorIndex(index),
          source: .mqtt,
          receivedAt: stamp.monotonic,
          reading: reading
        )
        apply(.feed(.samples([sample])))
      }
      apply(.tick)
      apply(.frame)
    }
  }

  fileprivate mutating func press(_ keys: String...) {
    for key in keys { apply(.key(.character(Character(key)))) }
    apply(.frame)
  }
}
