/// A kind of alarm: what there is about a generator that needs somebody to act.
///
/// All that the program knows of a kind stands in its ``row`` and in the rule beside it. A new one is a case here, in
/// the order in which alarms of the same weight are told, and a file for its row and its rule, as that of ``refuel``.
public enum AlarmKind: UInt8, CaseIterable, Sendable {
  case refuel, refuelRaw
}

extension AlarmKind {
  public var row: AlarmKindRow {
    switch self {
    case .refuel: .refuel
    case .refuelRaw: .refuelRaw
    }
  }
}

// The rules of all kinds. Every sample asks for them, so they are switches and not closures of the rows.

extension Fleet {
  /// Whether an alarm stands, by what is known of the generator at a place at the monotonic time `now`.
  ///
  /// All values are had by ``value(of:_:)``, limits from ``policy``, and what stood before from the generator's `alarms`.
  func isRaised(_ kind: AlarmKind, at place: Int, now: Int64) -> Bool {
    switch kind {
    case .refuel: isRefuelRaised(at: place)
    case .refuelRaw: isRawRefuelRaised(at: place, now: now)
    }
  }

  /// Since when an alarm stands that is raised now: wall nanoseconds, never later than now.
  ///
  /// - Parameters:
  ///   - kind: The alarm.
  ///   - place: The generator's.
  ///   - told: The time of what raised it: wall nanoseconds.
  ///   - stamp: The present.
  /// - Returns: The time that is told, or since when the cause has been there.
  func beginning(of kind: AlarmKind, at place: Int, told: Int64, _ stamp: Stamp) -> Int64 {
    switch kind {
    case .refuel: min(told, stamp.wall)
    case .refuelRaw: min(stamp.wall(ofMonotonic: generators[place].markSince), stamp.wall)
    }
  }
}

extension Generator {
  /// Whether an alarm that stands is of priority 1.
  func isUrgent(_ kind: AlarmKind, _ limits: Limits, at now: Int64) -> Bool {
    switch kind {
    case .refuel, .refuelRaw: isRefuelUrgent(kind, limits, at: now)
    }
  }

  /// When at the earliest time alone can raise an alarm or make it urgent; `Int64.max` if it cannot.
  func nextChange(of kind: AlarmKind, _ limits: Limits, at now: Int64) -> Int64 {
    switch kind {
    case .refuel: nextUrgentRefuel(kind, limits, at: now)
    case .refuelRaw:
      min(nextUrgentRefuel(kind, limits, at: now), nextRawRefuelChange(limits))
    }
  }
}
