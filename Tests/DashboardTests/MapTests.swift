import Dashboard
import Maps
import Model
import Terminal
import Testing

struct MapTests {
  /// Somebody in each of some towns, with a position; regions by turns.
  private func driver(_ places: [(Double, Double)?], size: (Int, Int) = (80, 24)) -> Driver {
    var driver = Driver()
    driver.apply(.resize(width: size.0, height: size.1))
    driver.add(fuels: places.map { _ in 900 })
    for (place, position) in places.enumerated() { driver.move(place, to: position) }
    driver.press(.character("M"))
    return driver
  }

  private let britain: [(Double, Double)?] = [
    (51.5, -0.1), (55.9, -4.3), (54.6, -5.9), (52.6, 1.3), nil, (51.45, -2.6), (0, 0),
  ]

  @Test func mOpensTheMapAndEscLeadsBack() {
    var driver = driver(britain)
    #expect(driver.state.view == .map && driver.state.focus == .map)
    #expect(driver.state.layout.places.map(\.pane) == [.map])
    driver.press(.escape)
    #expect(driver.state.view == .ops)
    driver.press(.character("-"))
    driver.apply(.resize(width: 120, height: 40))
    #expect(driver.state.layout.places.map(\.pane) == [.map, .fleet])
  }

  @Test func everybodyIsOnTheMapOrCounted() {
    for size in [(80, 24), (120, 40), (200, 60), (40, 10), (12, 4)] {
      let driver = driver(britain, size: size)
      let map = driver.state.map
      #expect(map.unplaced == 2 && map.outside.count == 0)
      for generator in [0, 1, 2, 3, 5] { #expect(map.cell(of: GeneratorIndex(generator)) != nil) }
      #expect(map.cell(of: 4) == nil && map.cell(of: 6) == nil)
    }
  }

  @Test func theWorstOfACellIsShown() throws {
    var driver = driver([(51.5, -0.1), (51.5, -0.1), (51.5, -0.1), (55.9, -4.3)])
    let cell = try #require(driver.state.map.cell(of: 0))
    func shown() -> FleetMap.Cell? { driver.state.map[cell.column, cell.row] }
    #expect(shown()?.severity == .normal && shown()?.count == 3)
    driver.send([400], firstGenerator: 1)
    driver.apply(.frame)
    #expect(shown()?.severity == .alarm && shown()?.count == 1 && shown()?.generator == 1)
    driver.send([300], firstGenerator: 2)
    driver.apply(.frame)
    #expect(shown()?.severity == .alarm && shown()?.count == 2)
    driver.send([10], firstGenerator: 0)
    driver.apply(.frame)
    #expect(shown()?.severity == .critical && shown()?.count == 1 && shown()?.generator == 0)
    driver.send([900, 900, 900])
    driver.apply(.frame)
    #expect(shown()?.severity == .normal && shown()?.count == 3)
    #expect(driver.state.map.company(of: 1) == 3)
  }

  @Test func filterAndRegionsHideOnTheMapToo() {
    var driver = driver(britain)
    driver.press(.character("1"))
    #expect(driver.state.map.cell(of: 0) != nil && driver.state.map.cell(of: 1) == nil)
    driver.press(.character("0"), .character("/"))
    driver.type("id:g4")
    driver.press(.enter)
    #expect(driver.state.map.cell(of: 3) != nil && driver.state.map.cell(of: 0) == nil)
    #expect(driver.state.map.unplaced == 0)
  }

  @Test func aRegionFitsTheMapToIt() {
    var driver = driver([(51.5, -0.1), (35.7, 139.7), (52.5, -1.9), (34.7, 135.5)])
    let all = driver.state.map.window.scale
    driver.press(.character("1"))
    #expect(driver.state.map.window.scale < all / 4)
    #expect(abs(driver.state.map.window.centre.x + 1) < 1)
    driver.press(.character("2"))
    #expect(abs(driver.state.map.window.centre.x - 137.6) < 1)
    driver.press(.character("0"))
    #expect(driver.state.map.window.scale == all)
  }

  @Test func arrowsGoFromGeneratorToGenerator() {
    var driver = driver([(10, 10), (10, 4), (11, 17), (14, 10), (6, 11), (1, 14)])
    driver.press(.character("f"), .character("g"), .character("1"), .enter)
    #expect(driver.selected == "g1" && driver.state.focus == .map)
    for (key, wanted) in [
      (Key.left, "g2"), (.right, "g1"), (.character("k"), "g4"), (.down, "g1"),
      (.character("l"), "g3"), (.character("h"), "g1"), (.character("j"), "g5"), (.down, "g6"),
    ] {
      driver.press(key)
      #expect(driver.selected == wanted)
    }
    let window = driver.state.map.window
    driver.press(.down)
    #expect(driver.selected == "g6" && driver.state.map.window != window)
  }

  @Test func thoseInOnePlaceAreGoneThroughTheWorstFirst() {
    var driver = driver([(51.5, -0.1), (51.5, -0.1), (51.5, -0.1)])
    driver.send([10], firstGenerator: 2)
    driver.wait(6)
    driver.press(.character("e"))
    #expect(driver.selected == "g3")
    let walked = (0..<3).map { _ in
      driver.press(.character("+"))
      return driver.selected
    }
    #expect(walked == ["g1", "g2", "g3"])
    driver.press(.character("*"))
    #expect(driver.selected == "g2")
  }

  @Test func theMapFollowsTheCursorAndGFitsAgain() {
    var driver = driver([(51.5, -0.1), (55.9, -4.3), (35.7, 139.7)])
    let fitted = driver.state.map.window
    driver.send([10], firstGenerator: 2)
    driver.apply(.frame)
    for _ in 0..<8 { driver.press(.character(">")) }
    driver.press(.character("e"))
    #expect(driver.selected == "g3")
    #expect(driver.state.map.cell(of: 2) != nil && driver.state.map.cell(of: 0) == nil)
    #expect(driver.state.map.outside.count == 2)
    #expect(driver.state.focus == .map)
    driver.press(.character("g"))
    #expect(driver.state.map.window == fitted && driver.state.map.outside.count == 0)
  }

  @Test func panningKeepsWhatTheOperatorLooksAt() {
    var driver = driver(britain)
    driver.press(.control("d"))
    let window = driver.state.map.window
    driver.move(4, to: (60.2, -1.1))
    driver.wait(6)
    #expect(driver.state.map.window == window)
    driver.press(.character("g"))
    #expect(driver.state.map.cell(of: 4) != nil)
  }

  @Test func aFittedMapGrowsWithTheFleet() {
    var driver = driver(britain)
    let before = driver.state.map.window.scale
    driver.move(4, to: (35.7, 139.7))
    driver.wait(6)
    #expect(driver.state.map.cell(of: 4) != nil)
    #expect(driver.state.map.window.scale > before)
    driver.move(4, to: (51.5, 0))
    driver.wait(6)
    #expect(driver.state.map.window.scale > before)
  }

  @Test func whatIsKeptEqualsWhatIsFoundAnew() {
    var numbers = Numbers(state: 7)
    var driver = driver(Array(repeating: nil, count: 40))
    for round in 0..<120 {
      let generator = Int(numbers.next() % 40)
      let place = (Double(numbers.next() % 120) - 60, Double(numbers.next() % 360) - 180)
      driver.seconds += 0.1
      driver.send([Double(numbers.next() % 1_000)], firstGenerator: generator)
      driver.move(generator, to: place)
      if round % 10 == 0 { driver.press(.character("!")) }
      if round % 3 == 0 { driver.apply(.frame) }
    }
    driver.wait(6)
    // Sorting finds everybody's place again.
    let kept = picture(driver.state)
    let window = driver.state.map.window
    driver.press(.character("I"))
    #expect(driver.state.map.window == window)
    #expect(picture(driver.state) == kept)
  }

  /// The severities and counts of all cells.
  private func picture(_ state: DashboardState) -> [String] {
    let window = state.map.window
    return (0..<window.rows).map { row in
      (0..<window.columns).map { column in
        state.map[column, row].map { "\($0.severity)\($0.count)" } ?? "."
      }.joined()
    }
  }
}

extension Driver {
  /// A live sample with a position and no other value.
  mutating func move(_ generator: Int, to position: (Double, Double)?) {
    guard let position else { return }
    var reading = Reading()
    reading[.latitude] = position.0
    reading[.longitude] = position.1
    let sample = Sample(
      generator: GeneratorIndex(generator),
      source: .mqtt,
      receivedAt: stamp.monotonic,
      reading: reading
    )
    apply(.feed(.samples([sample])))
    apply(.frame)
  }
}
