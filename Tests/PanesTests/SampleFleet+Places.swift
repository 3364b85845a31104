import Model

extension SampleFleet {
  /// Some towns of each region in turn, all on two islands, so that a map shows them apart.
  private static let towns = [
    (54.97, -1.61), (51.62, -3.94), (51.51, -0.13), (57.48, -4.22), (54.60, -5.93),
    (55.41, -1.71), (52.41, -4.08), (51.57, 0.03), (57.15, -2.09), (54.35, -6.65),
    (54.68, -1.21), (53.14, -4.27), (51.41, -0.30), (58.98, -2.96), (55.00, -7.32),
    (54.52, -1.55), (52.00, -3.20), (51.37, -0.10), (55.95, -3.19), (60.15, -1.14),
  ]

  /// Puts a generator in its place; one of seven does not say where it is.
  static func place(_ index: Int, _ reading: inout Reading) {
    guard index % 7 != 6 else { return }
    let town = towns[index % towns.count]
    // The second in a town stands beside the first, unless both are in the same building.
    let shift = index % 2 == 0 ? Double(index / towns.count) * 0.13 : 0
    reading[.latitude] = town.0 - shift
    reading[.longitude] = town.1 + shift
  }
}
