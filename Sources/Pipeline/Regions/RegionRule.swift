/// Which region a generator is in: by its id, else by its place, else one for all.
public struct RegionRule: Sendable {
  private let inventory: [String: String]
  private let table: (@Sendable (_ latitude: Double, _ longitude: Double) -> String?)?
  private let standard: String

  /// - Parameters:
  ///   - inventory: Regions by the ids of generators.
  ///   - table: The region of a place in degrees north and east, nil if it has none.
  ///   - standard: The region of all others.
  public init(
    inventory: [String: String] = [:],
    table: (@Sendable (_ latitude: Double, _ longitude: Double) -> String?)? = nil,
    standard: String = "US",
  ) {
    self.inventory = inventory
    self.table = table
    self.standard = standard
  }

  public func region(of id: String, latitude: Double?, longitude: Double?) -> String {
    if let region = inventory[id] { return region }
    guard let table, let latitude, let longitude else { return standard }
    return table(latitude, longitude) ?? standard
  }
}
