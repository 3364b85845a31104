import Model

/// What the order of the fleet depends on beside the fleet.
struct FleetSorting: Sendable {
  var sort = SortOrder()
  var isGrouped = false
  var pinned: Set<GeneratorIndex> = []
}

/// The generators in order, and which of them are shown; kept sorted as single generators change.
///
/// Hidden ones have their place as well: so a filter costs one look at each and no sorting, and the
/// next alarm is the next in order whether it is shown or not.
struct FleetOrder: Sendable {
  /// What a generator is sorted by: its group, two numbers, then its place among the ids.
  struct Key: Sendable {
    /// 0 for what is pinned, then the regions by name, or 1 for all where they are not grouped.
    var group: Int32 = 1
    var rank: Int32 = 0
    var first = Double.infinity
    var second = Double.infinity

    static func < (left: Key, right: Key) -> Bool {
      if left.group != right.group { return left.group < right.group }
      if left.first != right.first { return left.first < right.first }
      if left.second != right.second { return left.second < right.second }
      return left.rank < right.rank
    }
  }

  /// Every generator that was there at the last ``rebuild(_:by:where:)``.
  private(set) var all: [GeneratorIndex] = []
  private(set) var visible: [GeneratorIndex] = []
  private(set) var keys: [Key] = []
  private var isShown: [Bool] = []
  private var isMoved: [Bool] = []
  private var ranks = FleetRanks()

  /// How many generators have a place.
  var count: Int { keys.count }

  /// Whether a generator is among ``visible``.
  func shows(_ index: GeneratorIndex) -> Bool {
    isShown.indices.contains(Int(index)) && isShown[Int(index)]
  }

  /// Sorts everything anew: after a change of the sort, or when generators came.
  mutating func rebuild(
    _ fleet: Fleet,
    by sorting: FleetSorting,
    where isVisible: (GeneratorIndex) -> Bool
  ) {
    ranks.update(fleet)
    if keys.count != fleet.count {
      keys = Array(repeating: Key(), count: fleet.count)
      isShown = Array(repeating: false, count: fleet.count)
      isMoved = isShown
    }
    all = Array(0..<GeneratorIndex(fleet.count))
    for index in all { keys[Int(index)] = ranks.key(index, fleet, sorting) }
    all.sort { keys[Int($0)] < keys[Int($1)] }
    filter(where: isVisible)
  }

  /// Looks at each anew whether it is shown, and leaves the order.
  mutating func filter(where isVisible: (GeneratorIndex) -> Bool) {
    // In the order in which they lie in memory: the sorted one would wait for it at each.
    for place in isShown.indices { isShown[place] = isVisible(GeneratorIndex(place)) }
    visible = all.filter { isShown[Int($0)] }
  }

  /// Moves `changed` to their places, lets some in and others out; costs one pass over the list.
  mutating func update(
    _ changed: [GeneratorIndex],
    _ fleet: Fleet,
    by sorting: FleetSorting,
    where isVisible: (GeneratorIndex) -> Bool
  ) {
    guard !changed.isEmpty else { return }
    guard keys.count == fleet.count, ranks.fits(fleet) else {
      return rebuild(fleet, by: sorting, where: isVisible)
    }
    for index in changed {
      isMoved[Int(index)] = true
      isShown[Int(index)] = isVisible(index)
      keys[Int(index)] = ranks.key(index, fleet, sorting)
    }
    let moved = changed.sorted { keys[Int($0)] < keys[Int($1)] }
    all = merged(all, moved)
    visible = merged(visible, moved.filter { isShown[Int($0)] })
    for index in changed { isMoved[Int(index)] = false }
  }

  /// A sorted list without what moves, and with `moved` at its new places.
  private func merged(_ list: [GeneratorIndex], _ moved: [GeneratorIndex]) -> [GeneratorIndex] {
    var merged: [GeneratorIndex] = []
    merged.reserveCapacity(list.count + moved.count)
    var next = 0
    for index in list where !isMoved[Int(index)] {
      while next < moved.count, keys[Int(moved[next])] < keys[Int(index)] {
        merged.append(moved[next])
        next += 1
      }
      merged.append(index)
    }
    merged.append(contentsOf: moved[next...])
    return merged
  }

  /// Where a generator stands in ``visible``; nil if it is not shown.
  func place(of index: GeneratorIndex) -> Int? {
    shows(index) ? place(of: index, in: visible) : nil
  }

  /// Where a generator stands in ``all``; nil if it has no place yet.
  func placeAmongAll(of index: GeneratorIndex) -> Int? {
    keys.indices.contains(Int(index)) ? place(of: index, in: all) : nil
  }

  private func place(of index: GeneratorIndex, in list: [GeneratorIndex]) -> Int? {
    let key = keys[Int(index)]
    let place = firstPlace(in: list) { !(keys[Int($0)] < key) }
    return place < list.count && list[place] == index ? place : nil
  }

  /// The first place of a sorted list from which on `isBehind` holds.
  private func firstPlace(
    in list: [GeneratorIndex],
    from start: Int = 0,
    where isBehind: (GeneratorIndex) -> Bool
  ) -> Int {
    var low = start
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(list[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The groups of ``visible``: what is pinned, then the regions; without groups one for all.
  func groups(isGrouped: Bool) -> [FleetGroup] {
    var groups: [FleetGroup] = []
    var start = 0
    while start < visible.count {
      let number = keys[Int(visible[start])].group
      let end = firstPlace(in: visible, from: start) { keys[Int($0)].group > number }
      let kind: FleetGroup.Kind =
        number == 0 ? .pinned : isGrouped ? .region(ranks.region(ofGroup: number)) : .fleet
      groups.append(FleetGroup(kind: kind, places: start..<end))
      start = end
    }
    return groups
  }
}
