internal import Glibc

/// Regions, each with towns in it: a place on earth belongs to the region of the nearest town.
public struct RegionTable: Equatable, Sendable {
  /// A town of a region.
  public struct Place: Equatable, Sendable {
    public let name: String
    /// Its position in `regions`.
    public let regionIndex: Int
    /// Degrees north, -90 to 90.
    public let latitude: Double
    /// Degrees east, -180 to 180.
    public let longitude: Double
  }

  /// The names of the regions, in the order of the table.
  public let regions: [String]
  /// The towns of all regions, in the order of the table.
  public let places: [Place]
  /// Where the towns are on a sphere of radius 1.
  private let directions: [SIMD3<Double>]

  /// The nine divisions of the United States as the Census Bureau names them.
  public static let usDivisions = shipped ?? RegionTable(regions: [], places: [])

  /// A place farther than this from every town belongs to no region.
  public static let reachInKilometres = 1500.0
  private static let earthRadiusInKilometres = 6371.0
  private static let farthest = cos(reachInKilometres / earthRadiusInKilometres)

  init(regions: [String], places: [Place]) {
    self.regions = regions
    self.places = places
    directions = places.map { Self.direction(latitude: $0.latitude, longitude: $0.longitude) }
  }

  /// The region of the town that is nearest by great circle; nil when none is within reach or the place is none.
  public func region(latitude: Double, longitude: Double) -> String? {
    guard (-90...90).contains(latitude), (-360...360).contains(longitude) else { return nil }
    let direction = Self.direction(latitude: latitude, longitude: longitude)
    var nearest: Int?
    var nearness = Self.farthest
    for (index, other) in directions.enumerated() {
      // The cosine of the angle between the two: it grows as they come near.
      let cosine = (direction * other).sum()
      if cosine >= nearness { (nearest, nearness) = (index, cosine) }
    }
    return nearest.map { regions[places[$0].regionIndex] }
  }

  private static func direction(latitude: Double, longitude: Double) -> SIMD3<Double> {
    let (north, east) = (latitude * .pi / 180, longitude * .pi / 180)
    return SIMD3(cos(north) * cos(east), cos(north) * sin(east), sin(north))
  }
}
