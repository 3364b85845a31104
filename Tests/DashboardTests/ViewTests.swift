import Dashboard
import Terminal
import Testing

struct ViewTests {
  private func key(_ character: Character) -> Key { .character(character) }

  @Test func pWalksThePresetsAndMinusGoesBack() {
    var driver = Driver()
    driver.press(key("-"))
    #expect(driver.state.view == .ops && driver.state.viewBefore == nil)
    for preset in ViewID.presets.dropFirst() {
      driver.press(key("p"))
      #expect(driver.state.view == preset && driver.state.preset == preset)
    }
    driver.press(key("p"))
    #expect(driver.state.view == .ops)
    driver.press(key("P"))
    #expect(driver.state.view == ViewID.presets.last)
    driver.press(key("-"))
    #expect(driver.state.view == .ops)
    driver.press(key("-"))
    #expect(driver.state.view == ViewID.presets.last)
  }

  @Test func aViewKeepsItsFocus() {
    var driver = Driver()
    driver.apply(.resize(width: 120, height: 40))
    driver.press(key("J"))
    #expect(driver.state.focus == .alarms)
    driver.press(key("L"))
    #expect(driver.state.focus == .events)
    driver.press(key("p"), key("z"))
    #expect(driver.state.focus == .alarms && driver.state.isZoomed)
    driver.press(key("-"))
    #expect(driver.state.view == .ops && driver.state.focus == .events && !driver.state.isZoomed)
    driver.press(key("K"), key("K"))
    #expect(driver.state.focus == .fleet)
  }

  @Test func aZoomWalksThePanesOfTheView() {
    var driver = Driver()
    driver.press(key("p"), key("z"))
    for pane in ViewID.alarms.panes.dropFirst() {
      driver.press(.tab)
      #expect(driver.state.focus == pane && driver.state.layout.places.map(\.pane) == [pane])
    }
  }

  @Test func thePresetIsRememberedAndTakenUp() throws {
    var driver = Driver()
    driver.press(key("p"))
    let view = try #require(driver.remembered.last)
    #expect(view.preset == .alarms)
    var next = Driver { $0.choices = view }
    #expect(next.state.view == .alarms && next.state.focus == .alarms)
    next.press(key("-"))
    #expect(next.state.view == .alarms)
  }
}
