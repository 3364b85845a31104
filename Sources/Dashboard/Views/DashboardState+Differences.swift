public import Model

/// Of which generators raw and enriched differ.
extension DashboardState {
  /// The generators in sight of which raw and enriched differ: those of one kind together, who has longest first.
  public func differing() -> [GeneratorIndex] {
    let fleet = fleet
    func rank(_ index: GeneratorIndex) -> (UInt8, Int64, GeneratorIndex) {
      let kind = fleet.generators[Int(index)].difference?.rawValue ?? .max
      return (kind, fleet.differsSince(index) ?? .min, index)
    }
    return fleet.differing().filter { isInSight($0) }
      .map { (index: $0, rank: rank($0)) }
      .sorted { $0.rank < $1.rank }.map(\.index)
  }

  /// Works out the list for its view: at a tick, not with each frame.
  mutating func listDifferences() { differenceList = differing() }
}
