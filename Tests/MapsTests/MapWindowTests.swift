import Maps
import Testing

struct MapWindowTests {
  private func point(_ latitude: Double, _ longitude: Double) throws -> MapPoint {
    try #require(MapPoint(latitude: latitude, longitude: longitude))
  }

  @Test func knownPlacesAreProjected() throws {
    #expect(try abs(point(0, 90).y) < 1e-9)
    #expect(try abs(point(60, 0).y - 75.456_129) < 1e-5)
    #expect(try abs(point(-45, 10).y + 50.498_987) < 1e-5)
    for pole in [-90.0, 90] { #expect(try abs(abs(point(pole, 20).y) - 180) < 1e-6) }
    for latitude in stride(from: -85.0, through: 85, by: 5) {
      #expect(try abs(point(latitude, 1).latitude - latitude) < 1e-9)
    }
  }

  @Test(arguments: [
    (0.0, 0.0), (90.1, 0), (-91, 0), (10, 180.1), (10, -999), (.nan, 1), (1, .nan), (.infinity, 1),
  ])
  func whatIsNoPlaceIsNone(latitude: Double, longitude: Double) {
    #expect(MapPoint(latitude: latitude, longitude: longitude) == nil)
  }

  @Test func boundsGoTheShorterWayRound() throws {
    let bounds = try #require(MapBounds([point(-18, 178), point(-14, -172), point(-21, -175)]))
    #expect(bounds.west == 178)
    #expect(abs(bounds.width - 10) < 1e-9)
    #expect(abs(bounds.centre.x + 177) < 1e-9)
    let around = try #require(MapBounds([point(10, -100), point(10, 20), point(10, 140)]))
    #expect(abs(around.width - 240) < 1e-9)
    let one = try #require(MapBounds([point(51, -2)]))
    #expect(one.width == 0 && one.north == one.south)
    #expect(MapBounds([]) == nil)
  }

  /// In every shape of map, whatever is spread over the world.
  @Test(arguments: [(40, 6), (78, 33), (140, 54), (10, 40), (1, 1), (200, 2)])
  func aFitShowsEverybody(columns: Int, rows: Int) throws {
    let places = [
      [(51.5, -0.1)], [(-18.1, 178.4), (-13.8, -171.8)], [(47, -122), (25, -80), (61, -150)],
      [(64, -22), (-33.9, 18.4), (-54.8, -68.3), (69.6, 18.9), (-36.8, 174.8), (61.2, -149.9)],
    ]
    for fleet in places {
      let points = try fleet.map { try point($0.0, $0.1) }
      let bounds = try #require(MapBounds(points))
      let window = MapWindow(fitting: bounds, columns: columns, rows: rows)
      for point in points { #expect(window.cell(of: point) != nil) }
    }
  }

  @Test func zoomingKeepsThePointWhereItIs() throws {
    let bounds = try #require(MapBounds([point(47, -122), point(25, -80)]))
    var window = MapWindow(fitting: bounds, columns: 80, rows: 24)
    let seattle = try point(47, -122)
    let cell = try #require(window.cell(of: seattle))
    for factor in [0.5, 0.5, 0.7] {
      window.zoom(by: factor, around: seattle)
      let now = try #require(window.cell(of: seattle))
      #expect(abs(now.column - cell.column) <= 1 && abs(now.row - cell.row) <= 1)
    }
  }

  @Test func movingGoesRoundTheWorldAndStopsAtThePoles() throws {
    let bounds = try #require(MapBounds([point(60, 170)]))
    var window = MapWindow(fitting: bounds, columns: 80, rows: 24)
    let scale = window.scale
    for _ in 0..<100 {
      window.pan(east: 0.4, north: 0.4)
      #expect(abs(window.centre.x) <= 180 && abs(window.centre.y) <= 180)
    }
    #expect(window.scale == scale)
    let sydney = try point(-33.9, 151.2)
    #expect(window.cell(of: sydney) == nil)
    window.show(sydney)
    #expect(window.cell(of: sydney) != nil)
    #expect(window.scale == scale)
  }

  @Test func zoomingHasItsLimits() throws {
    var window = MapWindow(columns: 80, rows: 24)
    for _ in 0..<100 { window.zoom(by: 0.5) }
    #expect(window.scale > 0)
    for _ in 0..<100 { window.zoom(by: 2) }
    #expect(window.scale * Double(window.dotColumns) <= 720)
    let before = window
    for factor in [0, -1, .nan, .infinity] { window.zoom(by: factor) }
    #expect(window == before)
  }
}
