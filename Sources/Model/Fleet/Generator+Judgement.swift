/// The numbers of a policy that every sample is judged by.
struct Limits: Sendable {
  var criticalPercent: Double
  var criticalSeconds: Double
  var drySoonSeconds: Double
  var window: Double
  var expectedInterval: Double
  var hasEnrichedFeed: Bool
  /// The least size of the values that mean none.
  var leastUnknown: Double

  init(_ policy: FleetPolicy) {
    criticalPercent = policy.criticalPercent
    criticalSeconds = policy.criticalSeconds
    drySoonSeconds = policy.drySoonSeconds
    window = policy.window
    expectedInterval = policy.expectedInterval
    hasEnrichedFeed = policy.hasEnrichedFeed
    leastUnknown = policy.unknownValues.map(abs).min() ?? .infinity
  }
}

// These are mutating where they need not be: so they work in place, and an array of generators
// does not hand out copies of 700 bytes.
extension Generator {
  /// Works out the conditions again; gives when at the earliest time alone can change something.
  mutating func review(_ limits: Limits, isWatched: Bool, at now: Int64) -> Int64 {
    var urgent: AlarmKinds = []
    for kind in alarms where isUrgent(kind, limits, at: now) { urgent.insert(kind) }
    var conditions = Conditions(alarms, urgent: urgent)
    switch (session, freshness) {
    case (.lost, _): conditions.insert(.lost)
    case (.disconnected, _): conditions.insert(.disconnected)
    case (_, .late): conditions.insert(.late)
    case (_, .stale): conditions.insert(.stale)
    case (_, .never): conditions.insert(.never)
    case (_, .live): break
    }
    if isDrySoon(limits, at: now) { conditions.insert(.drySoon) }
    self.conditions = conditions
    return nextDue(limits, isWatched: isWatched, at: now)
  }

  /// When at the earliest time alone can change something.
  ///
  /// A feed that was away, or records that are always late, only put it off. Whether windows can be
  /// missed is told by `isWatched`.
  mutating func nextDue(_ limits: Limits, isWatched: Bool, at now: Int64) -> Int64 {
    var due = Int64.max
    if freshness == .live && !holds || freshness == .late {
      let (heardAt, late, stale) = patience(limits)
      due = heardAt.addingClamped(Int64(seconds: freshness == .live ? late : stale))
    }
    if isWatched, let since = nextDifference {
      due = min(due, since.addingClamped(Int64(seconds: 2 * limits.window + 15)))
    }
    if isWatched, let since = disagreesSince, difference == nil || difference == .late {
      due = min(due, since.addingClamped(Int64(seconds: 2 * limits.window)))
    }
    due = min(due, nextDrySoon(limits, at: now))
    for kind in AlarmKinds.all { due = min(due, nextChange(of: kind, limits, at: now)) }
    return due
  }

  /// From when two windows count until raw and enriched differ, or no longer do so as before; nil if nothing counts.
  private var nextDifference: Int64? {
    switch difference {
    case .notEnriched: nil
    case .notRaw, .late, .disagrees: enrichedReceivedAt
    case nil: freshness == .live ? unenrichedSince : nil
    }
  }

  /// Whether its tank will soon be empty.
  ///
  /// Once so, it takes a tenth more time to be so no longer: the estimate wavers.
  func isDrySoon(_ limits: Limits, at now: Int64) -> Bool {
    guard let left = timeToEmpty(at: now) else { return false }
    return left <= limits.drySoonSeconds * (conditions.contains(.drySoon) ? 1.1 : 1)
  }

  private func nextDrySoon(_ limits: Limits, at now: Int64) -> Int64 {
    guard !conditions.contains(.drySoon), let left = timeToEmpty(at: now) else { return .max }
    return now.addingClamped(Int64(seconds: left - limits.drySoonSeconds))
  }

  /// When it was last heard, and after how many seconds of silence it is late and stale.
  mutating func patience(_ limits: Limits) -> (heardAt: Int64, late: Double, stale: Double) {
    if let sampleAt {
      let pace = interval.seconds ?? limits.expectedInterval
      return (sampleAt, max(1.5 * pace, pace + 2), max(3 * pace, pace + 5))
    }
    return (enrichedAt ?? .min, 2 * limits.window + 15, 3 * limits.window + 15)
  }
}
