import Model

/// The generators to show, in order; kept sorted as single generators change.
struct FleetOrder: Sendable {
  /// What a generator is sorted by: two numbers, then its place among the ids.
  private struct Key {
    var first = Double.infinity
    var second = Double.infinity
    var rank: Int32 = 0

    static func < (left: Key, right: Key) -> Bool {
      if left.first != right.first { return left.first < right.first }
      if left.second != right.second { return left.second < right.second }
      return left.rank < right.rank
    }
  }

  private(set) var visible: [GeneratorIndex] = []
  private var keys: [Key] = []
  private var idKeys: [String] = []
  private var nameKeys: [String] = []
  private var idRanks: [Int32] = []
  private var nameRanks: [Int32] = []
  private var isMoved: [Bool] = []

  /// Sorts everything anew: after a change of sort, filter or region.
  mutating func rebuild(_ fleet: Fleet, sort: SortOrder, where isVisible: (GeneratorIndex) -> Bool)
  {
    if keys.count != fleet.count { rank(fleet) }
    visible = (0..<GeneratorIndex(fleet.count)).filter(isVisible)
    for index in visible { keys[Int(index)] = key(index, fleet, sort) }
    visible.sort { keys[Int($0)] < keys[Int($1)] }
  }

  /// Moves `changed` to their places, lets new ones in and others out; costs one pass over the list.
  mutating func update(
    _ changed: [GeneratorIndex],
    _ fleet: Fleet,
    sort: SortOrder,
    where isVisible: (GeneratorIndex) -> Bool
  ) {
    guard !changed.isEmpty else { return }
    guard keys.count == fleet.count else {
      return rebuild(fleet, sort: sort, where: isVisible)
    }
    for index in changed { isMoved[Int(index)] = true }
    var moved = changed.filter(isVisible)
    for index in moved { keys[Int(index)] = key(index, fleet, sort) }
    moved.sort { keys[Int($0)] < keys[Int($1)] }
    var merged: [GeneratorIndex] = []
    merged.reserveCapacity(visible.count + moved.count)
    var next = 0
    for index in visible where !isMoved[Int(index)] {
      while next < moved.count, keys[Int(moved[next])] < keys[Int(index)] {
        merged.append(moved[next])
        next += 1
      }
      merged.append(index)
    }
    merged.append(contentsOf: moved[next...])
    visible = merged
    for index in changed { isMoved[Int(index)] = false }
  }

  private mutating func rank(_ fleet: Fleet) {
    for index in idKeys.count..<max(fleet.count, idKeys.count) {
      idKeys.append(countingKey(fleet.ids[index]))
      nameKeys.append(fleet.names[index].map(countingKey) ?? "")
    }
    let all = Array(0..<Int32(fleet.count))
    idRanks = ranks(all.sorted { idKeys[Int($0)] < idKeys[Int($1)] })
    nameRanks = ranks(
      all.sorted { left, right in
        let names = (nameKeys[Int(left)], nameKeys[Int(right)])
        return names.0 != names.1
          ? names.0 < names.1 : idRanks[Int(left)] < idRanks[Int(right)]
      }
    )
    keys = Array(repeating: Key(), count: fleet.count)
    isMoved = Array(repeating: false, count: fleet.count)
  }

  private func ranks(_ sorted: [Int32]) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: sorted.count)
    for (rank, index) in sorted.enumerated() { ranks[Int(index)] = Int32(rank) }
    return ranks
  }

  private func key(_ index: GeneratorIndex, _ fleet: Fleet, _ sort: SortOrder) -> Key {
    let generator = fleet.generators[Int(index)]
    let rank = idRanks[Int(index)]
    let reading = generator.reading
    func by(_ value: Double?) -> Key {
      guard let value else { return Key(rank: rank) }
      return Key(first: sort.isInverted ? -value : value, rank: rank)
    }
    switch sort.column {
    case .severity:
      let severity = Double(generator.severity.rawValue)
      let empty = emptyAt(generator) ?? reading.fuel.map { 1e12 + $0 } ?? .infinity
      return Key(
        first: sort.isInverted ? -severity : severity,
        second: sort.isInverted ? -empty : empty,
        rank: rank
      )
    case .id: return by(Double(rank))
    case .name: return by(fleet.names[Int(index)] == nil ? nil : Double(nameRanks[Int(index)]))
    case .fuel: return by(generator.fuelPercent)
    case .timeToEmpty: return by(emptyAt(generator))
    case .load: return by(reading.load)
    case .power: return by(reading.power)
    case .temperature: return by(reading.temperature)
    case .region: return by(Double(generator.region))
    case .age: return by(generator.readingAt.map { -$0.seconds })
    }
  }

  /// The monotonic second at which the tank is empty; it stays the same while the estimate holds.
  private func emptyAt(_ generator: Generator) -> Double? {
    guard let at = generator.readingAt else { return nil }
    return generator.timeToEmpty(at: at).map { at.seconds + $0 }
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
