internal import Glibc

/// A place on the map by Mercator's projection, in degrees of the equator.
///
/// Mercator keeps shapes as they are at every latitude and every zoom, and moving the map does not
/// bend it.
public struct MapPoint: Equatable, Sendable {
  /// Degrees east, -180 to 180.
  public var x: Double
  /// Northwards, 0 at the equator, -180 to 180: the poles themselves lie beyond, and are drawn there.
  public var y: Double

  /// What lies nearer to a pole than this is drawn at this latitude, in degrees.
  public static let highestLatitude = 85.051_128_779_806_59

  init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// Degrees north and east; nil for what is no place on earth.
  ///
  /// Nor is 0, 0: that is what a receiver sends that knows no position, and there is only sea.
  public init?(latitude: Double, longitude: Double) {
    guard abs(latitude) <= 90, abs(longitude) <= 180, latitude != 0 || longitude != 0 else {
      return nil
    }
    x = longitude
    y = Self.northing(latitude)
  }

  /// A point of the outlines: hundredths of a degree east and north.
  init?(hundredths longitude: Int, _ latitude: Int) {
    guard abs(longitude) <= 18_000, abs(latitude) <= 9_000 else { return nil }
    x = Double(longitude) / 100
    y = Self.northing(Double(latitude) / 100)
  }

  private static func northing(_ latitude: Double) -> Double {
    let held = min(max(latitude, -highestLatitude), highestLatitude) * .pi / 180
    return log(tan(.pi / 4 + held / 2)) * 180 / .pi
  }

  /// Degrees north.
  public var latitude: Double { (2 * atan(exp(y * .pi / 180)) - .pi / 2) * 180 / .pi }

  /// The way east from here to `other`, the shorter way round: -180 to 180.
  public func east(to other: MapPoint) -> Double { Self.wrapped(other.x - x) }

  /// A longitude or a difference of two, brought to -180 to 180.
  static func wrapped(_ degrees: Double) -> Double {
    degrees - 360 * (degrees / 360).rounded()
  }
}
