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
  ///   - isMuted: Whether nobody is to be called: what happens meanwhile waits for the end of that.
  ///   - isBeginning: Whether the past is still being read: what stands then is no news.
  ///   - now: The monotonic time.
  /// - Returns: Generators, each once; empty while it is too soon.
  mutating func take(
    _ critical: [GeneratorIndex],
    others: [GeneratorIndex],
    isMuted: Bool = false,
    isBeginning: Bool,
    at now: Int64,
  ) -> [GeneratorIndex] {
    for generator in others where known.remove(generator) != nil {
      waiting.removeAll { $0 == generator }
    }
    for generator in critical where known.insert(generator).inserted && !isBeginning {
      waiting.append(generator)
    }
    guard !isMuted, !waiting.isEmpty, now >= nextCall else { return [] }
    nextCall = now &+ Self.pause
    defer { waiting = [] }
    return waiting
  }
}

extension DashboardState {
  /// How long `B` keeps the bell quiet, in nanoseconds.
  private static let muting: Int64 = 600_000_000_000

  /// Calls the operator for top-priority alarms that are new in the regions that were chosen.
  ///
  /// A filter does not keep one back, as it is there to look and not to watch; a recording calls nobody.
  ///
  /// - Parameter generators: Those of the present whose alarms may be others than at the last call.
  /// - Returns: The call, if there is one to be made.
  mutating func callForAlarms(of generators: [GeneratorIndex]) -> [Effect] {
    guard options.replayed == nil else { return [] }
    let fleet = liveFleet
    let news = alerts.take(
      generators.filter { isWorthACall($0, in: fleet) },
      others: generators.filter { !isWorthACall($0, in: fleet) },
      isMuted: mutedUntil != nil,
      isBeginning: awaitsHistory,
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

  /// `B`: nothing rings and no notification is sent for some time, or from now on again.
  mutating func toggleMute() {
    guard mutedUntil == nil else {
      mutedUntil = nil
      return say("bell and notifications are on again")
    }
    mutedUntil = present.monotonic &+ Self.muting
    say("bell and notifications are off for 10 minutes; \(keys.name(of: .mute)) turns them on")
  }

  /// Ends the silence when its time is over.
  mutating func endMute() {
    guard let until = mutedUntil, present.monotonic >= until else { return }
    mutedUntil = nil
    say("bell and notifications are on again")
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
