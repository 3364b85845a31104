/// When an alarm that stands is over although its value is still near the mark: so that one that swings around it rings
/// once.
enum AlarmRelease {
  /// How far above the mark a value has to be, as a share of it.
  static let margin = 0.02
  /// How long, in seconds, nothing may have spoken for the alarm.
  static let calm = 300.0

  /// Whether an alarm about a value that must not be below a mark is over, once nothing speaks for it any more.
  ///
  /// - Parameters:
  ///   - value: The newest; nil if it is not known.
  ///   - mark: Below which the alarm is raised.
  ///   - seconds: For how long nothing has spoken for it.
  /// - Returns: Whether it is.
  static func isDue(_ value: Double?, above mark: Double, calmFor seconds: Double) -> Bool {
    (value.map { $0 >= mark * (1 + margin) } ?? false) || seconds >= calm
  }
}

extension Fleet {
  /// Notes since when records do not speak for an alarm that stands.
  mutating func noteCalm(_ record: EnrichedRecord, at wall: Int64) {
    let index = record.generator
    if record.alarm == .noAction, !generators[Int(index)].alarms.isEmpty {
      if calmSince[index] == nil { calmSince[index] = wall }
    } else if !calmSince.isEmpty {
      calmSince[index] = nil
    }
  }
}
