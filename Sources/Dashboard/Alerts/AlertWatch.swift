import Model

/// Which alarms of the top priority the operator has been called for: each once, and no call too soon after another.
struct AlertWatch: Sendable {
  /// Nanoseconds between two calls; what happens meanwhile waits for the next.
  static let pause: Int64 = 30_000_000_000

  /// All alarms of the top priority, called for or not, by their generators.
  private(set) var known: [GeneratorIndex: AlarmKinds] = [:]
  private var waiting: [AlarmKey] = []
  private var nextCall: Int64 = .min
  /// Until when nobody is called: monotonic nanoseconds; nil while somebody is.
  private(set) var mutedUntil: Int64?

  /// How long `B` keeps the bell quiet, in nanoseconds.
  private static let muting: Int64 = 600_000_000_000

  /// Looks at generators whose alarms may have changed.
  ///
  /// - Parameters:
  ///   - generators: Each once.
  ///   - isBeginning: Whether the past is still being read: what stands then is no news.
  ///   - urgent: Which alarms of a generator are of the top priority now.
  mutating func update(
    _ generators: [GeneratorIndex],
    isBeginning: Bool,
    urgent: (GeneratorIndex) -> AlarmKinds
  ) {
    for generator in generators {
      let (before, now) = (known[generator] ?? [], urgent(generator))
      guard now != before else { continue }
      known[generator] = now.isEmpty ? nil : now
      let over = before.subtracting(now)
      if !over.isEmpty {
        waiting.removeAll { $0.generator == generator && over.contains($0.kind) }
      }
      guard !isBeginning else { continue }
      for kind in now.news(since: before) {
        waiting.append(AlarmKey(generator: generator, kind: kind))
      }
    }
  }

  /// What to call the operator for at the monotonic time `now`: each alarm once; nothing while it is too soon, or muted:
  /// what happens meanwhile waits.
  mutating func dueCall(at now: Int64) -> [AlarmKey] {
    guard mutedUntil == nil, !waiting.isEmpty, now >= nextCall else { return [] }
    nextCall = now &+ Self.pause
    defer { waiting = [] }
    return waiting
  }

  /// Calls nobody for some time, or from now on again; whether it is muted now.
  mutating func toggleMute(at now: Int64) -> Bool {
    mutedUntil = mutedUntil == nil ? now &+ Self.muting : nil
    return mutedUntil != nil
  }

  /// Ends the silence when its time is over; whether it has ended now.
  mutating func endMute(at now: Int64) -> Bool {
    guard let until = mutedUntil, now >= until else { return false }
    mutedUntil = nil
    return true
  }
}

extension DashboardState {
  /// Calls the operator for top-priority alarms that are new in the regions that were chosen.
  ///
  /// A filter does not keep one back, as it is there to look and not to watch; a recording calls nobody.
  ///
  /// - Parameter generators: Those of the present whose alarms may be others than at the last call.
  /// - Returns: The call, if there is one to be made.
  mutating func announceAlarms(of generators: [GeneratorIndex]) -> [Effect] {
    guard options.replayed == nil else { return [] }
    let fleet = liveFleet
    // The closure shall hold no copy of the state, which is about to change.
    let regions = Set(regions.map { $0.lowercased() })
    alerts.update(generators, isBeginning: timeline.awaitsHistory) { generator in
      let kinds = fleet.generators.span[Int(generator)].conditions.urgentAlarms
      return kinds.isEmpty || fleet.isIn(regions, generator) ? kinds : []
    }
    let news = alerts.dueCall(at: present.monotonic)
    let now = present.monotonic
    func urgency(_ alarm: AlarmKey) -> (Double, Double) {
      let generator = fleet.generators[Int(alarm.generator)]
      return (generator.timeToEmpty(at: now) ?? .infinity, generator.fuelPercent ?? .infinity)
    }
    guard let worst = news.min(by: { urgency($0) < urgency($1) }) else { return [] }
    let id = fleet.ids[Int(worst.generator)]
    let region = fleet.regions[Int(fleet.generators[Int(worst.generator)].region)]
    let text =
      news.count == 1
      ? "\(id) in \(region) \(worst.kind.row.words.call)"
      : "\(news.count) new critical alarms, worst \(id) in \(region)"
    return [.call(text, isSeen: hasFocus == true && timeline.isLive)]
  }

  /// `B`: nothing rings and no notification is sent for some time, or from now on again.
  mutating func toggleMute() {
    let isMuted = alerts.toggleMute(at: present.monotonic)
    let key = keys.name(of: .mute)
    let words = isMuted ? "off for 10 minutes; \(key) turns them on" : "on again"
    say("bell and notifications are \(words)")
  }

  /// Ends the silence when its time is over.
  mutating func endMute() {
    if alerts.endMute(at: present.monotonic) { say("bell and notifications are on again") }
  }
}

extension Fleet {
  /// Whether a generator is in one of the regions, whose names are in small letters; in any if there are none.
  fileprivate func isIn(_ regions: Set<String>, _ generator: GeneratorIndex) -> Bool {
    guard !regions.isEmpty else { return true }
    let place = Int(generators.span[Int(generator)].region)
    return regions.contains(self.regions[place].lowercased())
  }
}
