/// What the operator's inventory file says of one generator.
public struct InventoryEntry: Codable, Equatable, Sendable {
  public var id: String
  public var name: String?
  public var region: String?
  /// Size of the tank, in ``unit``.
  public var tank: Double?
  /// The unit of fuel, such as `L`.
  public var unit: String?
  /// Rated power in kW.
  public var ratedPower: Double?

  public init(
    id: String,
    name: String? = nil,
    region: String? = nil,
    tank: Double? = nil,
    unit: String? = nil,
    ratedPower: Double? = nil
  ) {
    self.id = id
    self.name = name
    self.region = region
    self.tank = tank
    self.unit = unit
    self.ratedPower = ratedPower
  }
}
