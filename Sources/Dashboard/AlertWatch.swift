import Model

/// Which alarms of the top priority the operator has been called for: each once, and no call too soon after another.
struct AlertWatch: Sendable {
  /// Nanoseconds between two calls; what happens meanwhile waits for the next.
  static let pause: Int64 = 30_000_000_000

  /// All that are critical, called for or not.
  private(set) var known: Set<GeneratorIndex> = []
  private var waiting: [GeneratorIndex] = []
  private var nextCall: Int64 = .min

  /// Looks at what may have changed, and returns what to call the operator for.
  ///
  /// - Parameters:
  ///   - critical: Generators whose alarm is of the top priority now, new or not.
  ///   - others: Generators of which it may have been so before.
  ///   - isBeginning: Whether the past is still being read: what stands then is no news.
  ///   - now: The monotonic time.
  /// - Returns: Generators, each once; empty while it is too soon.
  mutating func take(
    _ critical: [GeneratorIndex],
    others: [GeneratorIndex],
    isBeginning: Bool,
    at now: Int64,
  ) -> [GeneratorIndex] {
    for generator in others where known.remove(generator) != nil {
      waiting.removeAll { $0 == generator }
    }
    for generator in critical where known.insert(generator).inserted && !isBeginning {
      waiting.append(generator)
    }
    guard !waiting.isEmpty, now >= nextCall else { return [] }
    nextCall = now &+ Self.pause
    defer { waiting = [] }
    return waiting
  }
}

extension DashboardState {
  /// Calls the operator for top-priority alarms that are new in the regions that were chosen.
  ///
  /// A filter does not keep one back, as it is there to look and not to watch; a recording calls nobody.
  ///
  /// - Parameter generators: Those of the present whose alarms may be others than at the last call.
  /// - Returns: The call, if there is one to be made.
  mutating func callForAlarms(of generators: [GeneratorIndex]) -> [Effect] {
    guard options.replayed == nil else { return [] }
    let fleet = liveFleet
    let isBeginning = options.policy.hasEnrichedFeed && !fleet.traffic.hasReadHistory
    let news = alerts.take(
      generators.filter { isWorthACall($0, in: fleet) },
      others: generators.filter { !isWorthACall($0, in: fleet) },
      isBeginning: isBeginning,
      at: present.monotonic,
    )
    guard let worst = news.min(by: { emptiesSooner($0, $1, in: fleet) }) else { return [] }
    let id = fleet.ids[Int(worst)]
    let region = fleet.regions[Int(fleet.generators[Int(worst)].region)]
    let text =
      news.count == 1
      ? "\(id) in \(region) is critical"
      : "\(news.count) new critical alarms, worst \(id) in \(region)"
    return [.call(text, isSeen: hasFocus == true && pastView == nil)]
  }

  private func isWorthACall(_ index: GeneratorIndex, in fleet: Fleet) -> Bool {
    fleet.generators[Int(index)].conditions.contains(.critical) && isWatched(index, in: fleet)
  }

  /// Whether a generator of the present is in the regions that were chosen.
  private func isWatched(_ generator: GeneratorIndex, in fleet: Fleet) -> Bool {
    guard !regions.isEmpty else { return true }
    let region = fleet.regions[Int(fleet.generators[Int(generator)].region)].lowercased()
    return regions.contains { $0.lowercased() == region }
  }

  private func emptiesSooner(
    _ left: GeneratorIndex,
    _ right: GeneratorIndex,
    in fleet: Fleet
  ) -> Bool {
    func rank(_ index: GeneratorIndex) -> (Double, Double) {
      let generator = fleet.generators[Int(index)]
      return (
        generator.timeToEmpty(at: present.monotonic) ?? .infinity,
        generator.fuelPercent ?? .infinity
      )
    }
    return rank(left) < rank(right)
  }
}
