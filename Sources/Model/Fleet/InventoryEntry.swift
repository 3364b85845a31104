/// What the operator's inventory file says of one generator.
public struct InventoryEntry: Codable, Equatable, Sendable {
  public var id: String
  public var name: String?
  public var region: String?
  /// Size of the tank, in ``unit``.
  public var tank: Double?
  /// Below which level it is to be refuelled.
  public var refuelMark: RefuelMark?
  /// The unit of fuel, such as `L`.
  public var unit: String?
  /// Rated power in kW.
  public var ratedPower: Double?
  /// What it burns in an hour at full load, in ``unit``.
  public var burn: Double?
}

extension InventoryEntry {
  /// What its numbers may be, in inventories and in recordings.
  public static let bounds = FleetPolicy.Bounds.tank

  public init(id: String, name: String? = nil) { self.init(id: id, name: name, region: nil) }
}
