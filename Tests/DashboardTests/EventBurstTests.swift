import Model
import Terminal
import Testing

@testable import Dashboard

struct EventBurstTests {
  /// A fleet in two regions, of which `mountain` and `pacific` generators are lost within 5 s.
  private func driver(mountain: Int = 180, pacific: Int = 42) -> Driver {
    var driver = Driver()
    let count = mountain + pacific
    let names = (0..<count).map { "g\($0)" }
    driver.apply(.feed(.names(generators: names, regions: ["Mountain", "Pacific"])))
    let records = (0..<count).map { place in
      EnrichedRecord(
        generator: GeneratorIndex(place),
        region: place < mountain ? 1 : 2,
        alarm: .noAction,
        receivedAt: driver.stamp.monotonic,
        sampleTime: driver.stamp.wall,
        reading: Reading()
      )
    }
    driver.apply(.feed(.enriched(records)))
    for place in 0..<count {
      driver.presence(GeneratorIndex(place), .lastWill)
      driver.seconds += 4.5 / Double(count)
    }
    driver.apply(.frame)
    return driver
  }

  private func words(_ line: EventLine?, _ driver: Driver) -> String? {
    guard case .burst(let burst, _) = line else { return nil }
    return burst.words(of: driver.state.fleet)
  }

  @Test func lastWillsInABurstAreOneLine() {
    let driver = driver()
    #expect(driver.state.eventLines.count == 1)
    let line = driver.state.eventLines.first
    #expect(words(line, driver) == "222 lost in 5 s: Mountain 180, Pacific 42")
    #expect(line?.generator == nil)
  }

  @Test func enterOpensAndClosesIt() {
    var driver = driver()
    driver.state.views.focus(on: .events)
    driver.press(.enter)
    #expect(driver.state.eventLines.count == 223)
    guard case .member(let newest)? = driver.state.eventLines.dropFirst().first else {
      Issue.record("no event below the burst")
      return
    }
    #expect(newest.generator == 221)
    // More of them come while it is open.
    driver.presence(0, .alive)
    driver.presence(0, .lastWill)
    driver.apply(.frame)
    #expect(driver.state.eventLines.count == 225)
    driver.press(.enter)
    #expect(driver.state.eventLines.count == 2)
  }

  @Test func startsAreOneLineToo() {
    var driver = driver(mountain: 10, pacific: 5)
    driver.seconds += 60
    for place in 0..<15 {
      driver.presence(GeneratorIndex(place), .alive)
      driver.seconds += 0.1
    }
    driver.apply(.frame)
    #expect(driver.state.eventLines.count == 2)
    #expect(
      words(driver.state.eventLines.first, driver) == "15 back in 2 s: Mountain 10, Pacific 5"
    )
  }

  @Test func fewOrSlowOnesStayWhatTheyAre() {
    let few = driver(mountain: 5, pacific: 4)
    #expect(few.state.eventLines.count == 9)
    var slow = driver(mountain: 1, pacific: 0)
    for step in 0..<20 {
      slow.seconds += 3
      slow.presence(0, step % 2 == 0 ? .alive : .lastWill)
    }
    slow.apply(.frame)
    #expect(slow.state.eventLines.count == 21)
    let times = slow.state.eventLines.map { line -> Int64 in
      if case .event(let event) = line { event.stamp.monotonic } else { 0 }
    }
    #expect(times == times.sorted(by: >) && times.allSatisfy { $0 > 0 })
  }

  @Test func onlyThoseInSightAreCounted() {
    var driver = driver()
    driver.type(":region pacific\r")
    driver.press(.enter)
    driver.apply(.frame)
    #expect(words(driver.state.eventLines.first, driver) == "42 lost in 1 s: Pacific 42")
  }
}

/// While keys are pressed the order holds, and nobody is missing.
struct HeldOrderTests {
  @Test func aNewGeneratorIsAtTheEnd() {
    var driver = Driver()
    driver.add(fuels: [900, 800, 700])
    driver.press(.down)
    driver.apply(.feed(.names(generators: ["new1", "new2"], regions: [])))
    driver.send([20, 900], firstGenerator: 3)
    driver.press(.down)
    #expect(driver.state.isOrderHeld)
    #expect(driver.ids.suffix(2) == ["new1", "new2"] && driver.ids.count == 5)
    #expect(driver.state.hiddenGenerators == 0)
    driver.wait(6)
    #expect(driver.ids.first == "new1" && Set(driver.ids).count == 5)
  }

  @Test func aNewGeneratorIsInItsGroup() {
    var driver = Driver { $0.choices.isGrouped = true }
    driver.add(fuels: [900, 800, 700])
    driver.press(.down)
    driver.apply(.feed(.names(generators: ["new"], regions: [])))
    driver.send([20], firstGenerator: 3)
    driver.press(.down)
    let place = driver.state.visible.firstIndex { driver.state.fleet.ids[Int($0)] == "new" }
    #expect(place != nil && driver.ids.count == 4)
  }

  @Test func whoBecomesAbnormalComesIntoTheListOfTheAbnormal() {
    var driver = Driver()
    driver.add(fuels: [900, 800, 100, 50])
    driver.press("!")
    #expect(Set(driver.ids) == ["g3", "g4"])
    driver.press(.down)
    let before = driver.ids
    driver.send([20], firstGenerator: 1)
    driver.press(.down)
    #expect(driver.state.isOrderHeld && Set(driver.ids) == ["g2", "g3", "g4"])
    #expect(driver.ids.filter { $0 != "g2" } == before)
    driver.wait(6)
    #expect(driver.ids.first == "g2")
  }
}
