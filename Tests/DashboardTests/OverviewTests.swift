import Dashboard
import Model
import Terminal
import Testing

struct OverviewTests {
  private func key(_ character: Character) -> Key { .character(character) }

  /// Four regions; the second has the most alarms.
  private func driver() -> Driver {
    var driver = Driver()
    driver.add(
      fuels: [900, 400, 900, 900, 900, 300, 900, 900],
      regions: ["North", "South", "East", "West"]
    )
    driver.wait(6)
    driver.send([900, 400, 900, 900, 900, 300, 900, 900])
    return driver
  }

  private func names(_ state: DashboardState) -> [String] {
    state.rankedRegions.map { state.fleet.regions[Int($0)] }
  }

  @Test func theWorstRegionComesFirst() {
    var driver = driver()
    driver.presence(2, .lastWill)
    driver.press(key("O"))
    #expect(driver.state.view == .overview && driver.state.focus == .overview)
    #expect(names(driver.state).prefix(2) == ["South", "East"])
    #expect(driver.state.fleetSummary.figures(of: driver.state.rankedRegions[0]).sending == 2)
  }

  @Test func enterShowsTheFleetOfTheRegionAndEscLeadsBack() {
    var driver = driver()
    driver.press(key("O"), .down)
    let region = driver.state.selectedRegion.map { driver.state.fleet.regions[Int($0)] }
    driver.press(.enter)
    #expect(driver.state.view == .ops && driver.state.focus == .fleet)
    #expect(driver.state.regions == [region])
    #expect(driver.state.visible.count == 2)
    driver.press(key("-"))
    #expect(driver.state.view == .overview)
    driver.press(.escape)
    #expect(driver.state.view == .ops)
  }

  @Test func theCursorStaysOnItsRegion() {
    var driver = driver()
    driver.press(key("O"), .end)
    let region = driver.state.selectedRegion
    #expect(region == driver.state.rankedRegions.last)
    for generator in 0..<8 where RegionIndex(generator % 4 + 1) == region {
      driver.presence(GeneratorIndex(generator), .lastWill)
    }
    driver.wait(1)
    // The order is held after a key.
    #expect(driver.state.rankedRegions.last == region)
    driver.wait(6)
    #expect(driver.state.selectedRegion == region)
    #expect(driver.state.rankedRegions.firstIndex { $0 == region } == driver.state.regionLine)
    #expect(driver.state.regionLine < 3)
  }

  @Test func theSumsAreNotMadeForFrames() {
    var driver = driver()
    #expect(driver.state.fleetSummary.madeAt == nil)
    driver.press(key("O"))
    let madeAt = driver.state.fleetSummary.madeAt
    #expect(madeAt != nil)
    driver.seconds += 0.4
    driver.apply(.frame)
    #expect(driver.state.fleetSummary.madeAt == madeAt)
    driver.wait(1)
    #expect(driver.state.fleetSummary.madeAt != madeAt)
  }

  @Test func theNextAlarmIsShownInAViewWithTheFleet() {
    for view in ["O", "@"] {
      var driver = driver()
      driver.press(key(Character(view)))
      driver.press(key("e"))
      #expect(driver.state.view == .ops && driver.state.focus == .fleet)
      #expect(driver.selected == "g6" || driver.selected == "g2")
    }
  }
}
