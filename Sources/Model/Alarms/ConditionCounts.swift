/// Counts of generators by condition: of the fleet, or of one region.
public struct ConditionCounts: Equatable, Sendable {
  public internal(set) var total = 0
  public internal(set) var critical = 0
  /// Refuel alarms, critical ones included.
  public internal(set) var refuel = 0
  public internal(set) var lost = 0
  public internal(set) var stale = 0
  public internal(set) var late = 0
  public internal(set) var disconnected = 0
  public internal(set) var never = 0

  public init() {}

  /// The worst condition that any of them has.
  public var worst: Severity {
    if critical > 0 { return .critical }
    if refuel > 0 { return .refuel }
    if lost > 0 { return .lost }
    if stale > 0 { return .stale }
    if disconnected > 0 { return .disconnected }
    if late > 0 { return .late }
    return never > 0 ? .never : .normal
  }

  mutating func add(_ conditions: Conditions, _ step: Int) {
    total += step
    if conditions.contains(.critical) { critical += step }
    if conditions.contains(.refuel) { refuel += step }
    if conditions.contains(.lost) { lost += step }
    if conditions.contains(.stale) { stale += step }
    if conditions.contains(.late) { late += step }
    if conditions.contains(.disconnected) { disconnected += step }
    if conditions.contains(.never) { never += step }
  }
}
