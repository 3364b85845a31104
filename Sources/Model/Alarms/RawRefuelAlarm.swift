/// The fuel is below the mark by what the generator sends itself, while no record tells it.
///
/// An empty tank must not wait for a pipeline that stands still, or that is not there.
extension AlarmKindRow {
  static let refuelRaw = AlarmKindRow(
    name: "refuel-raw",
    help: "needs refuelling by its raw fuel, while records are late or there are none",
    need: "refuel",
    metric: .fuel,
    recordWord: nil,
    urgentLook: AlarmLook(mark: "r1", tone: .critical),
    look: AlarmLook(mark: "r2", tone: .warning),
    words: AlarmWords(
      raised: "refuel alarm by raw fuel",
      raisedUrgent: "critical alarm by raw fuel",
      becameUrgent: "now critical by raw fuel",
      becameLess: "no longer critical by raw fuel",
      cleared: "alarm by raw fuel cleared",
      over: "alarm by raw fuel over",
      call: "is critical by its raw fuel",
      counted: "to refuel by raw fuel"
    ),
    isContradicted: { fuel, generator in fuel >= generator.refuelMark }
  )
}

extension Fleet {
  /// Whether the raw fuel is below the mark and no record of late says whether that is an alarm.
  ///
  /// One that stands ends when a record tells of it, when a record of late says otherwise, and when the fuel is above
  /// the mark: see ``AlarmRelease``. A generator that fell silent stays in alarm.
  func isRawRefuelRaised(at place: Int, now: Int64) -> Bool {
    let generators = generators.span
    guard let fuel = generators[place].raw.fuel, !isRefuelRaised(at: place) else { return false }
    let stands = generators[place].alarms.contains(.refuelRaw)
    let mark = generators[place].refuelMark
    guard fuel < mark else {
      let calm = now.seconds(since: generators[place].markSince)
      return stands && !AlarmRelease.isDue(fuel, above: mark, calmFor: calm)
    }
    // What the broker kept may be of any age.
    let isKnown = generators[place].sampleAt != nil || generators[place].holds
    guard isKnown || generators[place].freshness == .stale else { return false }
    return areRecordsLate(at: place, now: now)
      || generators[place].alarm != .noAction && (stands || generators[place].enrichedAt != nil)
  }

  /// Whether nothing is known of a generator by records: none came for two windows, by its own time.
  ///
  /// When egtop has only just begun, or the generator has, two windows are left for the first to come, unless records
  /// of the whole fleet stand still.
  private func areRecordsLate(at place: Int, now: Int64) -> Bool {
    guard policy.hasEnrichedFeed else { return true }
    let generators = generators.span
    let patience = generators[place].recordPatience(limits)
    let newest = generators[place].enrichedAt ?? .min
    guard now.seconds(since: newest) > patience else { return false }
    // Nothing came that a record could be of.
    if generators[place].sendsChanges, generators[place].enrichedAt != nil,
      generators[place].unenrichedSince == nil
    {
      return false
    }
    if recordsStandStill { return true }
    let began = traffic.historyReadAt ?? startedAt ?? now
    let came = generators[place].enrichedReceivedAt ?? .min
    // One that was as old as that when it came: all are.
    if came > began, came.seconds(since: newest) > patience { return true }
    return now.seconds(since: max(generators[place].unenrichedSince ?? .min, began)) > patience
  }

  /// Whether records came once, and none of any generator for two windows.
  func doRecordsStandStill(at now: Int64) -> Bool {
    guard traffic.hasReadHistory, !isQuietByNature, let newestRecordAt else { return false }
    return now.seconds(since: newestRecordAt) > 2 * policy.window + 15
  }

  /// Notes since when the raw fuel has been on its side of the mark.
  ///
  /// - Parameters:
  ///   - place: The generator's.
  ///   - before: The raw fuel before the sample that came.
  ///   - time: When that came: monotonic nanoseconds.
  mutating func noteMark(of place: Int, before: Double?, at time: Int64) {
    guard let fuel = generators[place].raw.fuel else { return }
    let mark = generators[place].refuelMark
    let wasLow = before.map { $0 < mark }
    if generators[place].markSince == .min || wasLow != (fuel < mark) {
      generators[place].markSince = time
    }
  }
}

extension Generator {
  /// How old the newest record may be, in seconds: two windows, as it tells of a sample that may be an interval old.
  func recordPatience(_ limits: Limits) -> Double {
    2 * limits.window + min(interval.seconds ?? 0, limits.window)
  }

  /// When at the earliest time alone can raise the alarm by raw fuel or end it; `Int64.max` if it cannot.
  func nextRawRefuelChange(_ limits: Limits) -> Int64 {
    guard let fuel = raw.fuel, alarm != .refuel else { return .max }
    let stands = alarms.contains(.refuelRaw)
    if fuel >= refuelMark {
      return stands ? markSince.addingClamped(Int64(seconds: AlarmRelease.calm)) : .max
    }
    guard !stands, limits.hasEnrichedFeed, sampleAt != nil || freshness == .stale || holds else {
      return .max
    }
    // What else it waits for, only the fleet knows: from then on every tick asks.
    let last = enrichedAt ?? unenrichedSince ?? .min
    return last.addingClamped(Int64(seconds: recordPatience(limits)))
  }
}
