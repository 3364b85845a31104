import Dashboard
import Model
import Terminal
import Testing

/// The view of one generator.
struct DetailTests {
  private func driver(fuels: [Double] = [900, 400, 800, 300]) -> Driver {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: fuels)
    return driver
  }

  private func key(_ character: Character) -> Key { .character(character) }

  private func subject(_ driver: Driver) -> String? {
    driver.state.subject.map { driver.state.fleet.ids[Int($0)] }
  }

  @Test(arguments: [Key.enter, .character("d")])
  func opensTheGeneratorUnderTheCursorAndLeadsBack(open: Key) {
    var driver = driver()
    for _ in ViewID.presets { driver.press(key("p")) }
    driver.press(.down, open)
    #expect(driver.state.view == .detail && subject(driver) == "g2")
    driver.press(.escape)
    #expect(driver.state.view == .ops && driver.selected == "g2")
  }

  @Test func theCommandLeadsBackAsTheKeyDoes() {
    var driver = driver()
    driver.press(key("M"))
    driver.run("view detail")
    #expect(driver.state.view == .detail)
    driver.press(.escape)
    #expect(driver.state.view == .map)
  }

  @Test func leadsBackToTheViewItWasOpenedFrom() {
    var driver = driver()
    driver.press(key("p"), key("d"))
    #expect(driver.state.view == .detail && subject(driver) == "g2")
    driver.press(key("z"), key("q"), key("q"))
    #expect(driver.state.view == .alarms)
  }

  @Test func enterOnAnAlarmGoesToItsRowThenOpensIt() {
    var driver = driver()
    driver.press(.tab, .enter)
    #expect(driver.state.view == .ops && driver.selected == "g2" && driver.state.focus == .fleet)
    driver.press(.enter)
    #expect(subject(driver) == "g2")
  }

  @Test func enterOnAFoldedGroupUnfoldsIt() {
    var driver = driver()
    driver.press(key("t"), key("*"), .enter)
    #expect(driver.state.view == .ops)
    driver.press(.enter)
    #expect(driver.state.view == .detail)
  }

  @Test func walksTheListAndTheAlarms() {
    var driver = driver()
    driver.press(.enter, key("j"), key("j"))
    #expect(subject(driver) == "g3" && driver.state.view == .detail)
    driver.press(key("k"), key("k"))
    #expect(subject(driver) == "g1")
    driver.press(key("e"))
    #expect(subject(driver) == "g2" && driver.state.view == .detail)
    driver.press(key("z"), key("e"))
    #expect(subject(driver) == "g4" && driver.state.focus == .detailFuel)
  }

  @Test func asksTheFeedsForTheMessagesOfWhatIsLookedAt() {
    var driver = driver()
    driver.press(.enter)
    driver.press(key("j"))
    driver.press(.escape)
    #expect(driver.effects == [.watch(0), .watch(1), .watch(nil)])
  }

  @Test func staysWhateverHidesItAndWhoeverComesToTheTop() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .fuel) }
    driver.add(fuels: [900, 400])
    driver.press(.enter)
    #expect(subject(driver) == "g2")
    driver.wait(6)
    driver.send([100], firstGenerator: 0)
    driver.apply(.frame)
    #expect(subject(driver) == "g2")
    driver.press(key("/"))
    driver.type("g1")
    driver.press(.enter)
    #expect(subject(driver) == "g2" && driver.state.guest == 1)
  }

  @Test func keepsTheLastTwoMessagesOfEachStage() throws {
    var driver = driver()
    driver.press(.enter)
    for (second, generator) in [(1, 0), (2, 0), (3, 1)] {
      let index = GeneratorIndex(generator)
      var message = WatchedMessage(.mqtt, of: index, receivedAt: Int64(second))
      (message.topic, message.size, message.bytes, message.text) = ("t", 2, [123, 125], "{}")
      message.fingerprint = UInt32(second)
      driver.apply(.feed(.watched(message)))
    }
    let pair = try #require(driver.state.inspection?[.mqtt])
    #expect(pair.last.receivedAt == 2 && pair.before?.receivedAt == 1)
    #expect(driver.state.inspection?[.enriched] == nil)
  }

  @Test func vChangesHowMessagesAreWritten() {
    var driver = driver()
    driver.press(key("v"))
    #expect(driver.state.payloadForm == .table && driver.state.notice != nil)
    driver.press(.enter, key("v"))
    #expect(driver.state.payloadForm == .text)
    driver.press(key("v"), key("v"))
    #expect(driver.state.payloadForm == .table)
  }
}
