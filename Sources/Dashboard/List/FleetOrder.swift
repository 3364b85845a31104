public import Model

/// What the order of the fleet depends on beside the fleet.
struct FleetSorting: Sendable {
  let sort: SortOrder
  let isGrouped: Bool
  let pinned: Set<GeneratorIndex>
  /// What the column gives of each generator.
  let value: SortRow.Value

  init(sort: SortOrder, isGrouped: Bool, pinned: Set<GeneratorIndex>) {
    (self.sort, self.isGrouped, self.pinned) = (sort, isGrouped, pinned)
    value = sort.column.row.value
  }
}

/// Whether a generator is shown.
typealias Sight = (GeneratorIndex) -> Bool

/// Generators in the order of the list of the fleet.
public struct OrderedGenerators: RandomAccessCollection, Sendable {
  fileprivate(set) var keys = SortedList<FleetOrder.Key>()

  public struct Iterator: IteratorProtocol {
    fileprivate var keys: SortedList<FleetOrder.Key>.Iterator

    public mutating func next() -> GeneratorIndex? { keys.next()?.generator }
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { keys.count }
  public subscript(place: Int) -> GeneratorIndex { keys[place].generator }
  public func makeIterator() -> Iterator { Iterator(keys: keys.makeIterator()) }
}

/// The generators in order, and which of them are shown; kept sorted as single generators change.
///
/// Hidden ones have their place as well: so a filter costs one look at each and no sorting, and the
/// next alarm is the next in order whether it is shown or not.
struct FleetOrder: Sendable {
  /// What a generator is sorted by: its group, two numbers, then its place among the ids.
  struct Key: Comparable, Sendable {
    /// 0 for what is pinned, then the regions by name, or 1 for all where they are not grouped.
    var group: Int32 = 1
    var rank: Int32 = 0
    var generator: GeneratorIndex = 0
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
  private(set) var all = OrderedGenerators()
  /// Those of them that are shown.
  var visible: OrderedGenerators { areAllShown ? all : shown }
  /// As long as all are shown there is no second list to be kept.
  private var areAllShown = true
  private var shown = OrderedGenerators()
  private var keys: [Key] = []
  private var isShown: [Bool] = []
  private var ranks = FleetRanks()
  /// The regions by name, as they were at the last ``rebuild(_:by:where:)``.
  var regions: [RegionIndex] { ranks.regions }

  /// Whether a generator is among ``visible``.
  func shows(_ index: GeneratorIndex) -> Bool {
    isShown.indices.contains(Int(index)) && isShown[Int(index)]
  }

  /// Whether a generator has been sorted in.
  func knows(_ index: GeneratorIndex) -> Bool { keys.indices.contains(Int(index)) }

  /// Sorts everything anew: after a change of the sort, or when generators came.
  mutating func rebuild(_ fleet: Fleet, by sorting: FleetSorting, where isVisible: Sight) {
    ranks.update(fleet)
    keys = (0..<GeneratorIndex(fleet.count)).map { ranks.key($0, fleet, sorting) }
    all.keys = SortedList(sorted: keys.sorted())
    filter(where: isVisible)
  }

  /// Looks at each anew whether it is shown, and leaves the order.
  mutating func filter(where isVisible: Sight) {
    // In the order in which they lie in memory: the sorted one would wait for it at each.
    isShown = keys.indices.map { isVisible(GeneratorIndex($0)) }
    areAllShown = isShown.allSatisfy { $0 }
    listShown()
  }

  private mutating func listShown() {
    shown.keys =
      areAllShown
      ? SortedList() : SortedList(sorted: all.keys.filter { isShown[Int($0.generator)] })
  }

  /// Moves `changed`, each once, to their places, lets some in and others out.
  mutating func update(
    _ changed: [GeneratorIndex],
    _ fleet: Fleet,
    by sorting: FleetSorting,
    where isVisible: Sight
  ) {
    guard !changed.isEmpty else { return }
    guard keys.count == fleet.count, ranks.fits(fleet) else {
      return rebuild(fleet, by: sorting, where: isVisible)
    }
    var (left, taken): ([Key], [Key]) = ([], [])
    var (hidden, revealed): ([Key], [Key]) = ([], [])
    for index in changed {
      let place = Int(index)
      let (before, wasShown) = (keys[place], isShown[place])
      keys[place] = ranks.key(index, fleet, sorting)
      isShown[place] = isVisible(index)
      let isMoved = keys[place] != before
      if isMoved {
        left.append(before)
        taken.append(keys[place])
      }
      guard isMoved || isShown[place] != wasShown else { continue }
      if wasShown { hidden.append(before) }
      if isShown[place] { revealed.append(keys[place]) }
    }
    all.keys.update(removing: left, inserting: taken)
    if !areAllShown {
      shown.keys.update(removing: hidden, inserting: revealed)
    } else if hidden.count > revealed.count {
      areAllShown = false
      listShown()
    }
  }

  /// Shows those of `changed` that are to be shown now, without moving any: who is new stands behind the others, who was
  /// hidden at the place that it had.
  mutating func reveal(
    _ changed: [GeneratorIndex],
    _ fleet: Fleet,
    by sorting: FleetSorting,
    where isVisible: Sight
  ) {
    let known = keys.count
    var (new, revealed): ([Key], [Key]) = ([], [])
    for place in known..<max(known, fleet.count) {
      new.append(ranks.keyOfNew(GeneratorIndex(place), fleet, sorting))
      isShown.append(isVisible(GeneratorIndex(place)))
      if isShown[place] { revealed.append(new[place - known]) }
    }
    keys += new
    for index in changed where Int(index) < known && !isShown[Int(index)] && isVisible(index) {
      isShown[Int(index)] = true
      revealed.append(keys[Int(index)])
    }
    all.keys.update(removing: [], inserting: new)
    if !areAllShown {
      shown.keys.update(removing: [], inserting: revealed)
    } else if revealed.count < new.count {
      areAllShown = false
      listShown()
    }
  }

  /// Where a generator stands in ``visible``; nil if it is not shown.
  func place(of index: GeneratorIndex) -> Int? {
    shows(index) ? visible.keys.place(of: keys[Int(index)]) : nil
  }

  /// Where a generator stands in ``all``; nil if it has no place yet.
  func placeAmongAll(of index: GeneratorIndex) -> Int? {
    keys.indices.contains(Int(index)) ? all.keys.place(of: keys[Int(index)]) : nil
  }

  /// The groups of ``visible``: what is pinned, then the regions; without groups one for all.
  func groups(isGrouped: Bool) -> [FleetGroup] {
    var groups: [FleetGroup] = []
    var start = 0
    while start < visible.count {
      let number = visible.keys[start].group
      let end = visible.keys.firstPlace { $0.group > number }
      let kind: FleetGroup.Kind =
        number == 0 ? .pinned : isGrouped ? .region(ranks.region(ofGroup: number)) : .fleet
      groups.append(FleetGroup(kind: kind, places: start..<end))
      start = end
    }
    return groups
  }
}
