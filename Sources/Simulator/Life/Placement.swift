internal import Pipeline

/// Where the generators of a fleet stand: around the towns of all regions in turn.
struct Placement {
  private(set) var identities: [GeneratorIdentity] = []
  private(set) var regionIndices: [Int] = []

  /// Degrees from the middle of the town; nearer than another town would be.
  private static let spread = 0.04

  init(_ plan: LifePlan, random: inout SeededRandom) {
    let table = plan.regions
    let towns = table.regions.indices.map { index in
      table.places.filter { $0.regionIndex == index }.shuffled(using: &random)
    }
    for number in 0..<plan.generatorCount {
      let region = number % max(1, towns.count)
      let round = number / max(1, towns.count)
      guard towns.indices.contains(region), !towns[region].isEmpty else {
        identities.append(.init(number: number, region: "unknown", latitude: 0, longitude: 0))
        regionIndices.append(-1)
        continue
      }
      let town = towns[region][round % towns[region].count]
      identities.append(
        GeneratorIdentity(
          number: number,
          region: table.regions[region],
          latitude: town.latitude + random.number(-Self.spread...Self.spread),
          longitude: town.longitude + random.number(-Self.spread...Self.spread),
        )
      )
      regionIndices.append(region)
    }
  }
}
