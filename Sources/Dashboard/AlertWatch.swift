import Model

/// Which alarms of the top priority the operator has been called for: each once, and no call too soon after another.
struct AlertWatch: Sendable {
  /// Nanoseconds between two calls; what happens meanwhile waits for the next.
  static let pause: Int64 = 30_000_000_000

  private var known: Set<GeneratorIndex> = []
  private var waiting: [GeneratorIndex] = []
  private var nextCall: Int64 = .min

  /// Takes what is critical now, and returns what to call the operator for.
  ///
  /// - Parameters:
  ///   - critical: The generators whose alarm is of the top priority.
  ///   - isMuted: Whether nobody is to be called: what happens meanwhile waits for the end of that.
  ///   - isBeginning: Whether the past is still being read: what stands then is no news.
  ///   - now: The monotonic time.
  /// - Returns: Generators, each once; empty while it is too soon.
  mutating func take(
    _ critical: [GeneratorIndex],
    isMuted: Bool = false,
    isBeginning: Bool,
    at now: Int64,
  ) -> [GeneratorIndex] {
    let current = Set(critical)
    let fresh = isBeginning ? [] : critical.filter { !known.contains($0) }
    known = current
    waiting = waiting.filter { current.contains($0) && !fresh.contains($0) } + fresh
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
  mutating func callForAlarms() -> [Effect] {
    guard options.replayed == nil else { return [] }
    let critical = criticalAlarms.filter { isInRegions($0.generator) }
    let isBeginning = options.policy.hasEnrichedFeed && !fleet.traffic.hasReadHistory
    let news = alerts.take(
      critical.map(\.generator),
      isMuted: mutedUntil != nil,
      isBeginning: isBeginning,
      at: now.monotonic,
    )
    guard let worst = news.min(by: { emptiesSooner($0, $1) }) else { return [] }
    let id = fleet.ids[Int(worst)]
    let region = fleet.regions[Int(fleet.generators[Int(worst)].region)]
    let text =
      news.count == 1
      ? "\(id) in \(region) is critical"
      : "\(news.count) new critical alarms, worst \(id) in \(region)"
    return [.call(text, isSeen: hasFocus == true)]
  }

  /// `B`: nothing rings and no notification is sent for some time, or from now on again.
  mutating func toggleMute() {
    guard mutedUntil == nil else {
      mutedUntil = nil
      return say("bell and notifications are on again")
    }
    mutedUntil = now.monotonic &+ Self.muting
    say("bell and notifications are off for 10 minutes; B turns them on")
  }

  /// Ends the silence when its time is over.
  mutating func endMute() {
    guard let until = mutedUntil, now.monotonic >= until else { return }
    mutedUntil = nil
    say("bell and notifications are on again")
  }

  private func emptiesSooner(_ left: GeneratorIndex, _ right: GeneratorIndex) -> Bool {
    func rank(_ index: GeneratorIndex) -> (Double, Double) {
      let generator = fleet.generators[Int(index)]
      return (
        generator.timeToEmpty(at: now.monotonic) ?? .infinity,
        generator.fuelPercent ?? .infinity
      )
    }
    return rank(left) < rank(right)
  }
}
