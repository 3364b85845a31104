import Model

@testable import Dashboard

/// A fleet of `count` generators `g1` … in regions by turns, of which nothing else is known.
func smallFleet(_ count: Int, regions: [String] = ["North", "South"]) -> Fleet {
  var fleet = Fleet()
  let names = (0..<count).map { "g\($0 + 1)" }
  fleet.apply(.names(generators: names, regions: regions), at: Stamp(monotonic: 0, wall: 0))
  let records = (0..<count).map { place in
    EnrichedRecord(
      generator: GeneratorIndex(place),
      region: RegionIndex(place % regions.count + 1),
      alarm: .noAction,
      receivedAt: 0,
      reading: Reading()
    )
  }
  fleet.apply(.enriched(records), at: Stamp(monotonic: 0, wall: 0))
  return fleet
}

extension FleetList {
  /// A list of a fleet by its ids.
  init(_ fleet: Fleet, isGrouped: Bool = false, hiding hidden: Set<GeneratorIndex> = []) {
    self.init()
    _ = takeWork([], of: fleet.count, at: 0)
    sort(fleet, isGrouped: isGrouped, hiding: hidden)
  }

  mutating func sort(
    _ fleet: Fleet,
    isGrouped: Bool = false,
    hiding hidden: Set<GeneratorIndex> = []
  ) {
    let sorting = FleetSorting(
      sort: SortOrder(column: .id),
      isGrouped: isGrouped,
      pinned: pinned
    )
    order.rebuild(fleet, by: sorting) { !hidden.contains($0) }
    updateLines(isGrouped: isGrouped)
  }
}
