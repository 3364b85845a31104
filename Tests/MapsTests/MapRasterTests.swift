import Maps
import Testing

struct MapRasterTests {
  private func window(_ latitude: Double, _ longitude: Double, zoom: Double = 1) throws -> MapWindow
  {
    let point = try #require(MapPoint(latitude: latitude, longitude: longitude))
    let bounds = try #require(MapBounds([point]))
    var window = MapWindow(fitting: bounds, columns: 40, rows: 12)
    window.zoom(by: zoom)
    return window
  }

  private func cells(_ raster: MapRaster) -> [MapRaster.Cell] {
    (0..<raster.window.rows).flatMap { row in
      (0..<raster.window.columns).compactMap { raster[$0, row] }
    }
  }

  @Test func seasAreEmptyAndShoresAreNot() throws {
    #expect(try cells(MapRaster(window(30, -40))).isEmpty)
    let cornwall = try cells(MapRaster(window(50.1, -5.5)))
    #expect(cornwall.count > 20)
    #expect(cornwall.allSatisfy { $0.kind == .coast })
  }

  @Test func bordersHaveGapsAndStatesMoreOfThem() throws {
    let dots = try [(49.0, -107.5), (41, -105.5)].map { latitude, longitude in
      let cells = try cells(MapRaster(window(latitude, longitude, zoom: 0.2)))
      return (cells.reduce(0) { $0 + $1.dots.nonzeroBitCount }, Set(cells.map(\.kind)))
    }
    // 80 dots across.
    #expect((38...42).contains(dots[0].0) && dots[0].1 == [.border], "\(dots)")
    #expect((25...29).contains(dots[1].0) && dots[1].1 == [.state], "\(dots)")
  }

  @Test func theOtherSideOfThe180thMeridianIsSeen() throws {
    let fiji = try MapRaster(window(-17, 179.9))
    let columns = (0..<12).flatMap { row in (0..<40).filter { fiji[$0, row] != nil } }
    #expect(columns.contains { $0 < 20 } && columns.contains { $0 >= 20 })
  }

  /// Every zoom in every shape, the empty one too.
  @Test func anyWindowCanBeDrawn() throws {
    for (columns, rows) in [(0, 0), (1, 1), (40, 6), (300, 3), (3, 60)] {
      var window = try window(64, -22).resized(columns: columns, rows: rows)
      for _ in 0..<30 {
        window.zoom(by: 1.8)
        let raster = MapRaster(window)
        #expect(raster[columns, rows] == nil && raster[-1, 0] == nil)
      }
      for _ in 0..<30 {
        window.zoom(by: 0.5)
        #expect(MapRaster(window).window == window)
      }
    }
  }
}
