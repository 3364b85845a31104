public import Model

/// What lies over the panes; keys go to it first.
public enum Overlay: Codable, Equatable, Sendable {
  /// The key table.
  case help(HelpPage)
  /// The commands of the `:` prompt, scrolled by this many lines.
  case commandHelp(scroll: Int)
  /// Connections, counters, specimens of rejected messages; scrolled by this many lines.
  case status(scroll: Int)
  /// The columns to sort by, with the cursor on one of ``SortColumn``.
  case sortMenu(cursor: Int)
  /// The columns of the fleet to choose, with the cursor on one of ``FleetColumn/choosable``.
  case columnMenu(cursor: Int)
  case regionPicker(RegionPicker)
  /// The list of themes, with the one that comes back with Esc.
  case themePicker(before: String)
}

/// The list of regions to choose from.
public struct RegionPicker: Codable, Equatable, Sendable {
  /// Typed to narrow the list down.
  public var text = ""
  /// The row of the cursor in ``RegionPicker/rows(_:)``.
  public var cursor = 0
  /// Marked with Space: chosen together; nil until something was marked or unmarked.
  ///
  /// Before that Enter takes the row of the cursor, whatever is chosen now.
  public var marked: Set<RegionIndex>?

  public init() {}

  /// One row of the list: a region, or all of them (nil).
  public typealias Row = RegionIndex?

  /// The rows that fit the text: all regions first, then those that have generators, by name.
  ///
  /// Letters in their order are enough, with others between: `nire` finds Northern Ireland, and the
  /// Space bar is free to mark.
  public func rows(_ fleet: Fleet) -> [Row] {
    let all = fleet.regionsByName()
    guard !text.isEmpty else { return [nil] + all.map { .some($0) } }
    return all.filter { !FuzzyMatch.places(of: text, in: fleet.regions[Int($0)]).isEmpty }
      .map { .some($0) }
  }
}

extension Fleet {
  /// Regions that have generators, by name as people count, `unknown` last.
  ///
  /// The keys `1` to `9` choose the first nine.
  public func regionsByName(withEmpty: Bool = false) -> [RegionIndex] {
    (0..<RegionIndex(regions.count))
      .filter { withEmpty || regionCounts[Int($0)].total > 0 }
      .map { ($0, countingKey(regions[Int($0)].lowercased())) }
      .sorted { left, right in
        if (left.0 == 0) != (right.0 == 0) { return right.0 == 0 }
        return left.1 < right.1
      }
      .map(\.0)
  }
}
