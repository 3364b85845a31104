import Model

/// What ids, names and regions are sorted by, worked out once for each of them.
struct FleetRanks: Sendable {
  private var idKeys: [String] = []
  private var nameKeys: [String] = []
  private var idRanks: [Int32] = []
  private var nameRanks: [Int32] = []
  private var regionRanks: [Int32] = []
  /// The regions by name, those without generators too.
  private(set) var regions: [RegionIndex] = []

  /// Whether nothing came since the last ``update(_:)``.
  func fits(_ fleet: Fleet) -> Bool {
    idRanks.count == fleet.count && regions.count == fleet.regions.count
  }

  mutating func update(_ fleet: Fleet) {
    if regions.count != fleet.regions.count {
      regions = fleet.regionsByName(withEmpty: true)
      regionRanks = Self.ranks(regions)
    }
    guard idRanks.count != fleet.count else { return }
    for index in idKeys.count..<max(fleet.count, idKeys.count) {
      idKeys.append(countingKey(fleet.ids[index]))
      nameKeys.append(fleet.names[index].map(countingKey) ?? "")
    }
    let all = Array(0..<Int32(fleet.count))
    idRanks = Self.ranks(all.sorted { idKeys[Int($0)] < idKeys[Int($1)] })
    let byName = all.sorted { left, right in
      let names = (nameKeys[Int(left)], nameKeys[Int(right)])
      return names.0 != names.1 ? names.0 < names.1 : idRanks[Int(left)] < idRanks[Int(right)]
    }
    nameRanks = Self.ranks(byName)
  }

  /// The region of a group's number in ``FleetOrder/Key``.
  func region(ofGroup number: Int32) -> RegionIndex {
    regions.indices.contains(Int(number) - 1) ? regions[Int(number) - 1] : 0
  }

  private static func ranks(_ sorted: [Int32]) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: sorted.count)
    for (rank, index) in sorted.enumerated() { ranks[Int(index)] = Int32(rank) }
    return ranks
  }

  /// What a generator is sorted by.
  func key(_ index: GeneratorIndex, _ fleet: Fleet, _ sorting: FleetSorting) -> FleetOrder.Key {
    let place = Int(index)
    let group: Int32 =
      sorting.pinned.contains(index)
      ? 0 : sorting.isGrouped ? 1 + regionRanks[Int(fleet.generators.span[place].region)] : 1
    var key = FleetOrder.Key(group: group, rank: idRanks[place], generator: index)
    let sign = sorting.sort.isInverted ? -1.0 : 1
    if case .mark = sorting.sort.column.column {
      let severity = Double(fleet.generators.span[place].severity.rawValue)
      let fuel = fleet.generators.span[place].reading.fuel
      let empty = emptyAt(place, fleet) ?? fuel.map { 1e12 + $0 } ?? .infinity
      (key.first, key.second) = (sign * severity, sign * empty)
    } else if let number = sorting.value(self, fleet, place) {
      key.first = sign * number
    }
    return key
  }

  /// What a generator that came since the last ``update(_:)`` is sorted by: the end of its group.
  func keyOfNew(
    _ index: GeneratorIndex,
    _ fleet: Fleet,
    _ sorting: FleetSorting
  ) -> FleetOrder.Key {
    let region = Int(fleet.generators.span[Int(index)].region)
    let group = regionRanks.indices.contains(region) ? regionRanks[region] : Int32(regions.count)
    return FleetOrder.Key(
      group: sorting.isGrouped ? 1 + group : 1,
      rank: .max / 2 + index,
      generator: index
    )
  }

  // MARK: - What texts are sorted by: the ranks of the generator at a place

  func id(_ place: Int) -> Double? { Double(idRanks[place]) }

  func name(_ place: Int, _ fleet: Fleet) -> Double? {
    fleet.names[place] == nil ? nil : Double(nameRanks[place])
  }

  func region(_ place: Int, _ fleet: Fleet) -> Double? {
    Double(regionRanks[Int(fleet.generators.span[place].region)])
  }

  /// The monotonic second at which the tank is empty; it stays the same while the estimate holds.
  func emptyAt(_ place: Int, _ fleet: Fleet) -> Double? {
    guard let at = fleet.generators.span[place].readingAt else { return nil }
    return fleet.generators.span[place].timeToEmpty(at: at).map { at.seconds + $0 }
  }
}

/// `text` with its numbers padded, so that comparing puts `generator2` before `generator10`.
func countingKey(_ text: String) -> String {
  var key = ""
  var digits = ""
  for scalar in text.unicodeScalars {
    if ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
    } else {
      key += padded(digits)
      digits = ""
      key.unicodeScalars.append(scalar)
    }
  }
  return key + padded(digits)
}

private func padded(_ digits: String) -> String {
  digits.isEmpty ? "" : String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
}
