@testable import Maps
import Testing

struct OutlinesTests {
  /// How far the nearest point or edge of a kind is, in degrees.
  private func distance(
    to latitude: Double,
    _ longitude: Double,
    _ kind: Outlines.Kind
  ) throws
    -> Double
  {
    let point = try #require(MapPoint(latitude: latitude, longitude: longitude))
    var least = Double.infinity
    for line in Outlines.world.lines where line.kind == kind {
      let points = Outlines.world.points[line.places].map { (Double($0.x), Double($0.y)) }
      for (start, end) in zip(points, points.dropFirst()) {
        let (dx, dy) = (end.0 - start.0, end.1 - start.1)
        let length = dx * dx + dy * dy
        let way = (point.x - start.0) * dx + (point.y - start.1) * dy
        let share = length > 0 ? min(1, max(0, way / length)) : 0
        let (x, y) = (start.0 + share * dx - point.x, start.1 + share * dy - point.y)
        least = min(least, (x * x + y * y).squareRoot())
      }
    }
    return least
  }

  @Test(arguments: [
    ("Land's End", 50.066, -5.715), ("Cape Agulhas", -34.83, 20.0), ("Cape Wrath", 58.62, -5.0),
    ("Cape Byron", -28.64, 153.64), ("Cape Soya", 45.52, 141.94), ("Key of Florida", 25.15, -81.1),
    ("Taveuni, on the 180th meridian", -16.8, -180),
  ])
  func capesAreWhereTheyAre(name: String, latitude: Double, longitude: Double) throws {
    #expect(try distance(to: latitude, longitude, .coast) < 0.2)
  }

  @Test(arguments: [
    ("United States and Canada", 49, -110, Outlines.Kind.border),
    ("France and Spain", 42.69, 0.7, .border), ("Colorado and Wyoming", 41, -105.5, .state),
    ("Queensland and New South Wales", -29, 145, .state),
    ("Brazil and Bolivia", -13.5, -61, .border),
  ])
  func bordersAreOfTheirKind(
    name: String,
    latitude: Double,
    longitude: Double,
    kind: Outlines.Kind
  ) throws {
    #expect(try distance(to: latitude, longitude, kind) < 0.35)
    #expect(try distance(to: latitude, longitude, .coast) > 0.5)
  }

  /// The seas, the cut along the 180th meridian, and where a border is no coast.
  @Test(arguments: [
    (30.0, -40.0), (0, -140), (-50, 100), (67.3, 180), (78, 0), (50, 20), (15, 5), (40, -100),
  ])
  func thereIsNoCoastInTheOpen(latitude: Double, longitude: Double) throws {
    #expect(try distance(to: latitude, longitude, .coast) > 0.5)
  }

  @Test func allOfTheTextIsRead() {
    let world = Outlines.world
    #expect(world.count(of: .coast) > 1_000)
    #expect(world.count(of: .border) > 150)
    #expect(world.count(of: .state) > 80)
    #expect(world.points.count > 20_000)
    #expect(world.lines.last?.places.upperBound == world.points.count)
    for line in world.lines {
      #expect(line.places.count >= 2)
      #expect(line.west <= line.east && line.south <= line.north)
    }
  }

  /// What is cut off or no such text gives the lines before, and never traps.
  @Test func damagedTextEndsTheLines() {
    let whole = String(OutlineText.world.prefix(4_000))
    let count = Outlines(whole).lines.count
    for length in stride(from: 0, to: whole.count, by: 7) {
      #expect(Outlines(String(whole.prefix(length))).lines.count <= count)
    }
    for text in ["", "~", "~~~~~~~~~~~~~", "A~~~~~@", "@~~~~@~~~~~@", "東京", "?A~~~~}~~~~}"] {
      #expect(Outlines(text).lines.isEmpty)
    }
  }
}
