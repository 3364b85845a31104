public import Model

/// Generators that stand together in the list of the fleet.
public struct FleetGroup: Equatable, Sendable {
  public enum Kind: Hashable, Codable, Sendable {
    /// At the top, whatever the order and the filter.
    case pinned
    case region(RegionIndex)
    /// All others, where they are not grouped.
    case fleet
  }

  public var kind: Kind
  /// Their places among the visible; never empty.
  public var places: Range<Int>
  /// Whether only the heading of the group is a line.
  public var isCollapsed = false
}

/// One line of the list of the fleet.
public enum FleetLine: Equatable, Sendable {
  case heading(FleetGroup)
  /// A place among the visible.
  case generator(Int)
}

/// The list of the fleet as lines: generators, and the headings of groups where it is grouped.
///
/// Found by counting the groups, not the generators: nothing here grows with the size of the fleet.
public struct FleetLines: Equatable, Sendable {
  private var groups: [FleetGroup] = []
  /// The first line of each group.
  private var firsts: [Int] = []
  public private(set) var count = 0
  /// How many lines at the top belong to what is pinned.
  public private(set) var pinned = 0
  private var hasHeadings = false

  init() {}

  init(_ groups: [FleetGroup], collapsed: Set<FleetGroup.Kind>, hasHeadings: Bool) {
    self.groups = groups
    self.hasHeadings = hasHeadings
    for place in groups.indices {
      self.groups[place].isCollapsed = hasHeadings && collapsed.contains(groups[place].kind)
      firsts.append(count)
      count += lines(of: self.groups[place])
      if groups[place].kind == .pinned { pinned = count }
    }
  }

  private func lines(of group: FleetGroup) -> Int {
    (hasHeadings ? 1 : 0) + (group.isCollapsed ? 0 : group.places.count)
  }

  /// What stands in a line; nil behind the last.
  public subscript(line: Int) -> FleetLine? {
    guard line >= 0, line < count, let group = group(at: line) else { return nil }
    let offset = line - firsts[group] - (hasHeadings ? 1 : 0)
    guard offset >= 0 else { return .heading(groups[group]) }
    return .generator(groups[group].places.lowerBound + offset)
  }

  /// The line of a place among the visible: its own, or the heading of its collapsed group.
  public func line(of place: Int) -> Int? {
    guard let (number, group) = groups.enumerated().first(where: { $1.places.contains(place) })
    else { return nil }
    if group.isCollapsed { return firsts[number] }
    return firsts[number] + (hasHeadings ? 1 : 0) + place - group.places.lowerBound
  }

  /// The line of the heading of a group; nil for one that has none.
  func line(ofHeading kind: FleetGroup.Kind) -> Int? {
    guard hasHeadings, let place = groups.firstIndex(where: { $0.kind == kind }) else { return nil }
    return firsts[place]
  }

  /// The group of a place among the visible.
  public func group(of place: Int) -> FleetGroup? { groups.first { $0.places.contains(place) } }

  /// Which place among the visible the cursor is on in a line: none on the heading of an open group.
  func stop(at line: Int) -> Int? {
    switch self[line] {
    case .generator(let place): place
    case .heading(let group): group.isCollapsed ? group.places.lowerBound : nil
    case nil: nil
    }
  }

  /// The kinds of all groups.
  var kinds: [FleetGroup.Kind] { groups.map(\.kind) }

  private func group(at line: Int) -> Int? {
    let next = firsts.firstPlace { $0 > line }
    return next > 0 ? next - 1 : nil
  }
}
