/// One of the census divisions of the United States, and about where it is.
struct FedRegion {
  let name: String
  /// Degrees north.
  let latitude: Double
  /// Degrees east.
  let longitude: Double

  static let all = [
    FedRegion(name: "New England", latitude: 43.2, longitude: -71.8),
    FedRegion(name: "Middle Atlantic", latitude: 41.2, longitude: -75.6),
    FedRegion(name: "South Atlantic", latitude: 33.6, longitude: -81.4),
    FedRegion(name: "East North Central", latitude: 41.9, longitude: -86.2),
    FedRegion(name: "East South Central", latitude: 34.6, longitude: -87.3),
    FedRegion(name: "West North Central", latitude: 42.6, longitude: -96.1),
    FedRegion(name: "West South Central", latitude: 32.1, longitude: -96.9),
    FedRegion(name: "Mountain", latitude: 39.8, longitude: -109.5),
    FedRegion(name: "Pacific", latitude: 39.4, longitude: -121.6),
  ]
}
