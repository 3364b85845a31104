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
  /// The theme that the operator chose; nil if it was left as it was set.
  public var theme: String?
  /// Lines of the `:` prompt, the oldest first.
  public var history: [String] = []

  /// The most pins that are kept.
  public static let mostPins = 100
  /// The most lines of the `:` prompt that are kept.
  public static let longestHistory = 100

  public init() {}
}

extension RememberedView {
  /// Recordings of before have neither preset nor theme nor history.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    sort = try values.decode(SortOrder.self, forKey: .sort)
    isGrouped = try values.decode(Bool.self, forKey: .isGrouped)
    hiddenColumns = try values.decode([FleetColumn].self, forKey: .hiddenColumns)
    pins = try values.decode([String].self, forKey: .pins)
    filter = try values.decode(String.self, forKey: .filter)
    regions = try values.decode([String].self, forKey: .regions)
    preset = try values.decodeIfPresent(ViewID.self, forKey: .preset) ?? .ops
    theme = try values.decodeIfPresent(String.self, forKey: .theme)
    history = try values.decodeIfPresent([String].self, forKey: .history) ?? []
  }
}
