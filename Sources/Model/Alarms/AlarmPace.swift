/// When alarms were raised recently, whether they still stand or not.
public struct AlarmPace: Sendable {
  /// What an operator can attend to in ten minutes, at the most (ISA-18.2).
  public static let target = 10
  private static let bound = 10_000
  private static let span: Int64 = 600_000_000_000

  /// Wall nanoseconds, in the order in which they came.
  private var raised: [Int64] = []

  init() {}

  mutating func add(at wall: Int64) {
    raised.append(wall)
    if raised.count > 2 * Self.bound { raised.removeFirst(Self.bound) }
  }

  /// How many were raised within ten minutes before the wall time `now`, by the records' own times.
  public func inTenMinutes(at now: Int64) -> Int {
    raised.reduce(0) { count, wall in
      let age = now.nanoseconds(since: wall)
      return count + (age < Self.span && age > -Self.span ? 1 : 0)
    }
  }
}
