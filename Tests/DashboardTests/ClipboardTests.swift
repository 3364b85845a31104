import Model
import Terminal
import Testing

@testable import Dashboard

/// Calls for new alarms, copying, pasting, and how the program is left.
struct OutsideTests {
  /// A fleet whose alarms below 100 units are critical, and whose past has been read.
  private func driver(region: [String] = [], replayed: String? = nil) -> Driver {
    var driver = Driver { options in
      options.policy.hasRawFeed = true
      options.policy.hasEnrichedFeed = true
      options.choices.regions = region
      options.replayed = replayed
    }
    driver.add(fuels: [900, 900, 900, 50])
    driver.apply(
      .feed(
        .progress(
          ReaderProgress(
            topics: .enriched,
            names: ["EG"],
            partitions: 1,
            recordsBehind: 0,
            hasReadHistory: true
          )
        )
      )
    )
    driver.apply(.frame)
    return driver
  }

  private func calls(_ driver: Driver) -> [String] {
    driver.effects.compactMap { if case .call(let text, _) = $0 { text } else { nil } }
  }

  @Test func whatStoodAtTheBeginningIsNoNews() {
    #expect(calls(driver()) == [])
  }

  @Test func callsOnceForANewCriticalAlarm() {
    var driver = driver()
    driver.send([900, 60, 900, 50])
    for _ in 0..<100 { driver.wait(1) }
    #expect(calls(driver) == ["g2 in South is critical"])
  }

  @Test func alarmsThatAreNotCriticalCallNobody() {
    var driver = driver()
    driver.send([400, 400, 400, 50])
    driver.wait(1)
    #expect(driver.state.alarms.count == 4 && calls(driver) == [])
  }

  @Test func callsSoonAfterAnotherWaitAndComeTogether() {
    var driver = driver()
    driver.send([60, 900, 900, 50])
    driver.wait(1)
    driver.send([60, 70, 900, 50])
    driver.wait(5)
    driver.send([60, 70, 20, 50])
    driver.wait(5)
    #expect(calls(driver) == ["g1 in North is critical"])
    driver.wait(20)
    #expect(calls(driver).last == "2 new critical alarms, worst g3 in North")
    #expect(calls(driver).count == 2)
  }

  @Test func anAlarmThatIsOverBeforeItsCallIsNotCalledFor() {
    var driver = driver()
    driver.send([60, 900, 900, 50])
    driver.wait(1)
    driver.send([60, 70, 900, 50])
    driver.wait(1)
    driver.send([60, 900, 900, 50])
    driver.wait(40)
    #expect(calls(driver).count == 1)
  }

  @Test func anAlarmThatComesBackIsNew() {
    var driver = driver()
    for fuel in [60.0, 900, 60] {
      driver.send([fuel, 900, 900, 50])
      driver.wait(40)
    }
    #expect(calls(driver).count == 2)
  }

  @Test func onlyTheRegionsThatWereChosenCallAndAFilterKeepsNoneBack() {
    var driver = driver(region: ["South"])
    driver.press(.character("/"))
    driver.type("nothing")
    driver.press(.enter)
    driver.send([60, 900, 900, 50])
    driver.wait(1)
    #expect(calls(driver) == [])
    driver.send([60, 60, 900, 50])
    driver.wait(1)
    #expect(calls(driver) == ["g2 in South is critical"])
  }

  @Test func aRecordingCallsNobody() {
    var driver = driver(replayed: "shift")
    driver.send([60, 900, 900, 50])
    driver.wait(1)
    #expect(calls(driver) == [])
  }

  @Test(arguments: [([], false), ([Key.focusIn], true), ([.focusIn, .focusOut], false)])
  func whoIsKnownToLookIsToldSo(keys: [Key], isSeen: Bool) {
    var driver = driver()
    for key in keys { driver.press(key) }
    #expect(!driver.state.isOrderHeld)
    driver.send([60, 900, 900, 50])
    driver.wait(1)
    #expect(driver.effects.last == .call("g1 in North is critical", isSeen: isSeen))
  }

  /// All keys come before the next frame.
  @Test func copiesWhatTheFilterJustTypedHasLeft() {
    var driver = driver()
    driver.press(.character("/"), .character("g"), .character("1"), .enter, .character("y"))
    #expect(driver.effects == [.copy("g1")])
  }

  @Test func copiesTheGeneratorUnderTheCursor() {
    var driver = driver()
    driver.press(.character("y"), .down, .character("Y"))
    #expect(driver.effects == [.copy("g4"), .copyRecord(0)])
    driver.press(.tab, .character("y"))
    #expect(driver.state.focus == .alarms && driver.effects.last == .copy("g4"))
    var empty = Driver()
    empty.press(.character("y"))
    #expect(empty.effects == [] && empty.state.notice?.text == "there is nothing to copy")
  }

  @Test func aPasteIsTextForAPromptAndNeverKeys() {
    var driver = driver()
    #expect(!driver.state.takesPaste)
    driver.press(.paste("q\rQ"))
    #expect(driver.effects == [] && driver.state.prompt == nil)
    driver.press(.character("/"))
    #expect(driver.state.takesPaste)
    driver.press(.paste("g\u{1B}1\r\nq\u{7F}"))
    #expect(driver.state.prompt?.text == "g1 q" && driver.effects == [])
    driver.press(.paste(String(repeating: "x", count: 100_000)))
    #expect((driver.state.prompt?.text.count ?? 0) <= FleetFilter.longest)
  }

  @Test func aPasteIntoTheListOfRegionsOnlyNarrowsItDown() {
    var driver = driver()
    driver.press(.character("r"), .paste("1 s"))
    guard case .regionPicker(let picker) = driver.state.overlay else {
      Issue.record("the list is closed")
      return
    }
    #expect(picker.text == "1 s" && picker.marked == nil && driver.state.regions.isEmpty)
  }

  @Test func capitalQLeavesThePicture() {
    var driver = driver()
    driver.press(.character("Q"))
    #expect(driver.effects == [.quitLeavingFrame])
  }
}
