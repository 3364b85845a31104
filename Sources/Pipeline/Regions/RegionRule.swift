/// Which region a generator is in: by its id, else by its place, else one for all.
public struct RegionRule: Sendable {
  /// Regions by the ids of generators.
  public var inventory: [String: String] = [:]
  /// The regions of places.
  public var table: RegionTable?
  /// The region of all others.
  public var standard = "US"

  func region(of id: String, latitude: Double?, longitude: Double?) -> String {
    if let region = inventory[id] { return region }
    guard let table, let latitude, let longitude else { return standard }
    return table.region(latitude: latitude, longitude: longitude) ?? standard
  }
}
