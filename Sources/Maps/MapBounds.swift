/// What part of the map some points lie in: across the 180th meridian too, where that is shorter.
public struct MapBounds: Equatable, Sendable {
  /// The western edge, -180 to 180.
  public let west: Double
  /// How far it reaches east from there, 0 to 360.
  public let width: Double
  public let south: Double
  public let north: Double

  /// The least that holds all `points`; nil for none.
  ///
  /// Costs one pass over them: the widest gap between two is found among degrees of longitude.
  public init?(_ points: [MapPoint]) {
    var wests = Array(repeating: Double.infinity, count: 360)
    var easts = Array(repeating: -Double.infinity, count: 360)
    var south = Double.infinity
    var north = -Double.infinity
    for point in points {
      let degree = min(max(0, Int(point.x + 180)), 359)
      wests[degree] = min(wests[degree], point.x)
      easts[degree] = max(easts[degree], point.x)
      south = min(south, point.y)
      north = max(north, point.y)
    }
    let used = (0..<360).filter { wests[$0].isFinite }
    guard let first = used.first, let last = used.last else { return nil }
    // Round the back, unless there is a wider gap within.
    var west = wests[first]
    var width = easts[last] - west
    for (before, after) in zip(used, used.dropFirst()) {
      let reach = easts[before] + 360 - wests[after]
      if reach < width { (west, width) = (wests[after], reach) }
    }
    self.west = west
    self.width = width
    self.south = south
    self.north = north
  }

  public var centre: MapPoint {
    MapPoint(x: MapPoint.wrapped(west + width / 2), y: (south + north) / 2)
  }
}
