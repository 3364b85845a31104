import Dashboard
import Model
import Terminal
import Testing

/// Recordings that begin while the program runs.
struct OpeningTests {
  @Test func aStateThatSeesTheOpeningShowsTheSameFleet() throws {
    var driver = Driver { $0.policy.hasEnrichedFeed = true }
    driver.add(fuels: [900, 400, 60, 800], regions: ["North", "South"])
    driver.apply(
      .feed(
        .progress(
          ReaderProgress(
            topics: .enriched,
            names: ["EGa"],
            partitions: 1,
            recordsBehind: 0,
            hasReadHistory: true
          )
        )
      )
    )
    for minute in 1...20 {
      driver.wait(30)
      driver.send([900, 400, 60, 800].map { $0 - Double(minute) })
    }
    driver.presence(2, .lastWill)
    driver.presence(3, .alive)
    driver.run("sort fuel desc")
    driver.run("pin g2")
    driver.press(.character("u"))
    driver.apply(.frame)

    var again = DashboardState(driver.state.openingOptions(recordedTo: "a.egr"))
    for event in driver.state.openingEvents { _ = again.apply(event) }
    #expect(again.visible.elementsEqual(driver.state.visible) && again.sort == driver.state.sort)
    #expect(again.pinned == driver.state.pinned && again.recordingFile == "a.egr")
    #expect(again.fleet.ids == driver.state.fleet.ids)
    #expect(again.usesMouse && again.abnormalOnly == driver.state.abnormalOnly)
    #expect(again.fleet.regions == driver.state.fleet.regions)
    #expect(again.fleet.counts == driver.state.fleet.counts)
    #expect(again.alarms.elementsEqual(driver.state.alarms))
    for (left, right) in zip(again.fleet.generators, driver.state.fleet.generators) {
      #expect(left.raw == right.raw && left.enriched == right.enriched)
      #expect(left.session == right.session && left.freshness == right.freshness)
      #expect(left.conditions == right.conditions && left.region == right.region)
      #expect(left.sampleAt == right.sampleAt && left.enrichedAt == right.enrichedAt)
    }
    let now = driver.stamp.monotonic
    let known = again.fleet.history.values(.fuel, of: 0, count: 40, until: now).compactMap { $0 }
    #expect(known.count > 5)
  }
}
