/// The fuel is below the mark, as an enriched record says.
extension AlarmKindRow {
  static let refuel = AlarmKindRow(
    name: "refuel",
    help: "needs refuelling, as the record says",
    need: "refuel",
    metric: .fuel,
    recordWord: Convention.refuel,
    urgentLook: .urgent,
    look: .soon,
    words: AlarmWords(
      raised: "refuel alarm",
      raisedUrgent: "critical alarm",
      becameUrgent: "now critical",
      becameLess: "no longer critical",
      cleared: "alarm cleared",
      over: "alarm over",
      call: "is critical",
      counted: "to refuel"
    ),
    isContradicted: { fuel, generator in fuel >= generator.refuelMark }
  )
}

extension AlarmFlag {
  public static let refuel = AlarmFlag.raised(.refuel)
}

extension Fleet {
  /// A record that says so raises it at once, unless the raw samples of late contradict it; one that says otherwise clears
  /// it by ``AlarmRelease``.
  func isRefuelRaised(at place: Int) -> Bool {
    let stands = generators.span[place].alarms.contains(.refuel)
    guard generators.span[place].alarm == .refuel else {
      guard stands, generators.span[place].alarm == .noAction else { return false }
      let calm = calmSince[GeneratorIndex(place)].map { since in
        (generators.span[place].enrichedWall ?? since).seconds(since: since)
      }
      let fuel = generators.span[place].enriched.fuel
      return !AlarmRelease.isDue(
        fuel,
        above: generators.span[place].refuelMark,
        calmFor: calm ?? .infinity
      )
    }
    return stands || !isRefuelContradicted(at: place)
  }

  /// Whether raw samples show more than the mark and its margin, and the record shows what they do not bear out.
  private func isRefuelContradicted(at place: Int) -> Bool {
    guard generators.span[place].showsRaw, generators.span[place].freshness == .live,
      generators.span[place].samples > 1, !generators.span[place].isDoubted,
      let raw = generators.span[place].raw.fuel
    else { return false }
    return AlarmRelease.isDue(raw, above: generators.span[place].refuelMark, calmFor: 0)
  }
}

extension Generator {
  /// Whether it is low or will soon be empty.
  ///
  /// Once critical, it takes a quarter more time to be so no longer: the estimate wavers.
  func isRefuelUrgent(_ kind: AlarmKind, _ limits: Limits, at now: Int64) -> Bool {
    if let percent = fuelPercent, percent <= limits.criticalPercent { return true }
    guard let left = timeToEmpty(at: now) else { return false }
    let margin = conditions.urgentAlarms.contains(kind) ? 1.25 : 1
    return left <= limits.criticalSeconds * margin
  }

  /// When one that stands becomes urgent though nothing comes; `Int64.max` if it does not.
  func nextUrgentRefuel(_ kind: AlarmKind, _ limits: Limits, at now: Int64) -> Int64 {
    guard alarms.contains(kind), !conditions.urgentAlarms.contains(kind),
      let left = timeToEmpty(at: now)
    else { return .max }
    return now.addingClamped(Int64(seconds: left - limits.criticalSeconds))
  }
}
