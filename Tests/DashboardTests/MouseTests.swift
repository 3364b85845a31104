import Model
import Terminal
import Testing

@testable import Dashboard

/// Clicks and the wheel, and what they are over.
struct MouseTests {
  /// A fleet of 60 in two regions on a screen of 120x40, sorted by id.
  private func driver(isOn: Bool = true) -> Driver {
    var driver = Driver { options in
      options.policy.hasRawFeed = true
      options.policy.hasEnrichedFeed = true
      options.choices.usesMouse = isOn
      options.choices.sort = SortOrder(column: .id)
    }
    driver.apply(.resize(width: 120, height: 40))
    driver.add(fuels: (0..<60).map { $0 < 20 ? 100 : 900 })
    return driver
  }

  private func click(_ driver: inout Driver, _ target: PointerTarget?, x: Int = 5, y: Int = 5) {
    driver.apply(.mouse(Pointing(MouseReport(.press, x: x, y: y), on: target)))
    driver.apply(.frame)
  }

  private func wheel(_ driver: inout Driver, _ down: Bool, _ target: PointerTarget?) {
    let action: MouseReport.Action = down ? .wheelDown : .wheelUp
    driver.apply(.mouse(Pointing(MouseReport(action, x: 5, y: 5), on: target)))
    driver.apply(.frame)
  }

  @Test func aReportDoesNothingWhileTheMouseIsOff() {
    var driver = driver(isOn: false)
    click(&driver, .pane(.alarms))
    click(&driver, .key(.character("q")))
    #expect(driver.state.focus == .fleet && driver.effects.isEmpty)
  }

  @Test func aKeyTurnsItOnAndOff() {
    var driver = driver(isOn: false)
    driver.press(.character("u"))
    #expect(driver.state.usesMouse)
    driver.press(.character("u"))
    #expect(!driver.state.usesMouse)
    #expect(driver.effects == [.useMouse(true), .useMouse(false)])
  }

  @Test func aClickPutsTheCursorOnTheGeneratorThatWasThere() {
    var driver = driver()
    driver.apply(.key(.tab))
    click(&driver, .generator(7))
    #expect(driver.state.focus == .fleet && driver.selected == "g8")
    click(&driver, .row(.alarms, line: 3), x: 6)
    #expect(driver.state.focus == .alarms && driver.state.cursors[.alarms] == 3)
    click(&driver, .row(.alarms, line: 3_000), x: 7)
    click(&driver, .row(.alarms, line: -1), x: 8)
    #expect(driver.state.cursors[.alarms] == 3)
    click(&driver, .generator(60_000), x: 9)
    #expect(driver.selected == "g8")
    click(&driver, nil)
    #expect(driver.state.focus == .fleet)
  }

  @Test func twoClicksOnACellOpen() {
    var driver = driver()
    click(&driver, .row(.alarms, line: 3))
    driver.seconds += 0.4
    click(&driver, .row(.alarms, line: 3))
    #expect(driver.state.focus == .fleet)
    #expect(driver.selected == driver.state.fleet.ids[Int(driver.state.alarms[3].generator)])
  }

  @Test(arguments: [(0.41, 5), (0.1, 6)])
  func clicksFarApartAreClicks(seconds: Double, x: Int) {
    var driver = driver()
    click(&driver, .row(.alarms, line: 3))
    driver.seconds += seconds
    click(&driver, .row(.alarms, line: 3), x: x)
    #expect(driver.state.focus == .alarms)
  }

  @Test func theSecondClickIsNotForWhatTheFirstBrought() {
    var driver = driver()
    click(&driver, .key(.character("r")))
    #expect(driver.state.overlay == .regionPicker(RegionPicker()))
    driver.seconds += 0.2
    click(&driver, .key(.escape))
    #expect(driver.state.overlay == .regionPicker(RegionPicker()))
    driver.seconds += 1
    click(&driver, .key(.escape))
    #expect(driver.state.overlay == nil)
  }

  @Test func aHeadingSortsAndAgainInverts() {
    var driver = driver()
    click(&driver, .column(.fuel))
    #expect(driver.state.sort == SortOrder(column: .fuel))
    driver.seconds += 0.2
    click(&driver, .column(.fuel))
    #expect(driver.state.sort == SortOrder(column: .fuel, isInverted: true))
  }

  @Test func aRegionIsChosenAndAllAgain() {
    var driver = driver()
    click(&driver, .region(1))
    #expect(driver.state.regions == ["North"])
    click(&driver, .region(2), x: 9)
    #expect(driver.state.regions == ["South"])
    click(&driver, .region(nil), x: 1)
    #expect(driver.state.regions == [])
    click(&driver, .region(200), x: 2)
    #expect(driver.state.regions == [])
  }

  @Test func aRegionOfThePaneIsChosen() {
    var driver = driver()
    driver.apply(.resize(width: 200, height: 60))
    click(&driver, .row(.regions, line: 1))
    #expect(driver.state.regions == ["South"] && driver.state.focus == .regions)
    driver.seconds += 0.2
    click(&driver, .row(.regions, line: 1))
    #expect(driver.state.regions == ["South"])
  }

  @Test func groupsFoldByTheirSign() {
    var driver = driver()
    driver.press(.character("t"))
    let open = driver.state.lines.count
    click(&driver, .sign(.region(1)))
    #expect(driver.state.lines.count < open)
    click(&driver, .sign(.region(1)), x: 6)
    #expect(driver.state.lines.count == open)
    click(&driver, .heading(.region(2)))
    #expect(driver.selected == "g2")
    click(&driver, .heading(.region(200)), x: 8)
    #expect(driver.selected == "g2")
  }

  @Test func linesOfMenusAreChosen() {
    var driver = driver()
    driver.press(.character("s"))
    click(&driver, .choice(SortColumn.allCases.firstIndex(of: .load) ?? 0))
    #expect(driver.state.sort.column == .load && driver.state.overlay == nil)
    driver.press(.character("c"))
    click(&driver, .choice(0), x: 6)
    #expect(driver.state.hiddenColumns == [FleetColumn.choosable[0]])
    click(&driver, .choice(99), x: 7)
    #expect(driver.state.overlay == .columnMenu(cursor: 99))
    click(&driver, .key(.escape), x: 8)
    driver.press(.character("r"))
    click(&driver, .choice(2), x: 9)
    #expect(driver.state.regions == ["South"] && driver.state.overlay == nil)
  }

  @Test func typingIsNotDisturbed() {
    var driver = driver()
    driver.type("/g1")
    click(&driver, .nothing)
    #expect(driver.state.prompt?.text == "g1")
    #expect(driver.state.notice?.text == "press Enter or Esc to end typing first")
    click(&driver, .key(.enter), x: 9)
    #expect(driver.state.prompt == nil && driver.state.filter.text == "g1")
  }

  @Test func aKeyThatIsClickedIsPressed() {
    var driver = driver()
    click(&driver, .key(.character("q")))
    #expect(driver.effects == [.quit])
  }

  // MARK: - The wheel

  private func first(_ driver: Driver) -> Int {
    driver.state.fleetWindow(rows: driver.state.layout.listRows(of: .fleet)).scrolled.lowerBound
  }

  @Test func theWheelScrollsTheFleetAndLeavesTheFocus() {
    var driver = driver()
    driver.press(.character("j"), .character("j"), .character("j"), .character("j"), .tab)
    let selected = driver.selected
    wheel(&driver, true, .generator(8))
    #expect(first(driver) == 3 && driver.selected == selected && driver.state.focus == .alarms)
    wheel(&driver, true, .column(.id))
    // The cursor would be out of sight: it goes along.
    #expect(first(driver) == 6 && driver.selected != selected)
    for _ in 0..<100 { wheel(&driver, true, .pane(.fleet)) }
    let rows = driver.state.layout.listRows(of: .fleet)
    #expect(first(driver) == 60 - rows)
    for _ in 0..<100 { wheel(&driver, false, .pane(.fleet)) }
    #expect(first(driver) == 0)
  }

  @Test func theWheelScrollsAListBesideTheFleet() {
    var driver = driver()
    wheel(&driver, true, .row(.alarms, line: 0))
    #expect(driver.state.scrolls[.alarms] == 3 && driver.state.focus == .fleet)
    for _ in 0..<100 { wheel(&driver, true, .pane(.alarms)) }
    let rows = driver.state.layout.listRows(of: .alarms)
    #expect(driver.state.scrolls[.alarms] == 20 - rows)
    for _ in 0..<100 { wheel(&driver, false, .pane(.alarms)) }
    #expect(driver.state.scrolls[.alarms] == 0)
    wheel(&driver, true, .pane(.events))
    #expect(driver.state.scrolls[.events] == 0)
    wheel(&driver, true, nil)
  }

  @Test func theWheelScrollsWhatLiesOver() {
    var driver = driver()
    driver.apply(.resize(width: 80, height: 12))
    driver.press(.character("?"))
    wheel(&driver, true, .nothing)
    guard case .help = driver.state.overlay else { return #expect(Bool(false)) }
    #expect(driver.state.overlayScroll == 3)
    driver.press(.escape, .character("s"))
    wheel(&driver, true, .choice(3))
    let before = SortColumn.allCases.firstIndex(of: .id) ?? 0
    #expect(driver.state.overlay == .sortMenu(cursor: before + 1))
  }

  @Test func whatIsPinnedStaysWhileTheRestScrolls() {
    var driver = driver()
    driver.press(.character("m"))
    wheel(&driver, true, .generator(3))
    #expect(first(driver) == 4)
  }

  @Test func anEmptyFleetIsNotScrolled() {
    var driver = Driver { $0.choices.usesMouse = true }
    wheel(&driver, true, .pane(.fleet))
    driver.apply(.resize(width: 1, height: 1))
    wheel(&driver, true, .pane(.fleet))
    click(&driver, .pane(.fleet))
    #expect(driver.state.selection == nil)
  }
}
