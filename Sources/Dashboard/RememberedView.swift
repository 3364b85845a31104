/// What an operator chose to see and wants to find again.
///
/// The screen begins with it, says so, and counts what it hides like any other filter.
public struct RememberedView: Codable, Equatable, Sendable {
  public var sort = SortOrder()
  public var isGrouped = false
  /// In the order of ``FleetColumn``.
  public var hiddenColumns: [FleetColumn] = []
  /// Ids of pinned generators, in alphabetical order.
  public var pins: [String] = []
  public var filter = ""
  public var regions: [String] = []
  /// The preset that was shown last.
  public var preset = ViewID.ops

  /// The most pins that are kept.
  public static let mostPins = 100

  public init() {}
}
