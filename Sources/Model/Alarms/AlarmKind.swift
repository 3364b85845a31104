/// A kind of alarm: what there is about a generator that needs somebody to act.
///
/// All that the program knows of a kind stands in its ``row`` and in the rule beside it. A new one is a case here, in
/// the order in which alarms of the same weight are told, and a file for its row and its rule, as that of ``refuel``.
public enum AlarmKind: UInt8, CaseIterable, Sendable {
  case refuel
}

extension AlarmKind {
  public var row: AlarmKindRow {
    switch self {
    case .refuel: .refuel
    }
  }
}

// The rules of all kinds. Every sample asks for them, so they are switches and not closures of the rows.

extension Fleet {
  /// Whether an alarm stands, by what is known of the generator at a place now.
  ///
  /// All values are had by ``value(of:_:)``, limits from ``policy``, and what stood before from the generator's `alarms`.
  func isRaised(_ kind: AlarmKind, at place: Int) -> Bool {
    switch kind {
    case .refuel: isRefuelRaised(at: place)
    }
  }
}

extension Generator {
  /// Whether an alarm that stands is of priority 1.
  func isUrgent(_ kind: AlarmKind, _ limits: Limits, at now: Int64) -> Bool {
    switch kind {
    case .refuel: isRefuelUrgent(limits, at: now)
    }
  }

  /// When at the earliest time alone can raise an alarm or make it urgent; `Int64.max` if it cannot.
  func nextChange(of kind: AlarmKind, _ limits: Limits, at now: Int64) -> Int64 {
    switch kind {
    case .refuel: nextRefuelChange(limits, at: now)
    }
  }
}
